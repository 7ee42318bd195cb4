import FoundationEssentials
import GRDB

extension PredictionLog {
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
