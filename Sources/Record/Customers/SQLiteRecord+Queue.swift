import Campaign
import GRDB

extension SQLiteRecord {
    /// A part of a campaign's list.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(members) where it is narrowed or in another order than by rank; O(first + count) else.
    public func queue(_ query: QueueQuery) async throws(RecordStoreError) -> QueuePage {
        try await read { db in
            guard let campaign = try OpenCampaign(query.campaign, db) else {
                return QueuePage(entries: [], matches: 0)
            }
            let narrowed = NarrowedQueue(query, of: campaign)
            let matches =
                try Int.fetchOne(db, sql: narrowed.counting, arguments: narrowed.arguments) ?? 0
            let rows = try Row.fetchAll(db, sql: narrowed.selecting, arguments: narrowed.arguments)
            return QueuePage(entries: rows.map { QueuePage.Entry($0) }, matches: matches)
        }
    }

    /// How a campaign's list stands; nil where there is no such campaign.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(members + sayings since it began).
    public func standing(
        of campaign: String
    ) async throws(RecordStoreError) -> QueueStanding? {
        try await read { db in
            guard let campaign = try OpenCampaign(campaign, db) else { return nil }
            // One pass over the members as they lie; grouping them by arm would sort them first.
            let sums = try Row.fetchOne(
                db,
                sql: """
                    SELECT COUNT(*) FILTER (WHERE arm = 'contact') AS contacts,
                        COUNT(*) FILTER (WHERE arm <> 'contact') AS held_out,
                        TOTAL(expected_profit) FILTER (WHERE arm = 'contact') AS profit
                    FROM campaign_member WHERE campaign = ?
                    """,
                arguments: [campaign.id]
            )
            var standing = QueueStanding(
                contacts: sums?["contacts"] ?? 0,
                heldOut: sums?["held_out"] ?? 0,
                states: [:],
                waitingProfit: sums?["profit"] ?? 0,
                profit: sums?["profit"] ?? 0
            )
            // From the sayings' side, for most members wait.
            let states = try Row.fetchAll(
                db,
                sql: """
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
                arguments: [campaign.created, campaign.id]
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
    public func keep(
        _ notes: [Int: MemberNote],
        of campaign: String
    ) async throws(RecordStoreError) {
        try await write { db in
            guard let found = try OpenCampaign(campaign, db) else {
                throw self.noCampaign(campaign)
            }
            let insert = try db.cachedStatement(
                sql: """
                    INSERT OR REPLACE INTO campaign_note (campaign, rank, reasons, lever)
                    VALUES (?, ?, ?, ?)
                    """
            )
            for (rank, note) in notes {
                try insert.execute(arguments: [found.id, rank, note.reasons, note.lever])
            }
        }
    }
}

/// A campaign by its number.
struct OpenCampaign {
    let id: Int64
    let created: Int64

    /// Nil where there is none of this name.
    init?(_ name: String, _ db: Database) throws {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT id, created FROM campaign WHERE name = ?",
            arguments: [name]
        )
        guard let row else { return nil }
        (id, created) = (row["id"], row["created"])
    }
}

/// A query of a list as SQL.
private struct NarrowedQueue {
    private(set) var arguments: StatementArguments
    private var conditions = ["member.campaign = :campaign", "arm = 'contact'"]
    private let query: QueueQuery

    /// Whether a saying tells of a contact or of leaving.
    static let tells = #"(contacted IS NOT NULL OR "left" = 1)"#

    /// The state that the last saying makes.
    static let state = """
        CASE WHEN said.id IS NULL THEN 'waiting' WHEN said."left" = 1 THEN 'left' \
        WHEN said.contacted = 0 THEN 'not-reached' WHEN said.offer_taken = 1 THEN 'accepted' ELSE 'declined' END
        """

    private static let source = """
        campaign_member AS member
        LEFT JOIN outcome_history AS said ON said.id = (
            SELECT MAX(id) FROM outcome_history
            WHERE customer = member.customer AND received >= :created AND \(tells))
        LEFT JOIN campaign_note AS note ON note.campaign = member.campaign AND note.rank = member.rank
        """

    init(_ query: QueueQuery, of campaign: OpenCampaign) {
        self.query = query
        arguments = ["campaign": campaign.id, "created": campaign.created]
        if !query.search.isEmpty {
            conditions.append(
                #"(member.customer LIKE :search ESCAPE '\' OR note.reasons LIKE :search ESCAPE '\')"#
            )
            let escaped = query.search.replacing(#"\"#, with: #"\\"#)
                .replacing("%", with: #"\%"#).replacing("_", with: #"\_"#)
            arguments += ["search": "%\(escaped)%"]
        }
        if let state = query.state {
            conditions.append("\(Self.state) = :state")
            arguments += ["state": state.rawValue]
        }
        for (place, choice) in query.levels.enumerated() {
            conditions.append(
                """
                EXISTS (SELECT 1 FROM json_each((
                    SELECT features FROM prediction WHERE customer = member.customer
                    ORDER BY time DESC, id DESC LIMIT 1)) WHERE key = :column\(place) AND atom = :level\(place))
                """
            )
            arguments += ["column\(place)": choice.column, "level\(place)": choice.level]
        }
    }

    private var condition: String { conditions.joined(separator: " AND ") }

    /// Only what narrows is joined, for counting.
    var counting: String {
        guard !query.search.isEmpty || query.state != nil || !query.levels.isEmpty else {
            // Both arguments must be named.
            return """
                SELECT COUNT(*) FROM campaign_member AS member
                WHERE \(condition) AND :created IS NOT NULL
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
            ORDER BY \(order) LIMIT \(max(0, query.count)) OFFSET \(max(0, query.first))
            """
    }
}

extension QueuePage.Entry {
    fileprivate init(_ row: Row) {
        self.init(
            member: CampaignMember(row),
            state: MemberState(rawValue: row["state"]) ?? .waiting,
            source: row["source"],
            note: (row["reasons"] as String?).map { MemberNote(reasons: $0, lever: row["lever"]) }
        )
    }
}
