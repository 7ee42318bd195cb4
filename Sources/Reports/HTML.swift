import Charts
import Output

/// A piece of a page.
///
/// Literals are markup, whatever is interpolated is text and gets escaped: a
/// column named `<script>` stays a name.
struct HTML: ExpressibleByStringInterpolation, Sendable {
    private(set) var source: String

    init(stringLiteral value: String) {
        source = value
    }

    init(stringInterpolation: StringInterpolation) {
        source = stringInterpolation.source
    }

    /// Takes markup as it is: only for what Retain drew itself.
    init(drawing: String) {
        source = drawing
    }

    static func += (page: inout HTML, piece: HTML) {
        page.source += piece.source
    }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity * 2)
        }

        mutating func appendLiteral(_ literal: String) {
            source += literal
        }

        /// No single text may fill the page.
        mutating func appendInterpolation(_ text: String) {
            source += text.clipped(to: 400).markupEscaped
        }

        mutating func appendInterpolation(_ piece: HTML) {
            source += piece.source
        }

        mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { source += piece.source }
        }
    }
}

/// A table on the page; a wide one scrolls within its own box, a long one ends within its budget.
struct HTMLTable {
    enum Column {
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

    let caption: String
    let columns: [Column]
    let rows: [[String]]
    /// Which rows are set back, because there is little to rely on.
    var quiet: Set<Int> = []

    /// Bytes after which no further row begins.
    private static let budget = 36_000

    var html: HTML {
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
        let rest: HTML =
            shown < rows.count
            ? "<p class=\"quiet\">and \(NumberFormat.grouped(0).text(rows.count - shown)) more</p>"
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
