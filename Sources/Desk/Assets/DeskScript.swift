/// What pages do without being loaded anew.
///
/// One rule for all of it: a form with `data-live` is sent as it would be, and of the page that comes back the parts that it
/// names take the place of those shown. With `data-typed` it is sent as one types, too. Nothing else is known here, so
/// whatever fails is done by the browser as without a script.
enum DeskScript {
    static let javaScript = #"""
        "use strict";
        document.documentElement.classList.add("live");
        let latest = 0;
        const find = id => document.getElementById(id);

        const swap = (page, ids) => {
          const shown = ids.filter(find);
          // Another page came, as the sign-in does: nothing of it belongs here.
          if (!shown.length || shown.some(id => !page.getElementById(id))) return false;
          for (const id of shown) find(id).replaceWith(document.adoptNode(page.getElementById(id)));
          return true;
        };

        // Where the keyboard was: the same row of the list, or what has the same name.
        const place = () => {
          const active = document.activeElement;
          const row = active && active.closest("tbody tr");
          if (row && row.closest("#queue-list")) {
            const number = row.sectionRowIndex;
            return () => {
              const rows = document.querySelectorAll("#queue-list tbody tr");
              const next = rows[Math.min(number, rows.length - 1)];
              return next && (next.querySelector("summary") || next.querySelector("button, a"));
            };
          }
          const id = active && active.id, value = active && active.value, name = active && active.name;
          return () => id ? find(id) : [...document.getElementsByName(name || "")].find(each => each.value === value);
        };

        const send = async (form, submitter) => {
          const mine = ++latest;
          const ids = form.dataset.live.split(" ");
          const fields = new URLSearchParams(new FormData(form, submitter || undefined));
          const isPost = form.getAttribute("method") === "post";
          const goal = new URL(form.getAttribute("action"), location.href);
          if (!isPost) {
            for (const [name, value] of [...fields]) if (value === "") fields.delete(name);
            goal.search = fields.toString();
          }
          const busy = ids.map(find).filter(Boolean);
          busy.forEach(part => part.setAttribute("aria-busy", "true"));
          try {
            const answer = await fetch(goal, isPost ? { method: "POST", body: fields } : {});
            const page = new DOMParser().parseFromString(await answer.text(), "text/html");
            if (mine !== latest && !isPost) return;
            const back = place();
            if (!swap(page, ids)) {
              if (isPost && !answer.redirected) throw new Error("the browser is to show the answer");
              location.assign(answer.url);
              return;
            }
            if (!isPost) history.replaceState(null, "", goal);
            const target = back();
            if (target && target !== document.activeElement) target.focus({ preventScroll: true });
          } finally {
            busy.forEach(part => part.removeAttribute("aria-busy"));
          }
        };

        const bySelf = new WeakSet();
        document.addEventListener("submit", event => {
          const form = event.target;
          if (!form.dataset.live || bySelf.has(form)) return;
          event.preventDefault();
          send(form, event.submitter).catch(() => {
            bySelf.add(form);
            form.requestSubmit(event.submitter);
          });
        });

        let pause;
        document.addEventListener("input", event => {
          const form = event.target.form;
          const shown = event.target.dataset.shows && find(event.target.dataset.shows);
          if (shown) shown.textContent = Number(event.target.value).toLocaleString(document.documentElement.lang);
          if (!form || !("typed" in form.dataset)) return;
          clearTimeout(pause);
          pause = setTimeout(() => { if (form.checkValidity()) send(form).catch(() => {}); }, 180);
        });

        document.addEventListener("keydown", event => {
          if (event.key !== "Escape") return;
          const open = document.querySelector(".queue details[open]");
          if (open) { open.open = false; open.querySelector("summary").focus(); }
        });
        document.addEventListener("click", event => {
          for (const open of document.querySelectorAll(".queue details[open]"))
            if (!open.contains(event.target)) open.open = false;
        });
        """#
}
