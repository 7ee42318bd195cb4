import ChurnModel
import Evaluation
import Schema
import Tabular

/// Scores one batch of records into the bytes of the two output files; any thread may.
struct BatchScorer: Sendable {
    let model: ChurnModel
    let decoder: SchemaDecoder
    /// Tells for whom the outcome is certain, in a column of its own; nil leaves the column out.
    let conformal: ConformalClassifier?

    func score(_ batch: RecordBatch) throws -> ScoredBatch {
        let decoded = decoder.decode(batch)
        let probabilities = try model.predict(decoded.table)
        var result = ScoredBatch(
            scored: decoded.acceptedRows.count,
            rejected: decoded.rejectedRows.count,
            firstProblem: decoded.violations.first?.description
        )
        result.scores = batch.lines(
            identifiedBy: decoder.identifierColumn,
            rows: decoded.acceptedRows,
            values: probabilities,
            endings: conformal == nil ? Self.riskEndings : Self.certaintyEndings,
            endingOf: probabilities.map { ending(of: $0) }
        )
        appendRejects(decoded, of: batch, to: &result.rejects)
        return result
    }

    /// The end of a line for each risk.
    private static let riskEndings = Risk.allCases.map { Array(",\($0.rawValue)\n".utf8) }

    /// The end of a line for each risk and, within it, each certainty.
    private static let certaintyEndings = Risk.allCases.flatMap { risk in
        Certainty.allCases.map { Array(",\(risk.rawValue),\($0.rawValue)\n".utf8) }
    }

    /// Which of the endings belongs to a probability.
    private func ending(of probability: Float) -> UInt8 {
        let risk: UInt8 =
            switch model.risk(of: probability) {
            case .low: 0
            case .medium: 1
            case .high: 2
            }
        guard let conformal else { return risk }
        return switch conformal.certainty(of: probability) {
        case .certainToLeave: 3 * risk
        case .certainToStay: 3 * risk + 1
        case .unclear: 3 * risk + 2
        }
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
