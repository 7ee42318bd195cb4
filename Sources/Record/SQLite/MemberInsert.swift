import Campaign
import GRDB
import GRDBSQLite

/// Adds a campaign's members to their table, several with one statement, by SQLite's own functions.
///
/// As ``PredictionInsert``: GRDB makes a value of each argument first, which takes longer than adding the row.
struct MemberInsert {
    private let db: Database
    private let one: Statement
    private let several: Statement

    /// Rows that one statement adds.
    private static let rows = 16
    private static let columns = 10

    init(_ db: Database) throws {
        self.db = db
        one = try Self.statement(1, db)
        several = try Self.statement(Self.rows, db)
    }

    private static func statement(_ rows: Int, _ db: Database) throws -> Statement {
        let row = "(\(repeatElement("?", count: columns).joined(separator: ", ")))"
        return try db.cachedStatement(
            sql: """
                INSERT INTO campaign_member (
                    campaign, rank, customer, arm, block, offer, probability, value, expected_profit,
                    expected_cost
                ) VALUES \(repeatElement(row, count: rows).joined(separator: ", "))
                """
        )
    }

    /// Adds members.
    ///
    /// - Throws: `DatabaseError`.
    func add(_ members: [CampaignMember], of campaign: Int64) throws {
        // Customers come in no order, so that rows of their index lie all over it: 64 MiB hold it.
        try db.execute(sql: "PRAGMA cache_size = -65536")
        var texts: [UInt8] = []
        var place = 0
        while place < members.count {
            let isWhole = members.count - place >= Self.rows
            let some = members[place ..< place + (isWhole ? Self.rows : 1)]
            try add(some, of: campaign, by: isWhole ? several : one, &texts)
            place = some.endIndex
        }
    }

    private func add(
        _ members: ArraySlice<CampaignMember>,
        of campaign: Int64,
        by statement: Statement,
        _ texts: inout [UInt8]
    ) throws {
        texts.removeAll(keepingCapacity: true)
        // Where the three texts of each member end.
        var ends = [0]
        for member in members {
            for text in [member.customer, member.arm.rawValue, member.offer] {
                texts += text.utf8
                ends.append(texts.count)
            }
        }
        let handle = unsafe statement.sqliteStatement
        defer {
            unsafe sqlite3_reset(handle)
            unsafe sqlite3_clear_bindings(handle)
        }
        let code = unsafe texts.withUnsafeBytes { texts in
            for (place, member) in members.enumerated() {
                let column = CInt(place * Self.columns)
                unsafe sqlite3_bind_int64(handle, column + 1, campaign)
                unsafe sqlite3_bind_int64(handle, column + 2, Int64(member.rank))
                for (text, offset) in [3, 4, 6].enumerated() {
                    let range = ends[3 * place + text] ..< ends[3 * place + text + 1]
                    unsafe bindText(texts, range, to: handle, column + CInt(offset))
                }
                unsafe sqlite3_bind_int64(handle, column + 5, Int64(member.block))
                unsafe sqlite3_bind_double(handle, column + 7, member.probability)
                unsafe sqlite3_bind_double(handle, column + 8, member.value)
                unsafe sqlite3_bind_double(handle, column + 9, member.expectedProfit)
                unsafe sqlite3_bind_double(handle, column + 10, member.expectedCost)
            }
            return unsafe sqlite3_step(handle)
        }
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: db.lastErrorMessage
            )
        }
    }
}
