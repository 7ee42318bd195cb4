import Charts

/// A table of plain text: columns as wide as their longest cell, two spaces apart.
public struct TextTable: Sendable {
    /// To which side of a column its cells keep.
    public enum Alignment: Sendable { case left, right }

    let columns: [(title: String, alignment: Alignment)]
    let rows: [[String]]

    /// Creates a table.
    ///
    /// - Parameters:
    ///   - columns: Their titles, which are written in capitals.
    ///   - rows: Cells in the order of the columns.
    public init(columns: [(title: String, alignment: Alignment)], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }

    /// No name may push the numbers off the screen.
    private static let widest = 34

    /// The lines, each ended by a line break, none with blanks at its end.
    public var text: String {
        let cells = ([columns.map { $0.title.uppercased() }] + rows).map { row in
            row.map { $0.printable.clipped(to: Self.widest) }
        }
        let widths = columns.indices.map { column in
            cells.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        var text = ""
        for row in cells {
            var line = ""
            for (column, cell) in row.prefix(columns.count).enumerated() {
                let gap = String(repeating: " ", count: widths[column] - cell.count)
                line += column == 0 ? "" : "  "
                line += columns[column].alignment == .left ? cell + gap : gap + cell
            }
            while line.hasSuffix(" ") { line.removeLast() }
            text += line + "\n"
        }
        return text
    }
}
