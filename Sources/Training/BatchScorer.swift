import ChurnModel
import Schema
import Tabular

/// Scores one batch of records into the bytes of the two output files; any thread may.
struct BatchScorer: Sendable {
    let model: ChurnModel
    let decoder: SchemaDecoder

    func score(_ batch: RecordBatch) throws -> ScoredBatch {
        let decoded = decoder.decode(batch)
        let probabilities = try model.predict(decoded.table)
        var result = ScoredBatch(
            scored: decoded.acceptedRows.count,
            rejected: decoded.rejectedRows.count,
            firstProblem: decoded.violations.first?.description
        )
        result.scores.reserveCapacity(32 * probabilities.count)
        for (row, probability) in zip(decoded.acceptedRows, probabilities) {
            if let identifier = decoder.identifierColumn {
                batch.appendCSVField(row: row, column: identifier, to: &result.scores)
            } else {
                result.scores += "\(batch.line(row: row))".utf8
            }
            result.scores.append(UInt8(ascii: ","))
            result.scores += probability.description.utf8
            result.scores.append(UInt8(ascii: ","))
            result.scores += model.risk(of: probability).rawValue.utf8
            result.scores.append(UInt8(ascii: "\n"))
        }
        appendRejects(decoded, of: batch, to: &result.rejects)
        return result
    }

    /// One line for each rejected row: where, all its problems, and the row as it was.
    private func appendRejects(
        _ decoded: DecodedBatch,
        of batch: RecordBatch,
        to rejects: inout [UInt8]
    ) {
        var next = decoded.violations.startIndex
        for row in decoded.rejectedRows {
            var reasons: [String] = []
            while next < decoded.violations.endIndex, decoded.violations[next].row == row {
                reasons.append(decoded.violations[next].reason)
                next += 1
            }
            rejects += "\(batch.line(row: row)),".utf8
            rejects.appendCSVField(reasons.joined(separator: "; "))
            rejects.append(UInt8(ascii: ","))
            rejects.appendCSVField(batch.raw(row: row)[...])
            rejects.append(UInt8(ascii: "\n"))
        }
    }
}

/// What a batch adds to the output files.
struct ScoredBatch: Sendable {
    var scores: [UInt8] = []
    var rejects: [UInt8] = []
    let scored: Int
    let rejected: Int
    let firstProblem: String?
}
