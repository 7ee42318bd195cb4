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

extension SQLiteRecord {
    /// What a model said of customers whose truth counts and who are not known to have been treated, the newest first.
    ///
    /// Without a horizon it counts as soon as it is known. With one, whom a campaign chose to be contacted counts as
    /// treated where nobody said otherwise.
    ///
    /// - Parameters:
    ///   - digest: Names the model's content.
    ///   - count: The most that are returned.
    ///   - maturing: When truth counts; nil as soon as it is known.
    /// - Returns: A judgement for each prediction.
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(outcomes).
    public func judgements(
        of digest: String,
        newest count: Int,
        maturing: Maturity?
    ) async throws(RecordStoreError) -> [DatedJudgement] {
        try await read { db in
            try Self.judgements(of: digest, newest: count, maturing: maturing, db)
        }
    }

    static func judgements(
        of digest: String,
        newest count: Int,
        maturing: Maturity?,
        _ db: Database
    ) throws -> [DatedJudgement] {
        if let maturing { return try DatedJudgement.matured(digest, newest: count, maturing, db) }
        return try Row.fetchAll(
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

    /// Whether the predictions of all outcomes are there.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(outcomes · log(predictions)).
    public func hasPredictions(of outcomes: [Outcome]) async throws(RecordStoreError) -> Bool {
        try await read { db in
            try outcomes.allSatisfy { try OutcomeInsert.prediction(of: $0, db) != nil }
        }
    }

    /// Keeps what was said of customers, all of it or nothing, and joins it to predictions and to members of campaigns.
    ///
    /// An outcome that comes again takes the place of the first; the first stays in the history.
    ///
    /// - Parameters:
    ///   - outcomes: In the order in which they were said.
    ///   - keepsStrangers: Whether to keep what is said of customers whom the record does not know; they may be campaign
    ///     members or be predicted later. False where identifiers are personal.
    ///   - received: Milliseconds since 1970; nil for now.
    /// - Returns: A receipt for each outcome.
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(outcomes · log(predictions + outcomes)).
    public func record(
        _ outcomes: [Outcome],
        keepsStrangers: Bool,
        received: Int64?
    ) async throws(RecordStoreError) -> [OutcomeReceipt] {
        let received = received ?? Int64(Date.now.timeIntervalSince1970 * 1000)
        return try await write { db in
            let insert = OutcomeInsert(db, received: received, keepsStrangers: keepsStrangers)
            return try outcomes.map { try insert.add($0) }
        }
    }
}

extension DatedJudgement {
    fileprivate static func matured(
        _ digest: String,
        newest count: Int,
        _ maturing: Maturity,
        _ db: Database
    ) throws -> [DatedJudgement] {
        var found: [DatedJudgement] = []
        try MaturedPrediction.forEach(.model(digest: digest), maturing, db) { matured in
            guard matured.treated != true else { return true }
            found.append(
                DatedJudgement(
                    time: matured.time,
                    probability: matured.probability,
                    left: matured.left
                )
            )
            return found.count < count
        }
        return found
    }
}
