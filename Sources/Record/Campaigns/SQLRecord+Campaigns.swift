import Campaign

extension SQLRecord {
    /// Keeps a campaign and its members, all of it or nothing.
    ///
    /// - Throws: `RecordStoreError`, also where a campaign of this name is there.
    /// - Complexity: O(members · log(predictions)).
    func add(
        _ campaign: CampaignEntry,
        members: [CampaignMember]
    ) async throws(RecordStoreError) {
        try await write { db in
            try db.waitForTurn()
            guard try Self.number(of: campaign.name, db) == nil else {
                throw RecordStoreError(
                    path: self.path,
                    problem: "there is a campaign \"\(campaign.name)\" already",
                    fix: "give this one another name"
                )
            }
            let number = try db.value(
                Int64.self,
                """
                INSERT INTO campaign (name, created, closed, horizon_days, key_id, decision)
                VALUES (?, ?, ?, ?, ?, ?) RETURNING id
                """,
                [
                    campaign.name, campaign.created, campaign.closed, campaign.horizonDays,
                    campaign.keyID, campaign.decision,
                ]
            )
            guard let number else { throw MissingRow() }
            try db.add(members, of: number)
            try Self.mark(number, db)
        }
    }

    /// Marks the batches that hold the members' latest predictions: the campaign stands on them.
    private static func mark(_ campaign: Int64, _ db: any SQLSession) throws {
        guard try db.row("SELECT 1 FROM batch LIMIT 1") != nil else { return }
        try db.execute(
            """
            INSERT INTO campaign_batch (campaign, batch)
            SELECT DISTINCT member.campaign, name FROM campaign_member AS member JOIN batch ON name = (
                SELECT \(db.dialect.request()) FROM prediction
                WHERE customer = member.customer AND \(db.dialect.request()) IN (SELECT name FROM batch)
                ORDER BY time DESC, \(db.dialect.newest()) LIMIT 1)
            WHERE member.campaign = ?
            """,
            [campaign]
        )
    }

    /// All campaigns, the newest first.
    ///
    /// - Throws: `RecordStoreError`.
    func campaigns() async throws(RecordStoreError) -> [CampaignEntry] {
        try await read { db in
            try db.rows("SELECT * FROM campaign ORDER BY created DESC, id DESC")
                .map { CampaignEntry($0) }
        }
    }

    /// The campaign of a name; nil where there is none.
    ///
    /// - Throws: `RecordStoreError`.
    func campaign(named name: String) async throws(RecordStoreError) -> CampaignEntry? {
        try await read { db in
            try db.row("SELECT * FROM campaign WHERE name = ?", [name])
                .map { CampaignEntry($0) }
        }
    }

    /// Whom a campaign chose, by rank; none where there is no such campaign.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(members).
    func members(
        of name: String
    ) async throws(RecordStoreError) -> [CampaignMember] {
        try await read { db in
            try db.rows(
                """
                SELECT campaign_member.* FROM campaign_member
                JOIN campaign ON campaign.id = campaign_member.campaign
                WHERE name = ? ORDER BY rank
                """,
                [name]
            )
            .map { CampaignMember($0) }
        }
    }

    /// Which of some customers are members of campaigns that are open, in the order given.
    ///
    /// A customer who is in several comes once for each, the oldest campaign first.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(customers · log(members)).
    func openCampaigns(
        of customers: [String]
    ) async throws(RecordStoreError) -> [(customer: String, campaign: String)] {
        try await read { db in
            guard try db.row("SELECT 1 FROM campaign WHERE closed IS NULL LIMIT 1") != nil else {
                return []
            }
            let sql = """
                SELECT name FROM campaign_member JOIN campaign ON campaign.id = campaign_member.campaign
                WHERE customer = ? AND closed IS NULL ORDER BY campaign.created, campaign.id
                """
            var found: [(customer: String, campaign: String)] = []
            for customer in customers {
                for row in try db.rows(sql, [db.dialect.customer(customer)]) {
                    found.append((customer, row[0]))
                }
            }
            return found
        }
    }

    /// Ends a campaign: its members may be chosen by others.
    ///
    /// Closed once, it stays closed since then.
    ///
    /// - Parameters:
    ///   - name: Of the campaign.
    ///   - time: Milliseconds since 1970.
    /// - Throws: `RecordStoreError`, also where there is none of this name.
    func close(_ name: String, at time: Int64) async throws(RecordStoreError) {
        try await write { db in
            guard let number = try Self.number(of: name, db) else { throw self.noCampaign(name) }
            try db.execute(
                "UPDATE campaign SET closed = ? WHERE id = ? AND closed IS NULL",
                [time, number]
            )
        }
    }

    static func number(of campaign: String, _ db: any SQLSession) throws -> Int64? {
        try db.value(Int64.self, "SELECT id FROM campaign WHERE name = ?", [campaign])
    }

    func noCampaign(_ name: String) -> RecordStoreError {
        RecordStoreError(
            path: path,
            problem: "there is no campaign \"\(name)\"",
            fix: "name one that `retain campaign list` shows"
        )
    }
}

extension CampaignEntry {
    /// Reads a row of the table of campaigns.
    init(_ row: SQLRow) {
        self.init(
            name: row["name"],
            created: row["created"],
            closed: row["closed"],
            horizonDays: row["horizon_days"],
            keyID: row["key_id"],
            decision: row["decision"]
        )
    }
}

extension CampaignMember {
    /// Reads a row of the table of members.
    init(_ row: SQLRow) {
        self.init(
            customer: row["customer"],
            arm: row["arm"] == Arm.heldOut.rawValue ? .heldOut : .contact,
            block: row["block"],
            rank: row["rank"],
            offer: row["offer"],
            probability: row["probability"],
            value: row["value"],
            expectedProfit: row["expected_profit"],
            expectedCost: row["expected_cost"]
        )
    }
}
