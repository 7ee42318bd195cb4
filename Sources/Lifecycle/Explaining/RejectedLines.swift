import Schema
import Tabular

extension DecodedBatch {
    /// Each rejected row, ascending, and all its problems.
    var rejectedReasons: [(row: Int, reason: String)] {
        var next = violations[...]
        return rejectedRows.map { row in
            let own = next.prefix { $0.row == row }
            next = next[own.endIndex...]
            return (row, own.map(\.reason).joined(separator: "; "))
        }
    }

    /// One line of CSV for each rejected row: where, all its problems, and the row as it was.
    func rejectedLines(of batch: RecordBatch) -> [UInt8] {
        var lines: [UInt8] = []
        for (row, reason) in rejectedReasons {
            lines += "\(batch.line(row: row)),".utf8
            lines.appendCSVField(reason)
            lines.append(UInt8(ascii: ","))
            lines.appendCSVField(batch.raw(row: row)[...])
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}
