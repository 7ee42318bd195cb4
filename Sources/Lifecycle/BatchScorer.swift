import ChurnModel
import Evaluation
import Explanation
import Output
import Schema
import Tabular

/// Scores one batch of records into the bytes of the two output files; any thread may.
struct BatchScorer: Sendable {
    let model: ChurnModel
    let decoder: SchemaDecoder
    /// Tells for whom the outcome is certain, in a column of its own; nil leaves the column out.
    let conformal: ConformalClassifier?
    /// Stands in a column of its own; nil leaves the column out.
    let asOf: Day?
    /// What each customer's line is written as.
    let form: ScoringWorkflow.Form
    /// Whether customers are handed on to a record.
    let isKept: Bool
    /// Only customers of this risk or a higher one are written; nil writes all.
    let least: Risk?
    /// Why each customer has this score, in columns behind all others; nil leaves them out.
    let reasons: ReasonColumns?
    /// The end of a line for each risk and, within it, each certainty.
    private let endings: [[UInt8]]
    /// Columns of dates that must not lie after the day from which they are counted back.
    private let pastDates: [String]

    init(
        model: ChurnModel,
        decoder: SchemaDecoder,
        conformal: ConformalClassifier?,
        asOf: Day?,
        form: ScoringWorkflow.Form = .csv,
        isKept: Bool = false,
        least: Risk? = nil,
        reasons: ReasonColumns? = nil
    ) {
        self.model = model
        self.decoder = decoder
        self.conformal = conformal
        self.asOf = asOf
        self.form = form
        self.isKept = isKept
        self.least = least
        self.reasons = reasons
        let end = asOf.map { ",\($0)\n" } ?? "\n"
        endings = Risk.allCases.flatMap { risk in
            conformal == nil
                ? [Array(",\(risk.rawValue)\(end)".utf8)]
                : Certainty.allCases.map { Array(",\(risk.rawValue),\($0.rawValue)\(end)".utf8) }
        }
        pastDates = model.schema.features.filter { feature in
            if case .date(_, mayBeAhead: false) = feature.type { true } else { false }
        }
        .map(\.name)
    }

    func score(_ batch: RecordBatch) throws -> ScoredBatch {
        let decoded = decoder.decode(batch)
        let probabilities = try model.predict(decoded.table)
        let listed = listed(probabilities)
        let customers = reasons?.explain(decoded.table, rows: listed) ?? []
        var result = ScoredBatch(
            scored: decoded.acceptedRows.count,
            listed: listed.count,
            rejected: decoded.rejectedRows.count,
            problems: decoded.violations.prefix(ScoringWorkflow.Counts.mostProblems)
                .map(\.description),
            outside: decoded.outside
        )
        result.scores =
            switch form {
            case .csv where reasons == nil && least == nil:
                batch.lines(
                    identifiedBy: decoder.identifierColumn,
                    rows: decoded.acceptedRows,
                    values: probabilities,
                    endings: endings,
                    endingOf: probabilities.map { ending(of: $0) }
                )
            case .csv: lines(decoded, of: batch, probabilities, listed, customers)
            case .json: objects(decoded, of: batch, probabilities, listed, customers)
            }
        if isKept {
            result.kept = KeptCustomers(
                decoded,
                of: batch,
                by: decoder,
                columns: model.schema.features.map(\.name),
                probabilities,
                asOf
            )
        }
        for name in pastDates {
            guard case .number(let ages) = decoded.table[name] else { continue }
            for age in ages where age < result.leastAge ?? .infinity { result.leastAge = age }
            result.lateDates += ages.count { $0 < 0 }
        }
        result.rejects = decoded.rejectedLines(of: batch)
        return result
    }

    /// The places of the scores that are written.
    private func listed(_ probabilities: [Float]) -> [Int] {
        guard let least else { return Array(probabilities.indices) }
        return probabilities.indices.filter { model.risk(of: probabilities[$0]) >= least }
    }

    /// A line for each score that is written, with its reasons.
    private func lines(
        _ decoded: DecodedBatch,
        of batch: RecordBatch,
        _ probabilities: [Float],
        _ listed: [Int],
        _ customers: [ExplainedCustomer]
    ) -> [UInt8] {
        var lines: [UInt8] = []
        for (number, place) in listed.enumerated() {
            let row = decoded.acceptedRows[place]
            if let column = decoder.identifierColumn {
                batch.appendCSVField(row: row, column: column, to: &lines)
            } else {
                lines += "\(batch.line(row: row))".utf8
            }
            lines += ",\(probabilities[place])".utf8
            lines += endings[Int(ending(of: probabilities[place]))].dropLast()
            if let reasons { reasons.append(customers[number], to: &lines) }
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }

    /// An object for each score that is written.
    private func objects(
        _ decoded: DecodedBatch,
        of batch: RecordBatch,
        _ probabilities: [Float],
        _ listed: [Int],
        _ customers: [ExplainedCustomer]
    ) -> [UInt8] {
        var lines: [UInt8] = []
        var outside = decoded.outside[...]
        for (number, place) in listed.enumerated() {
            let (row, probability) = (decoded.acceptedRows[place], probabilities[place])
            outside = outside.drop { $0.row < row }
            let own = outside.prefix { $0.row == row }
            lines += "{\"identifier\":".utf8
            lines.appendJSON(
                decoder.identifierColumn.map { batch.text(row: row, column: $0) }
                    ?? "\(batch.line(row: row))"
            )
            lines += ",\"churn_probability\":\(probability)".utf8
            lines += ",\"risk\":\"\(model.risk(of: probability).rawValue)\"".utf8
            if let conformal {
                let certainty = conformal.certainty(of: probability).rawValue
                lines += ",\"certainty\":\"\(certainty)\"".utf8
            }
            if let asOf { lines += ",\"as_of\":\"\(asOf)\"".utf8 }
            lines += ",\"outside\":[".utf8
            for (place, found) in own.enumerated() {
                if place > 0 { lines.append(UInt8(ascii: ",")) }
                lines.appendJSON(found.column ?? "")
            }
            lines.append(UInt8(ascii: "]"))
            if let reasons {
                lines += ",\"reasons\":".utf8
                customers[number].reasons.appendList(most: reasons.count, to: &lines)
            }
            lines += "}\n".utf8
        }
        return lines
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
}

/// What a batch adds to the output files.
struct ScoredBatch: Sendable {
    var scores: [UInt8] = []
    var rejects: [UInt8] = []
    let scored: Int
    let listed: Int
    let rejected: Int
    let problems: [String]
    /// The least age among the dates in days; nil where there is none.
    var leastAge: Double?
    /// Dates after the day from which they are counted back, where they must not be.
    var lateDates = 0
    /// The numbers of scored rows that count as the nearest bound.
    let outside: [SchemaViolation]
    /// What a record gets; nil where there is none.
    var kept: KeptCustomers?
}
