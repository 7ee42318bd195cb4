import Campaign
import FoundationEssentials
import GRDB
import GRDBSQLite

/// A record in an SQLite file of its own.
///
/// Several programs may write to one file, each in short transactions that the others wait for; readers see whole
/// transactions and never hold a writer up (SQLite's write-ahead log). A killed process loses what it had not handed over,
/// and no transaction is ever half written.
final class SQLiteDatabase: SQLDatabase {
    let path: String
    private let pool: DatabasePool

    /// Opens the file, and makes it where it is not there; its folder must be.
    ///
    /// - Throws: `RecordStoreError`, also for a file of a newer program and for one that is something else.
    init(_ path: String) throws(RecordStoreError) {
        self.path = path
        do { pool = try Self.pool(path) } catch { throw Self.translated(error, path) }
    }

    var isShared: Bool { false }

    /// Opens the file in today's form.
    ///
    /// Of several programs that open a new or an older file at once each step of the form is taken by one; the others
    /// fail with that step, and find it taken when they try again.
    private static func pool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        // In write-ahead mode this loses nothing but to a power cut, and then only the last moments.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        let migrator = SQLiteForm.migrator
        var attempt = 1
        while true {
            do {
                let pool = try DatabasePool(path: path, configuration: configuration)
                guard try !pool.read(migrator.hasBeenSuperseded) else {
                    throw RecordStoreError(
                        path: path,
                        problem: "it was written by a newer Retain",
                        fix: "use that one, or name another file"
                    )
                }
                try migrator.migrate(pool)
                return pool
            } catch let error as DatabaseError
                where attempt < attempts
                && [.SQLITE_ERROR, .SQLITE_BUSY].contains(error.resultCode)
            {
                sqlite3_sleep(Int32(10 * attempt))
                attempt += 1
            }
        }
    }

    /// Together they wait for about two seconds.
    private static let attempts = 20

    func close() throws(RecordStoreError) {
        do { try pool.close() } catch { throw Self.translated(error, path) }
    }

    /// Allows no more pages than so many, or than the file has.
    func limitPages(to count: Int) throws {
        try pool.writeWithoutTransaction { db in
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count)")
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        do {
            return try await pool.read { try body(SQLiteSession($0)) }
        } catch {
            throw Self.translated(error, path)
        }
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        do {
            return try await pool.write { try body(SQLiteSession($0)) }
        } catch {
            throw Self.translated(error, path)
        }
    }

    func writeNow<Value>(
        _ body: (any SQLSession) throws -> Value
    ) throws(RecordStoreError) -> Value {
        do {
            return try pool.write { try body(SQLiteSession($0)) }
        } catch {
            throw Self.translated(error, path)
        }
    }

    // Rows of the customers' index lie all over the file: 64 MiB hold what would else be read and written again for each
    // piece, and pages go from the log to their places less often.
    func prepareForManyRows() throws(RecordStoreError) {
        try writeNow { db in
            _ = try db.rows("PRAGMA cache_size = -65536")
            _ = try db.rows("PRAGMA wal_autocheckpoint = 16384")
        }
    }

    static func translated(_ error: any Error, _ path: String) -> RecordStoreError {
        switch error {
        case let error as RecordStoreError: error
        case let error as DatabaseError: RecordStoreError(error, path: path)
        default:
            RecordStoreError(path: path, problem: "\(error)", fix: "try again")
        }
    }
}

/// A transaction with an SQLite file.
struct SQLiteSession: SQLSession {
    private let db: Database

    init(_ db: Database) { self.db = db }

    var dialect: SQLDialect { .sqlite }

    func execute(_ sql: String, _ arguments: [SQLArgument]) throws -> Int {
        try db.cachedStatement(sql: sql).execute(arguments: StatementArguments(arguments))
        return db.changesCount
    }

    func rows(_ sql: String, _ arguments: [SQLArgument]) throws -> [SQLRow] {
        try Row.fetchAll(
            db.cachedStatement(sql: sql),
            arguments: StatementArguments(arguments)
        )
        .map { SQLRow($0) }
    }

    func forEach(
        _ sql: String,
        _ arguments: [SQLArgument],
        _ body: (SQLRow) throws -> Bool
    ) throws {
        let found = try Row.fetchCursor(
            db,
            sql: sql,
            arguments: StatementArguments(arguments)
        )
        while let row = try found.next() {
            guard try body(SQLRow(row)) else { return }
        }
    }

    func hasTable(_ name: String) throws -> Bool { try db.tableExists(name) }

    // One writes at a time.
    func waitForTurn() throws {}

    func add(_ batches: [NumberedBatch]) throws {
        let insert = try PredictionInsert(db)
        for numbered in batches {
            try insert.add(numbered.batch, model: numbered.model, shadow: numbered.shadow)
        }
    }

    func add(_ members: [CampaignMember], of campaign: Int64) throws {
        try MemberInsert(db).add(members, of: campaign)
    }
}

/// Allows an SQLite file no more pages than so many, or than it has.
package func limitPages(of record: any RecordStore, to count: Int) throws {
    try ((record as? SQLRecord)?.database as? SQLiteDatabase)?.limitPages(to: count)
}
