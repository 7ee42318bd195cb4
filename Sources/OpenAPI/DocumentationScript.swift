/// What the page does; all texts go in as texts, never as HTML.
enum DocumentationScript {
    static let javaScript = #"""
        "use strict";
        const make = (tag, text, attributes = {}) => {
          const element = document.createElement(tag);
          if (text !== undefined) element.textContent = text;
          for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
          return element;
        };
        const add = (parent, ...children) => { parent.append(...children.filter(Boolean)); return parent; };
        const headers = more => {
          const key = document.getElementById("key").value;
          return Object.assign(more, key ? { "X-API-Key": key } : {});
        };
        let root;
        const resolved = schema => schema && schema.$ref
          ? resolved(schema.$ref.split("/").slice(1).reduce((node, name) => node[name], root)) : schema;

        const typeOf = given => {
          if (given && given.$ref) return given.$ref.split("/").pop();
          const schema = given || {};
          if (schema.anyOf) return schema.anyOf.map(typeOf).join(" or ");
          if (schema.enum) return schema.enum.map(value => JSON.stringify(value)).join(", ");
          if (schema.type === "array") return "array of " + (schema.items ? typeOf(schema.items) : "anything");
          const type = [].concat(schema.type || "anything").join(" or ");
          const low = schema.minimum, high = schema.maximum;
          if (low === undefined && high === undefined) return type;
          return type + " " + (low ?? "…") + " to " + (high ?? "…");
        };

        const properties = schema => {
          const table = make("table"), required = schema.required || [];
          add(table, add(make("tr"), make("th", "field"), make("th", "type"), make("th", "")));
          for (const [name, property] of Object.entries(schema.properties || {})) {
            const notes = [required.includes(name) ? "required" : "", property.description || "",
              (property.examples || []).length ? "such as " + property.examples.join(", ") : ""];
            add(table, add(make("tr"), add(make("td"), make("code", name)), make("td", typeOf(property)),
              make("td", notes.filter(Boolean).join(". "), { class: "dim" })));
          }
          return table;
        };

        const shown = (schema, names = []) => {
          const parts = [], target = resolved(schema);
          if (!target) return parts;
          for (const choice of target.anyOf || []) parts.push(...shown(choice, names));
          const name = schema.$ref ? schema.$ref.split("/").pop() : "";
          if (target.type === "array" && target.items) parts.push(...shown(target.items, names));
          if (target.properties && !names.includes(name)) {
            names.push(name);
            parts.push(make("h3", name || "body"));
            if (target.description) parts.push(make("p", target.description, { class: "dim" }));
            parts.push(properties(target));
          }
          return parts;
        };

        const trial = (path, method, operation) => {
          const form = make("form"), inputs = {};
          for (const parameter of operation.parameters || []) {
            inputs[parameter.name] = make("input", undefined, { value: parameter.example || "" });
            add(form, add(make("label", parameter.name + " "), inputs[parameter.name]));
          }
          const content = operation.requestBody && operation.requestBody.content["application/json"];
          let area;
          if (content) {
            area = make("textarea", "", { "aria-label": "body", spellcheck: "false" });
            const examples = Object.entries(content.examples || {})
              .map(([name, example]) => [name, example.value]);
            if (content.example) examples.push(["example", content.example]);
            const show = value => { area.value = JSON.stringify(value, null, 2); };
            if (examples.length) show(examples[0][1]);
            if (examples.length > 1) {
              const choice = make("select", undefined, { "aria-label": "example" });
              examples.forEach(([name], place) => add(choice, make("option", name, { value: place })));
              choice.addEventListener("change", () => show(examples[choice.value][1]));
              add(form, add(make("label", "Example "), choice));
            }
            add(form, area);
          }
          const answer = make("pre", "", { hidden: "", "aria-live": "polite", tabindex: "0" });
          add(form, make("button", "Send"), answer);
          form.addEventListener("submit", async event => {
            event.preventDefault();
            const place = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(inputs[name].value));
            answer.hidden = false;
            try {
              const start = performance.now();
              const response = await fetch(place, { method: method.toUpperCase(),
                headers: headers(area ? { "Content-Type": "application/json" } : {}),
                body: area ? area.value : undefined });
              let text = await response.text();
              try { text = JSON.stringify(JSON.parse(text), null, 2); } catch { }
              const time = (performance.now() - start).toFixed(1);
              answer.className = response.ok ? "" : "bad";
              answer.textContent = response.status + " " + response.statusText + ", " + time + " ms\n\n" + text;
            } catch (error) { answer.className = "bad"; answer.textContent = "No answer: " + error.message; }
          });
          return form;
        };

        const route = (path, method, operation) => {
          const inside = make("div", undefined, { class: "inside" });
          if (operation.description) add(inside, make("p", operation.description));
          const body = operation.requestBody;
          if (body) {
            add(inside, make("h3", "Body: " + Object.keys(body.content).join(", ")));
            add(inside, ...shown((body.content["application/json"] || {}).schema || {}));
          }
          add(inside, make("h3", "Answers"));
          const table = make("table");
          for (const [status, given] of Object.entries(operation.responses)) {
            const type = Object.entries(given.content || {})
              .map(([type, media]) => type + ": " + typeOf(media.schema)).join(", ");
            add(table, add(make("tr"), add(make("td"), make("code", status)), make("td", given.description),
              make("td", type, { class: "dim" })));
          }
          add(inside, table, make("h3", "Try it"), trial(path, method, operation));
          return add(make("details"), add(make("summary"),
            make("span", method.toUpperCase(), { class: "method " + method }), make("code", path),
            make("span", operation.summary, { class: "dim" })), inside);
        };

        const show = async () => {
          const introduction = document.getElementById("introduction"), main = document.getElementById("routes");
          const response = await fetch("openapi.json", { headers: headers({}) });
          if (!response.ok) {
            introduction.textContent = response.status === 401 || response.status === 403
              ? "This service asks for a key with the scope read; write it below." : "The service answers "
                + response.status + ".";
            return;
          }
          root = await response.json();
          main.replaceChildren();
          document.getElementById("version").textContent = root.info.version;
          introduction.textContent = root.info.description;
          for (const tag of root.tags) {
            add(main, make("h2", tag.name), make("p", tag.description));
            for (const [path, item] of Object.entries(root.paths))
              for (const [method, operation] of Object.entries(item))
                if (operation.tags.includes(tag.name)) add(main, route(path, method, operation));
          }
          const first = main.querySelector("details");
          if (first) first.open = true;
        };
        document.getElementById("key").addEventListener("change", show);
        show();
        """#
}
