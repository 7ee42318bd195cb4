import FoundationEssentials

/// What a model said of a customer who was left alone, and what became of that.
public struct DatedJudgement: Equatable, Sendable {
    /// When it was said, in milliseconds since 1970.
    public let time: Int64
    /// The probability that was answered.
    public let probability: Double
    /// Whether the customer left.
    public let left: Bool
}

extension SQLRecord {
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
    func judgements(
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
        _ db: any SQLSession
    ) throws -> [DatedJudgement] {
        if let maturing { return try DatedJudgement.matured(digest, newest: count, maturing, db) }
        return try db.rows(
            """
            SELECT time, probability, "left" FROM outcome
            JOIN prediction ON (\(db.dialect.key())) = (\(db.dialect.reference("outcome")))
            JOIN model ON model.id = prediction.model
            WHERE model.digest = ? AND treated IS NOT TRUE
            ORDER BY time DESC, \(db.dialect.newest()) LIMIT ?
            """,
            [digest, count]
        )
        .map {
            DatedJudgement(time: $0["time"], probability: $0["probability"], left: $0["left"])
        }
    }

    /// Whether the predictions of all outcomes are there.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(outcomes · log(predictions)).
    func hasPredictions(of outcomes: [Outcome]) async throws(RecordStoreError) -> Bool {
        try await read { db in
            try outcomes.allSatisfy {
                try OutcomeInsert.prediction(of: db.dialect.outcome($0), db) != nil
            }
        }
    }
}

extension DatedJudgement {
    fileprivate static func matured(
        _ digest: String,
        newest count: Int,
        _ maturing: Maturity,
        _ db: any SQLSession
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
