import Campaign

extension SQLRecord {
    /// A part of a campaign's list.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(members) where it is narrowed or in another order than by rank; O(first + count) else.
    func queue(_ query: QueueQuery) async throws(RecordStoreError) -> QueuePage {
        try await read { db in
            guard let campaign = try OpenCampaign(query.campaign, db) else {
                return QueuePage(entries: [], matches: 0)
            }
            let narrowed = NarrowedQueue(query, of: campaign, db.dialect)
            let matches =
                try db.value(Int.self, narrowed.counting, narrowed.arguments) ?? 0
            let rows = try db.rows(
                narrowed.selecting,
                narrowed.arguments + [max(0, query.count), max(0, query.first)]
            )
            return QueuePage(entries: rows.map { QueuePage.Entry($0) }, matches: matches)
        }
    }

    /// How a campaign's list stands; nil where there is no such campaign.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(members + sayings since it began).
    func standing(
        of campaign: String
    ) async throws(RecordStoreError) -> QueueStanding? {
        try await read { db in
            guard let campaign = try OpenCampaign(campaign, db) else { return nil }
            // One pass over the members as they lie; grouping them by arm would sort them first.
            let sums = try db.row(
                """
                SELECT COUNT(*) FILTER (WHERE arm = 'contact') AS contacts,
                    COUNT(*) FILTER (WHERE arm <> 'contact') AS held_out,
                    COALESCE(SUM(expected_profit) FILTER (WHERE arm = 'contact'), 0) AS profit
                FROM campaign_member WHERE campaign = ?
                """,
                [campaign.id]
            )
            var standing = QueueStanding(
                contacts: sums?["contacts"] ?? 0,
                heldOut: sums?["held_out"] ?? 0,
                states: [:],
                waitingProfit: sums?["profit"] ?? 0,
                profit: sums?["profit"] ?? 0
            )
            // From the sayings' side, for most members wait.
            let states = try db.rows(
                """
                SELECT \(NarrowedQueue.state) AS state, COUNT(*) AS members, SUM(expected_profit) AS profit
                FROM (
                    SELECT MAX(id) AS id FROM outcome_history
                    WHERE received >= ?1 AND \(NarrowedQueue.tells) GROUP BY customer
                ) AS latest
                JOIN outcome_history AS said ON said.id = latest.id
                JOIN campaign_member AS member
                    ON member.customer = said.customer AND member.campaign = ?2
                WHERE arm = 'contact' GROUP BY 1
                """,
                [campaign.created, campaign.id]
            )
            for row in states {
                let state = (row["state"] as String?).flatMap(MemberState.init(rawValue:))
                guard let state else { continue }
                standing.states[state] = row["members"]
                standing.waitingProfit -= row["profit"]
            }
            return standing
        }
    }

    /// Keeps why members were chosen, to be shown beside them.
    ///
    /// - Parameters:
    ///   - notes: By rank.
    ///   - campaign: Its name.
    /// - Throws: `RecordStoreError`, also where there is no such campaign.
    func keep(
        _ notes: [Int: MemberNote],
        of campaign: String
    ) async throws(RecordStoreError) {
        try await write { db in
            guard let found = try OpenCampaign(campaign, db) else {
                throw self.noCampaign(campaign)
            }
            let sql = """
                INSERT INTO campaign_note (campaign, rank, reasons, lever) VALUES (?, ?, ?, ?)
                ON CONFLICT (campaign, rank)
                DO UPDATE SET reasons = excluded.reasons, lever = excluded.lever
                """
            for (rank, note) in notes {
                try db.execute(sql, [found.id, rank, note.reasons, note.lever])
            }
        }
    }
}

/// A campaign by its number.
struct OpenCampaign {
    let id: Int64
    let created: Int64

    /// Nil where there is none of this name.
    init?(_ name: String, _ db: any SQLSession) throws {
        let row = try db.row("SELECT id, created FROM campaign WHERE name = ?", [name])
        guard let row else { return nil }
        (id, created) = (row["id"], row["created"])
    }
}

/// A query of a list as SQL.
private struct NarrowedQueue {
    private(set) var arguments: [SQLArgument]
    private var conditions = ["member.campaign = ?1", "arm = 'contact'"]
    private let query: QueueQuery
    private let dialect: SQLDialect

    /// Whether a saying tells of a contact or of leaving.
    static let tells = #"(contacted IS NOT NULL OR "left" = TRUE)"#

    /// The state that the last saying makes.
    static let state = """
        CASE WHEN said.id IS NULL THEN 'waiting' WHEN said."left" = TRUE THEN 'left' \
        WHEN said.contacted = FALSE THEN 'not-reached' WHEN said.offer_taken = TRUE THEN 'accepted' \
        ELSE 'declined' END
        """

    private static let source = """
        campaign_member AS member
        LEFT JOIN outcome_history AS said ON said.id = (
            SELECT MAX(id) FROM outcome_history
            WHERE customer = member.customer AND received >= ?2 AND \(tells))
        LEFT JOIN campaign_note AS note ON note.campaign = member.campaign AND note.rank = member.rank
        """

    init(_ query: QueueQuery, of campaign: OpenCampaign, _ dialect: SQLDialect) {
        self.query = query
        self.dialect = dialect
        arguments = [campaign.id, campaign.created]
        if !query.search.isEmpty {
            let escaped = query.search.replacing(#"\"#, with: #"\\"#)
                .replacing("%", with: #"\%"#).replacing("_", with: #"\_"#)
            let search = #"\#(dialect.like) \#(mark("%\(escaped)%")) ESCAPE '\'"#
            conditions.append("(member.customer \(search) OR note.reasons \(search))")
        }
        if let state = query.state {
            conditions.append("\(Self.state) = \(mark(state.rawValue))")
        }
        for choice in query.levels {
            conditions.append(
                """
                (SELECT \(dialect.text(of: mark(choice.column), in: "features")) FROM prediction
                    WHERE customer = member.customer
                    ORDER BY time DESC, \(dialect.newest()) LIMIT 1) = \(mark(choice.level))
                """
            )
        }
    }

    /// What stands for one more argument.
    private mutating func mark(_ argument: SQLArgument) -> String {
        arguments.append(argument)
        return "?\(arguments.count)"
    }

    private var condition: String { conditions.joined(separator: " AND ") }

    /// Only what narrows is joined, for counting.
    var counting: String {
        guard !query.search.isEmpty || query.state != nil || !query.levels.isEmpty else {
            // Both arguments must be there.
            return """
                SELECT COUNT(*) FROM campaign_member AS member
                WHERE \(condition) AND ?2 IS NOT NULL
                """
        }
        return "SELECT COUNT(*) FROM \(Self.source) WHERE \(condition)"
    }

    var selecting: String {
        let order =
            switch query.order {
            case .rank: "member.rank"
            case .customer: "member.customer"
            case .risk: "member.probability DESC, member.rank"
            case .gain: "member.expected_profit, member.rank"
            }
        return """
            SELECT member.*, \(Self.state) AS state, said.source AS source, note.reasons AS reasons,
                note.lever AS lever
            FROM \(Self.source) WHERE \(condition)
            ORDER BY \(order) LIMIT ?\(arguments.count + 1) OFFSET ?\(arguments.count + 2)
            """
    }
}

extension QueuePage.Entry {
    fileprivate init(_ row: SQLRow) {
        self.init(
            member: CampaignMember(row),
            state: MemberState(rawValue: row["state"]) ?? .waiting,
            source: row["source"],
            note: (row["reasons"] as String?).map { MemberNote(reasons: $0, lever: row["lever"]) }
        )
    }
}
