import Charts
package import Texts

/// A table on the page; a wide one scrolls within its own box, a long one ends within its budget.
package struct HTMLTable: Sendable {
    /// What stands above a column, and how its cells are set.
    package enum Column: Sendable {
        case text(String)
        case number(String)

        var title: String {
            switch self {
            case .text(let title), .number(let title): title
            }
        }

        var style: HTML {
            switch self {
            case .text: ""
            case .number: " class=\"number\""
            }
        }
    }

    /// What the table shows, above it and for those who can't see it.
    package var caption: String
    /// From left to right; the first names the rows.
    package var columns: [Column]
    /// Each as long as there are columns.
    package var rows: [[String]]
    /// Which rows are set back, because there is little to rely on.
    package var quiet: Set<Int>
    /// In which the end of a table is told that is too long.
    package var language: Language

    /// Creates a table.
    package init(
        caption: String,
        columns: [Column],
        rows: [[String]],
        quiet: Set<Int> = [],
        language: Language = .english
    ) {
        self.caption = caption
        self.columns = columns
        self.rows = rows
        self.quiet = quiet
        self.language = language
    }

    /// Bytes after which no further row begins.
    private static let budget = 36_000

    /// The table as markup.
    package var html: HTML {
        var body: HTML = ""
        var shown = 0
        for row in rows {
            guard body.source.utf8.count < Self.budget else { break }
            let style: HTML = quiet.contains(shown) ? " class=\"quiet\"" : ""
            var cells: HTML = ""
            for (index, (column, text)) in zip(columns, row).enumerated() {
                let text = text.clipped(to: 160)
                cells +=
                    index == 0
                    ? "<th scope=\"row\"\(column.style)>\(text)</th>"
                    : "<td\(column.style)>\(text)</td>"
            }
            body += "<tr\(style)>\(cells)</tr>\n"
            shown += 1
        }
        let head = columns.map { "<th scope=\"col\"\($0.style)>\($0.title)</th>" as HTML }
        let more = language.number(rows.count - shown)
        let rest: HTML =
            shown < rows.count
            ? "<p class=\"quiet\">\(language("and \(more) more", "e mais \(more)"))</p>"
            : ""
        return """
            <div class="scroll" tabindex="0" role="region" aria-label="\(caption)"><table>
            <caption>\(caption)</caption>
            <thead><tr>\(head)</tr></thead>
            <tbody>
            \(body)</tbody></table></div>
            \(rest)
            """
    }
}
