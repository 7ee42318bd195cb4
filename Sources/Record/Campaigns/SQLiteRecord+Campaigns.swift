public import Campaign
import GRDB

extension SQLiteRecord {
    /// Keeps a campaign and its members, all of it or nothing.
    ///
    /// - Throws: `RecordStoreError`, also where a campaign of this name is there.
    /// - Complexity: O(members · log(predictions)).
    public func add(
        _ campaign: CampaignEntry,
        members: [CampaignMember]
    ) async throws(RecordStoreError) {
        try await write { db in
            // Customers come in no order, so that rows of their index lie all over it: 64 MiB hold it.
            try db.execute(sql: "PRAGMA cache_size = -65536")
            guard try Self.number(of: campaign.name, db) == nil else {
                throw RecordStoreError(
                    path: self.path,
                    problem: "there is a campaign \"\(campaign.name)\" already",
                    fix: "give this one another name"
                )
            }
            try db.execute(
                sql: """
                    INSERT INTO campaign (name, created, closed, horizon_days, key_id, decision)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    campaign.name, campaign.created, campaign.closed, campaign.horizonDays,
                    campaign.keyID, campaign.decision,
                ]
            )
            let number = db.lastInsertedRowID
            try MemberInsert(db).add(members, of: number)
            try Self.mark(number, db)
        }
    }

    /// Marks the batches that hold the members' latest predictions: the campaign stands on them.
    private static func mark(_ campaign: Int64, _ db: Database) throws {
        guard try Bool.fetchOne(db, sql: "SELECT EXISTS (SELECT 1 FROM batch)") == true else {
            return
        }
        try db.execute(
            sql: """
                INSERT INTO campaign_batch (campaign, batch)
                SELECT DISTINCT ?1, name FROM campaign_member AS member JOIN batch ON name = (
                    SELECT substr(id, 1, 36) FROM prediction
                    WHERE customer = member.customer AND substr(id, 1, 36) IN (SELECT name FROM batch)
                    ORDER BY time DESC, id DESC LIMIT 1)
                WHERE campaign = ?1
                """,
            arguments: [campaign]
        )
    }

    /// All campaigns, the newest first.
    ///
    /// - Throws: `RecordStoreError`.
    public func campaigns() async throws(RecordStoreError) -> [CampaignEntry] {
        try await read { db in
            try Row.fetchAll(db, sql: "SELECT * FROM campaign ORDER BY created DESC, id DESC")
                .map { CampaignEntry($0) }
        }
    }

    /// The campaign of a name; nil where there is none.
    ///
    /// - Throws: `RecordStoreError`.
    public func campaign(named name: String) async throws(RecordStoreError) -> CampaignEntry? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM campaign WHERE name = ?", arguments: [name])
                .map { CampaignEntry($0) }
        }
    }

    /// Whom a campaign chose, by rank; none where there is no such campaign.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(members).
    public func members(
        of name: String
    ) async throws(RecordStoreError) -> [CampaignMember] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT campaign_member.* FROM campaign_member
                    JOIN campaign ON campaign.id = campaign_member.campaign
                    WHERE name = ? ORDER BY rank
                    """,
                arguments: [name]
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
    public func openCampaigns(
        of customers: [String]
    ) async throws(RecordStoreError) -> [(customer: String, campaign: String)] {
        try await read { db in
            guard
                try Bool.fetchOne(
                    db,
                    sql: "SELECT EXISTS (SELECT 1 FROM campaign WHERE closed IS NULL)"
                ) == true
            else { return [] }
            let find = try db.cachedStatement(
                sql: """
                    SELECT name FROM campaign_member JOIN campaign ON campaign.id = campaign_member.campaign
                    WHERE customer = ? AND closed IS NULL ORDER BY campaign.created, campaign.id
                    """
            )
            var found: [(customer: String, campaign: String)] = []
            for customer in customers {
                for name in try String.fetchAll(find, arguments: [customer]) {
                    found.append((customer, name))
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
    public func close(_ name: String, at time: Int64) async throws(RecordStoreError) {
        try await write { db in
            guard let number = try Self.number(of: name, db) else { throw self.noCampaign(name) }
            try db.execute(
                sql: "UPDATE campaign SET closed = ? WHERE id = ? AND closed IS NULL",
                arguments: [time, number]
            )
        }
    }

    static func number(of campaign: String, _ db: Database) throws -> Int64? {
        try Int64.fetchOne(
            db,
            sql: "SELECT id FROM campaign WHERE name = ?",
            arguments: [campaign]
        )
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
    init(_ row: Row) {
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
    init(_ row: Row) {
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
