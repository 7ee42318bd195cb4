import FoundationEssentials

extension SQLRecord {
    /// Keeps what was said of customers, all of it or nothing, and joins it to predictions and to members of campaigns.
    ///
    /// An outcome that comes again takes the place of the first; the first stays in the history.
    ///
    /// - Complexity: O(outcomes · log(predictions + outcomes)).
    func record(
        _ outcomes: [Outcome],
        keepsStrangers: Bool,
        received: Int64?,
        waitingUntil: Int64?
    ) async throws(RecordStoreError) -> [OutcomeReceipt] {
        let received = received ?? Int64(Date.now.timeIntervalSince1970 * 1000)
        return try await write { db in
            try db.waitForTurn()
            let insert = OutcomeInsert(db, received: received, keepsStrangers: keepsStrangers)
            var room = waitingUntil == nil ? 0 : try Self.roomForWaiting(db)
            return try outcomes.map { given in
                let outcome = db.dialect.outcome(given)
                if let waitingUntil, room > 0, try insert.isOfNobody(outcome),
                    try insert.wait(outcome, until: waitingUntil)
                {
                    room -= 1
                    var receipt = OutcomeReceipt()
                    receipt.waits = true
                    return receipt
                }
                return try insert.add(outcome)
            }
        }
    }

    /// Records the outcomes that wait and whose prediction came, and those that waited long enough.
    ///
    /// - Complexity: O(waiting · log(predictions)).
    func recordWaiting(
        now: Int64
    ) async throws(RecordStoreError) -> [(outcome: Outcome, receipt: OutcomeReceipt)] {
        // Most of the time there is nothing, and nobody need wait for a turn.
        guard try await read({ try $0.row("SELECT 1 FROM outcome_waiting LIMIT 1") != nil }) else {
            return []
        }
        return try await write { db in
            try db.waitForTurn()
            let rows = try db.rows(Self.ready(db.dialect), [now])
            return try rows.map { row in
                try db.execute("DELETE FROM outcome_waiting WHERE id = ?", [row["id"] as Int64])
                let insert = OutcomeInsert(
                    db,
                    received: row["received"],
                    keepsStrangers: row["keeps"]
                )
                let subject: Outcome.Subject =
                    db.dialect.referredName(in: row).map { .prediction(id: $0) }
                    ?? .customer(row["customer"] ?? "")
                let outcome = Outcome(row, of: subject)
                return (outcome, try insert.add(outcome))
            }
        }
    }

    private static func ready(_ dialect: SQLDialect) -> String {
        """
        SELECT * FROM outcome_waiting AS waiting WHERE until <= ?
        OR EXISTS (SELECT 1 FROM prediction WHERE prediction.customer = waiting.customer
            AND (waiting.date IS NULL OR time <= waiting.date))
        OR EXISTS (SELECT 1 FROM prediction WHERE (\(dialect.key())) = (\(dialect.reference("waiting"))))
        ORDER BY waiting.id
        """
    }

    /// How many more outcomes may wait, as somebody may send outcomes of nobody without end.
    private static func roomForWaiting(_ db: any SQLSession) throws -> Int {
        10_000 - (try db.value(Int.self, "SELECT COUNT(*) FROM outcome_waiting") ?? 0)
    }
}

extension OutcomeInsert {
    /// Whether the record knows neither a prediction of the customer nor a campaign that chose the customer.
    func isOfNobody(_ outcome: Outcome) throws -> Bool {
        guard try Self.prediction(of: outcome, db) == nil else { return false }
        guard case .customer(let customer) = outcome.subject else { return true }
        return try db.row("SELECT 1 FROM campaign_member WHERE customer = ?", [customer]) == nil
    }

    /// Puts an outcome where it waits for its prediction.
    ///
    /// - Returns: Whether it can have one.
    func wait(_ outcome: Outcome, until: Int64) throws -> Bool {
        var customer: String?
        var name = db.dialect.arguments(nil)
        switch outcome.subject {
        case .customer(let identifier): customer = identifier
        case .prediction(let id):
            guard let arguments = db.dialect.arguments(id) else { return false }
            name = arguments
        }
        try db.execute(
            """
            INSERT INTO outcome_waiting (
                until, keeps, received, source, customer, date, "left", occurred, contacted,
                offer_taken, treatment, cost, \(db.dialect.reference)
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \(db.dialect.marks))
            """,
            [
                until, keepsStrangers, received, outcome.source, customer, outcome.date,
                outcome.left, outcome.occurred, outcome.contacted, outcome.offerTaken,
                outcome.treatment, outcome.cost,
            ] + name
        )
        return true
    }
}
