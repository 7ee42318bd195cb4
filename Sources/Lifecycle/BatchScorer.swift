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
    /// What is written of each customer, and how.
    let layout: ScoreLayout
    /// Whether customers are handed on to a record.
    let isKept: Bool
    /// Only customers of this risk or a higher one are written; nil writes all.
    let least: Risk?
    /// Columns of dates that must not lie after the day from which they are counted back.
    private let pastDates: [String]

    init(
        model: ChurnModel,
        decoder: SchemaDecoder,
        layout: ScoreLayout,
        isKept: Bool = false,
        least: Risk? = nil
    ) {
        self.model = model
        self.decoder = decoder
        self.layout = layout
        self.isKept = isKept
        self.least = least
        pastDates = model.schema.features.filter { feature in
            if case .date(_, mayBeAhead: false) = feature.type { true } else { false }
        }
        .map(\.name)
    }

    func score(_ batch: RecordBatch) throws -> ScoredBatch {
        let decoded = decoder.decode(batch)
        let probabilities = try model.predict(decoded.table)
        let listed = listed(probabilities)
        let customers = layout.reasons?.explain(decoded.table, rows: listed) ?? []
        var result = ScoredBatch(
            scores: ScoredBatch.Scores(
                ScorePage(
                    model: model,
                    layout: layout,
                    batch: batch,
                    decoded: decoded,
                    probabilities: probabilities,
                    listed: listed,
                    customers: customers
                ),
                column: decoder.identifierColumn
            ),
            scored: decoded.acceptedRows.count,
            listed: listed.count,
            rejected: decoded.rejectedRows.count,
            problems: decoded.violations.prefix(ScoringWorkflow.Counts.mostProblems)
                .map(\.description),
            outside: decoded.outside
        )
        if isKept {
            result.kept = KeptCustomers(
                decoded,
                of: batch,
                by: decoder,
                columns: model.schema.features.map(\.name),
                probabilities,
                layout.asOf
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
}

/// What a batch adds to the output files.
struct ScoredBatch: Sendable {
    let scores: Scores
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

    /// The part of the scores.
    enum Scores: Sendable {
        case written([UInt8])
        /// Rows have no identifier but their number, which is known once those before them are counted.
        case awaitingNumbers(ScorePage)

        init(_ page: ScorePage, column: Int?) {
            self = column.map { .written(page.bytes(.column($0))) } ?? .awaitingNumbers(page)
        }

        /// The bytes, where the first row has a number in its file.
        func bytes(firstRow: Int) -> [UInt8] {
            switch self {
            case .written(let bytes): bytes
            case .awaitingNumbers(let page): page.bytes(.number(first: firstRow))
            }
        }
    }
}
