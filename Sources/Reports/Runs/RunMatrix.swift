import Charts
import Markup

/// A table of runs against their metrics or parameters; the side with fewer entries goes across.
struct RunMatrix {
    /// What the table holds, for those who can't see it.
    let name: String
    /// The runs.
    let heads: [HTML]
    /// For each metric or parameter a cell for each run.
    let rows: [(head: HTML, cells: [HTML])]
    let isNumber: Bool

    var html: HTML {
        guard !rows.isEmpty else { return "" }
        return heads.count <= RunComparison.mostColumns
            ? table(across: heads, down: rows)
            : table(
                across: rows.map(\.head),
                down: heads.enumerated().map { run, head in (head, rows.map { $0.cells[run] }) }
            )
    }

    private func table(across: [HTML], down: [(head: HTML, cells: [HTML])]) -> HTML {
        let style: HTML = isNumber ? " class=\"number\"" : ""
        let titles = across.map { "<th scope=\"col\"\(style)>\($0)</th>" as HTML }
        let body = down.map { row -> HTML in
            let cells = row.cells.map { "<td\(style)>\($0)</td>" as HTML }
            return "<tr><th scope=\"row\">\(row.head)</th>\(cells)</tr>\n"
        }
        return """
            <div class="card table"><div class="scroll" tabindex="0" role="region" \
            aria-label="\(name)"><table class="runs">
            <thead><tr><td></td>\(titles)</tr></thead>
            <tbody>
            \(body)</tbody></table></div></div>

            """
    }
}

extension RunComparisonPage {
    /// What this page has besides the others.
    static let style = """
        .key{display:inline-block;width:22px;height:0;border-top:3px solid var(--muted);\
        vertical-align:middle;margin-right:8px;flex:none}
        .key.dash-1{border-top-style:dashed}.key.dash-2{border-top-style:dotted}
        \((0 ..< 8).map { ".key.hue-\($0){border-color:var(--hue-\($0))}" }.joined())
        .legend{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,290px),1fr));\
        gap:8px 24px;margin:24px 0 0;list-style:none;font-size:14px;line-height:1.4}
        .entry{display:flex;min-width:0}.entry .key,.label .key{margin-top:9px}
        .label{display:inline-flex;text-align:left}
        .entry .quiet{font-size:13px}
        .runs td{white-space:nowrap}.runs thead td{border-top:0}
        .runs th[scope=row]{position:sticky;left:0;background:var(--surface);min-width:8em;\
        max-width:18em;overflow-wrap:anywhere}
        .runs td:last-child:not(.number){min-width:0}
        .best{color:var(--model)}
        @media (max-width:480px){.runs{font-size:13px}.runs th,.runs td{padding-right:12px}\
        .runs th[scope=row]{min-width:6em;max-width:8.5em}.label .key{width:10px;margin-right:6px}}

        """

    /// Thinner lines, and names closer together.
    static let crowdedStyle = """
        .crowded{grid-template-columns:repeat(auto-fill,minmax(min(100%,150px),1fr));gap:6px 18px;\
        font-size:13px}
        .chart .run{stroke-width:1.2}

        """

    /// Sets back the curves of all runs but one while a pointer or the keyboard rests on its name.
    static func emphasis(_ place: Int) -> String {
        "main:has(.entry.run-\(place):hover,.entry.run-\(place):focus) .chart "
            + ".run:not(.run-\(place)){stroke-opacity:.12;fill-opacity:.12}"
    }
}
