import FoundationEssentials
import GRDB

/// What a model said of a customer who was left alone, and what became of that.
public struct DatedJudgement: Equatable, Sendable {
    /// When it was said, in milliseconds since 1970.
    public let time: Int64
    /// The probability that was answered.
    public let probability: Double
    /// Whether the customer left.
    public let left: Bool
}

extension PredictionLog {
    /// What a model said of customers whose truth is known and who are not known to have been treated, the newest first.
    ///
    /// - Parameters:
    ///   - digest: Names the model's content.
    ///   - count: At most so many.
    /// - Returns: A judgement for each outcome.
    /// - Throws: `PredictionLogError`.
    /// - Complexity: O(outcomes).
    public func judgements(
        of digest: String,
        newest count: Int
    ) async throws(PredictionLogError) -> [DatedJudgement] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT time, probability, "left" FROM outcome
                    JOIN prediction ON prediction.id = outcome.prediction
                    JOIN model ON model.id = prediction.model
                    WHERE model.digest = ? AND treated IS NOT 1
                    ORDER BY time DESC, prediction.id DESC LIMIT ?
                    """,
                arguments: [digest, count]
            )
            .map {
                DatedJudgement(time: $0["time"], probability: $0["probability"], left: $0["left"])
            }
        }
    }

    /// Joins outcomes to their predictions; one that comes again takes the place of the first.
    ///
    /// - Returns: For each outcome the prediction that it belongs to; nil where there is none.
    /// - Throws: `PredictionLogError`.
    /// - Complexity: O(outcomes · log(predictions)).
    public func record(_ outcomes: [Outcome]) async throws(PredictionLogError) -> [String?] {
        let received = Int64(Date.now.timeIntervalSince1970 * 1000)
        return try await write { db in
            try outcomes.map { outcome in
                guard let id = try Self.prediction(of: outcome.subject, db) else { return nil }
                try db.execute(
                    sql: """
                        INSERT OR REPLACE INTO outcome (prediction, received, "left", treated, treatment)
                        VALUES (?, ?, ?, ?, ?)
                        """,
                    arguments: [id, received, outcome.left, outcome.treated, outcome.treatment]
                )
                return id
            }
        }
    }

    private static func prediction(of subject: Outcome.Subject, _ db: Database) throws -> String? {
        switch subject {
        case .prediction(let id):
            try String.fetchOne(
                db,
                sql: "SELECT id FROM prediction WHERE id = ?",
                arguments: [id.lowercased()]
            )
        case .customer(let customer, let time):
            try String.fetchOne(
                db,
                sql: """
                    SELECT id FROM prediction WHERE customer = ? AND time <= ?
                    ORDER BY time DESC, id DESC LIMIT 1
                    """,
                arguments: [customer, time]
            )
        }
    }
}
