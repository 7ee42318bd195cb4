import Schema
import Tabular

extension DecodedBatch {
    /// One line of CSV for each rejected row: where, all its problems, and the row as it was.
    func rejectedLines(of batch: RecordBatch) -> [UInt8] {
        var lines: [UInt8] = []
        var next = violations.startIndex
        for row in rejectedRows {
            var reasons: [String] = []
            while next < violations.endIndex, violations[next].row == row {
                reasons.append(violations[next].reason)
                next += 1
            }
            lines += "\(batch.line(row: row)),".utf8
            lines.appendCSVField(reasons.joined(separator: "; "))
            lines.append(UInt8(ascii: ","))
            lines.appendCSVField(batch.raw(row: row)[...])
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}
