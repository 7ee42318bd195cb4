extension SQLRecord {
    /// Keeps what a person says of a member of a campaign, or takes back what was said.
    ///
    /// - Returns: What became of it.
    /// - Throws: `RecordStoreError`, also where there is no such campaign.
    /// - Complexity: O(log(predictions + sayings) + sayings of the customer).
    func mark(_ given: ContactMark) async throws(RecordStoreError) -> MarkReceipt {
        try await write { db in
            try db.waitForTurn()
            var mark = given
            mark.customer = db.dialect.customer(given.customer)
            guard let campaign = try OpenCampaign(mark.campaign, db) else {
                throw self.noCampaign(mark.campaign)
            }
            let isMember = try db.row(
                "SELECT 1 FROM campaign_member WHERE campaign = ? AND customer = ?",
                [campaign.id, mark.customer]
            )
            guard isMember != nil else { return .stranger }
            let latest = try LatestSaying(of: mark.customer, since: campaign.created, db)
            if let latest, latest.received > mark.seen, latest.state != mark.state {
                try Self.setAside(mark, against: latest, db)
                return .setAside(by: latest.state, source: latest.source)
            }
            if mark.state == .waiting {
                guard let latest else { return .nothing }
                try Self.takeBack(latest, at: mark.time, db)
                return .takenBack
            }
            guard latest?.state != mark.state else { return .kept(heldOut: false) }
            let receipt = try OutcomeInsert(db, received: mark.time, keepsStrangers: true)
                .add(Outcome(mark))
            return .kept(heldOut: receipt.heldOut.contains(mark.campaign))
        }
    }

    /// What was set aside since a time because somebody had said something else before.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(set aside since).
    func setAside(
        against source: String,
        since time: Int64
    ) async throws(RecordStoreError) -> [SetAsideMark] {
        try await read { db in
            try db.rows(
                """
                SELECT * FROM outcome_withdrawn
                WHERE withdrawn > ? AND is_second AND against = ? ORDER BY id
                """,
                [time, source]
            )
            .map {
                SetAsideMark(
                    customer: $0["customer"],
                    state: MemberState($0) ?? .waiting,
                    source: $0["source"],
                    time: $0["received"]
                )
            }
        }
    }

    private static func setAside(
        _ mark: ContactMark,
        against latest: LatestSaying,
        _ db: any SQLSession
    ) throws {
        let outcome = Outcome(mark)
        try db.execute(
            """
            INSERT INTO outcome_withdrawn (
                withdrawn, against, is_second, received, source, customer, "left", contacted,
                offer_taken
            ) VALUES (?1, ?2, TRUE, ?1, ?3, ?4, ?5, ?6, ?7)
            """,
            [
                mark.time, latest.source, mark.source, mark.customer, outcome.left,
                outcome.contacted, outcome.offerTaken,
            ]
        )
    }

    private static func takeBack(
        _ latest: LatestSaying,
        at time: Int64,
        _ db: any SQLSession
    ) throws {
        let columns = """
            received, source, customer, \(db.dialect.reference), date, "left", occurred, contacted,
            offer_taken, treatment, cost
            """
        try db.execute(
            """
            INSERT INTO outcome_withdrawn (withdrawn, is_second, \(columns))
            SELECT ?, FALSE, \(columns) FROM outcome_history WHERE id = ?
            """,
            [time, latest.id]
        )
        try db.execute("DELETE FROM outcome_history WHERE id = ?", [latest.id])
        if let prediction = latest.prediction { try OutcomeInsert.rejoin(prediction, db) }
    }
}

/// The last thing that was said of a contact with a customer, or of its leaving.
private struct LatestSaying {
    let id: Int64
    let received: Int64
    let source: String?
    let prediction: String?
    let state: MemberState

    /// Nil where nothing was said since a time.
    init?(of customer: String, since time: Int64, _ db: any SQLSession) throws {
        let row = try db.row(
            """
            SELECT * FROM outcome_history
            WHERE customer = ? AND received >= ? AND (contacted IS NOT NULL OR "left" = TRUE)
            ORDER BY id DESC LIMIT 1
            """,
            [customer, time]
        )
        guard let row, let state = MemberState(row) else { return nil }
        (id, received, source) = (row["id"], row["received"], row["source"])
        prediction = db.dialect.referredName(in: row)
        self.state = state
    }
}

extension MemberState {
    /// What a row of the history says; nil where it tells neither of a contact nor of leaving.
    init?(_ row: SQLRow) {
        let contacted: Bool? = row["contacted"]
        if row["left"] as Bool? == true {
            self = .left
        } else if let contacted {
            self =
                !contacted
                ? .notReached : row["offer_taken"] as Bool? == true ? .accepted : .declined
        } else {
            return nil
        }
    }
}

extension Outcome {
    /// What a mark says.
    fileprivate init(_ mark: ContactMark) {
        self.init(subject: .customer(mark.customer), left: nil, source: mark.source)
        switch mark.state {
        case .waiting: break
        case .accepted: (contacted, offerTaken) = (true, true)
        case .declined: (contacted, offerTaken) = (true, false)
        case .notReached: contacted = false
        case .left: left = true
        }
    }
}
