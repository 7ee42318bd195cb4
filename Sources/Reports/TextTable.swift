import Charts

/// A table of plain text: columns as wide as their longest cell, two spaces apart.
public struct TextTable: Sendable {
    /// To which side of a column its cells keep.
    public enum Alignment: Sendable { case left, right }

    let columns: [(title: String, alignment: Alignment)]
    let rows: [[String]]
    /// Whether the headings are names, which capitals would change.
    let keepsCase: Bool

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - columns: Their titles, which are written in capitals.
    ///   - rows: Cells in the order of the columns.
    ///   - keepsCase: Whether the headings are names, which capitals would change.
    public init(
        columns: [(title: String, alignment: Alignment)],
        rows: [[String]],
        keepsCase: Bool = false
    ) {
        self.columns = columns
        self.rows = rows
        self.keepsCase = keepsCase
    }

    /// No name may push the numbers off the screen.
    ///
    /// A sentence in the last column pushes nothing.
    private static let widest = 34

    /// The lines, each ended by a line break, none with blanks at its end.
    public var text: String {
        let titles = columns.map { keepsCase ? $0.title : $0.title.uppercased() }
        let cells = ([titles] + rows).map { row in
            row.prefix(columns.count).enumerated().map { column, cell in
                let isLast = column == columns.count - 1 && columns[column].alignment == .left
                let text =
                    isLast ? cell.printable : cell.printable.clipped(to: Self.widest)
                return (text: text, width: text.count)
            }
        }
        let widths = columns.indices.map { column in
            cells.lazy.map { column < $0.count ? $0[column].width : 0 }.max() ?? 0
        }
        let blanks = String(repeating: " ", count: widths.max() ?? 0)
        var text = ""
        for row in cells {
            var waiting = 0
            for (column, cell) in row.enumerated() {
                let gap = widths[column] - cell.width
                let isLeft = columns[column].alignment == .left
                waiting += (column == 0 ? 0 : 2) + (isLeft ? 0 : gap)
                if cell.width > 0 {
                    while waiting > 0 {
                        text += blanks.prefix(waiting)
                        waiting -= min(waiting, blanks.utf8.count)
                    }
                    text += cell.text
                }
                waiting += isLeft ? gap : 0
            }
            while text.utf8.last == 0x20 { text.removeLast() }
            text += "\n"
        }
        return text
    }
}
