/// Puts an outcome into the history, and with the prediction and the campaigns that it belongs to.
struct OutcomeInsert {
    let db: any SQLSession
    let received: Int64
    let keepsStrangers: Bool

    init(_ db: any SQLSession, received: Int64, keepsStrangers: Bool) {
        self.db = db
        self.received = received
        self.keepsStrangers = keepsStrangers
    }

    /// - Throws: `DatabaseError`.
    func add(_ outcome: Outcome) throws -> OutcomeReceipt {
        var receipt = OutcomeReceipt()
        let prediction = try Self.prediction(of: outcome, db)
        receipt.prediction = prediction?.id
        let customer = customer(of: outcome, prediction)
        if let customer { try findCampaigns(of: customer, outcome, &receipt) }
        guard receipt.isMatched || (keepsStrangers && customer != nil) else { return receipt }
        let said = try history(customer: customer, prediction: receipt.prediction)
        receipt.isRepeated = said.last { $0.date == outcome.date }.map { $0.says(outcome) } ?? false
        if !receipt.isRepeated {
            receipt.former = said.last { $0.contradicts(outcome, received: received) }?.former
            try append(outcome, customer: customer, prediction: receipt.prediction)
        }
        if let prediction { try join(outcome, to: prediction, said) }
        return receipt
    }

    /// Makes the outcome of a prediction anew from what still stands in the history, after something was taken out.
    static func rejoin(_ prediction: String, _ db: any SQLSession) throws {
        let dialect = db.dialect
        let condition = "(\(dialect.reference)) = (\(dialect.marks))"
        let name = dialect.arguments(prediction as String?)
        try db.execute("DELETE FROM outcome WHERE \(condition)", name)
        let rows = try db.rows(
            "SELECT * FROM outcome_history WHERE \(condition) ORDER BY id",
            name
        )
        for row in rows {
            let outcome = Outcome(row, of: .prediction(id: prediction))
            guard let found = try Self.prediction(of: outcome, db) else { continue }
            let insert = OutcomeInsert(db, received: row["received"], keepsStrangers: true)
            let said = try insert.history(customer: row["customer"], prediction: prediction)
            try insert.join(outcome, to: found, said.filter { $0.id < row["id"] })
        }
    }

    struct Prediction {
        let id: String
        let time: Int64
        let customer: String?
    }

    /// The prediction that an outcome is of: the one it names, or its customer's latest until its date.
    static func prediction(of outcome: Outcome, _ db: any SQLSession) throws -> Prediction? {
        let dialect = db.dialect
        let row: SQLRow?
        switch outcome.subject {
        case .prediction(let id):
            guard let name = dialect.arguments(id) else { return nil }
            row = try db.row(
                """
                SELECT \(dialect.key()), time, customer FROM prediction
                WHERE (\(dialect.key())) = (\(dialect.marks))
                """,
                name
            )
        case .customer(let customer):
            row = try db.row(
                """
                SELECT \(dialect.key()), time, customer FROM prediction WHERE customer = ? AND time <= ?
                ORDER BY time DESC, \(dialect.newest()) LIMIT 1
                """,
                [customer, outcome.date ?? .max]
            )
        }
        guard let row, let id = dialect.name(in: row) else { return nil }
        return Prediction(id: id, time: row["time"], customer: row["customer"])
    }

    private func customer(of outcome: Outcome, _ prediction: Prediction?) -> String? {
        switch outcome.subject {
        case .prediction: prediction?.customer
        case .customer(let customer): customer
        }
    }

    private func findCampaigns(
        of customer: String,
        _ outcome: Outcome,
        _ receipt: inout OutcomeReceipt
    ) throws {
        let found = try db.rows(
            """
            SELECT name, created, arm FROM campaign_member
            JOIN campaign ON campaign.id = campaign_member.campaign
            WHERE customer = ? ORDER BY created, campaign.id
            """,
            [customer]
        )
        receipt.campaigns = found.map { $0["name"] }
        let known = outcome.date ?? received
        // A contact belongs to the latest campaign that had begun by then.
        let begun = found.map { $0["created"] as Int64 }.filter { $0 <= known }.max()
        guard outcome.contacted == true, let begun else { return }
        receipt.heldOut = found.filter { $0["created"] == begun && $0["arm"] == "hold-out" }
            .map { $0["name"] }
    }

