import Campaign

extension SQLRecord {
    /// What became of a campaign's members, by rank.
    ///
    /// Whatever was said of a customer counts, whether the record has a prediction of that customer or not. Who contacted
    /// whom belongs to the customer's latest campaign that had begun by then.
    ///
    /// - Parameters:
    ///   - name: Of the campaign.
    ///   - time: Milliseconds since 1970, by which it is judged what has matured.
    /// - Returns: A truth for each member.
    /// - Throws: `RecordStoreError`, also where there is none of this name.
    /// - Complexity: O((members + outcomes of them) · log(outcomes)).
    func truths(
        of name: String,
        asOf time: Int64
    ) async throws(RecordStoreError) -> [MemberTruth] {
        try await read { db in
            let campaign = try db.row(
                "SELECT id, created, horizon_days FROM campaign WHERE name = ?",
                [name]
            )
            guard let campaign else { throw self.noCampaign(name) }
            let (id, created): (Int64, Int64) = (campaign["id"], campaign["created"])
            let days: Int = campaign["horizon_days"]
            var truths: [MemberTruth] = []
            var window: OutcomeWindow?
            var rank: Int64?
            try db.forEach(Self.toldOfMembers, [created, id]) { row in
                // By place: names are looked up anew for each row.
                let own: Int64 = row[0]
                if own != rank {
                    if let window { truths[truths.count - 1].take(window, at: time) }
                    rank = own
                    window = OutcomeWindow(
                        start: created,
                        days: days,
                        next: row[9] ?? .max
                    )
                    truths.append(MemberTruth(customer: row[1], state: .open))
                }
                // Nobody said anything of a member without an outcome.
                guard let received: Int64 = row[3] else { return true }
                window?.take(
                    ToldOutcome(
                        left: row[2],
                        known: row[4] ?? received,
                        occurred: row[5],
                        contacted: row[6],
                        offerTaken: row[7],
                        cost: row[8]
                    )
                )
                return true
            }
            if let window { truths[truths.count - 1].take(window, at: time) }
            return truths
        }
    }

    private static let toldOfMembers = """
        SELECT
            rank, member.customer AS customer, "left", received, date, occurred, contacted,
            offer_taken, cost,
            (SELECT MIN(created) FROM campaign_member AS other JOIN campaign ON campaign.id = other.campaign
                WHERE other.customer = member.customer AND created > ?) AS next
        FROM campaign_member AS member
        LEFT JOIN outcome_history AS told ON told.customer = member.customer
        WHERE member.campaign = ? ORDER BY rank, told.id
        """
}

extension MemberTruth {
    fileprivate mutating func take(_ window: OutcomeWindow, at time: Int64) {
        state = window.state(at: time)
        left = state == .matured ? window.left : nil
        contacted = window.contacted
        offerTaken = window.offerTaken
        cost = window.cost
    }
}

extension ToldOutcome {
    /// Reads a row of the history.
    init(_ row: SQLRow) {
        self.init(
            left: row["left"],
            known: row["date"] ?? row["received"],
            occurred: row["occurred"],
            contacted: row["contacted"],
            offerTaken: row["offer_taken"],
            cost: row["cost"]
        )
    }
}