    /// What was said of the customer, or of the prediction where it has no customer, in that order.
    private func history(customer: String?, prediction: String?) throws -> [SaidOutcome] {
        let dialect = db.dialect
        let rows =
            if let customer {
                try db.rows(
                    "SELECT * FROM outcome_history WHERE customer = ? ORDER BY id",
                    [customer]
                )
            } else {
                try db.rows(
                    """
                    SELECT * FROM outcome_history
                    WHERE (\(dialect.reference)) = (\(dialect.marks)) ORDER BY id
                    """,
                    dialect.arguments(prediction)
                )
            }
        return rows.map { SaidOutcome($0) }
    }

    private func append(_ outcome: Outcome, customer: String?, prediction: String?) throws {
        try db.execute(
            """
            INSERT INTO outcome_history (
                received, source, customer, date, "left", occurred, contacted, offer_taken,
                treatment, cost, \(db.dialect.reference)
            ) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \(db.dialect.marks))
            """,
            [
                received, outcome.source, customer, outcome.date, outcome.left, outcome.occurred,
                outcome.contacted, outcome.offerTaken, outcome.treatment, outcome.cost,
            ] + db.dialect.arguments(prediction)
        )
    }

    /// Makes the outcome that of its prediction; what it leaves open stays as it was said since the prediction.
    private func join(
        _ outcome: Outcome,
        to prediction: Prediction,
        _ said: [SaidOutcome]
    ) throws {
        let until = outcome.date ?? received
        let since = said.filter { $0.told.known >= prediction.time && $0.told.known <= until }
        let before = since.last { $0.told.left != nil }
        guard let left = outcome.left ?? before?.told.left else { return }
        let known = outcome.left == nil ? before?.told.known : outcome.date
        let contacted = outcome.contacted ?? since.last { $0.told.contacted != nil }?.told.contacted
        let offerTaken =
            outcome.offerTaken ?? since.last { $0.told.offerTaken != nil }?.told.offerTaken
        let columns = [
            "received", #""left""#, "treated", "treatment", "known", "occurred", "offer_taken",
            "cost", "source",
        ]
        try db.execute(
            """
            INSERT INTO outcome (\(columns.joined(separator: ", ")), \(db.dialect.reference))
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, \(db.dialect.marks))
            ON CONFLICT (\(db.dialect.reference)) DO UPDATE SET
            \(columns.map { "\($0) = excluded.\($0)" }.joined(separator: ", "))
            """,
            [
                received, left, contacted,
                outcome.treatment ?? since.last { $0.treatment != nil }?.treatment,
                known ?? received,
                outcome.occurred ?? (outcome.left == nil ? before?.told.occurred : nil),
                offerTaken, outcome.cost ?? since.last { $0.told.cost != nil }?.told.cost,
                outcome.source,
            ] + db.dialect.arguments(prediction.id as String?)
        )
    }
}

/// A row of the history, to be compared with what is said now.
private struct SaidOutcome {
    let id: Int64
    let told: ToldOutcome
    let date: Int64?
    let treatment: String?
    let source: String?

    init(_ row: SQLRow) {
        id = row["id"]
        told = ToldOutcome(row)
        date = row["date"]
        treatment = row["treatment"]
        source = row["source"]
    }

    var former: OutcomeReceipt.Former {
        OutcomeReceipt.Former(left: told.left, known: told.known, source: source)
    }

    /// Whether it is the very same, whoever says so.
    func says(_ outcome: Outcome) -> Bool {
        told.left == outcome.left && told.occurred == outcome.occurred
            && told.contacted == outcome.contacted && told.offerTaken == outcome.offerTaken
            && told.cost == outcome.cost && treatment == outcome.treatment
    }

    /// Whether both can't be true.
    func contradicts(_ outcome: Outcome, received: Int64) -> Bool {
        if date == outcome.date, let contacted = told.contacted, let now = outcome.contacted,
            contacted != now
        {
            return true
        }
        guard let left = told.left, let now = outcome.left else { return false }
        let known = outcome.date ?? received
        switch (left, now) {
        case (false, false): return false
        case (true, true):
            guard let occurred = told.occurred, let other = outcome.occurred else { return false }
            return occurred != other
        case (true, false):
            // Still there after having left.
            return (told.occurred ?? told.known) <= known
        case (false, true):
            // Without days both answer the same question.
            if date == nil, outcome.date == nil, outcome.occurred == nil { return true }
            return (outcome.occurred ?? known) <= told.known
        }
    }
}

extension Outcome {
    /// Reads a row of the history, or of what waits.
    init(_ row: SQLRow, of subject: Subject) {
        self.init(
            subject: subject,
            date: row["date"],
            left: row["left"],
            occurred: row["occurred"],
            contacted: row["contacted"],
            offerTaken: row["offer_taken"],
            treatment: row["treatment"],
            cost: row["cost"],
            source: row["source"]
        )
    }
}
