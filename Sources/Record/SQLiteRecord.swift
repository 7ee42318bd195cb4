import FoundationEssentials
import GRDB
import GRDBSQLite

/// What a service predicted and what came true, in an SQLite file of its own.
///
/// Several programs may write to one file, each in short transactions that the others wait for; readers see whole
/// transactions and never hold a writer up (SQLite's write-ahead log). A killed process loses what it had not handed over,
/// and no transaction is ever half written.
public final class SQLiteRecord: RecordStore {
    /// The file, as it was given.
    public let path: String
    private let pool: DatabasePool
    let retention: Retention

    /// Opens the file, and makes it where it is not there.
    ///
    /// - Parameters:
    ///   - path: Its folder must be there.
    ///   - retention: What `prune(now:)` leaves.
    /// - Throws: `RecordStoreError`, also for a file of a newer program and for one that is something else.
    public init(_ path: String, retention: Retention = Retention()) throws(RecordStoreError) {
        self.path = path
        self.retention = retention
        do { pool = try Self.pool(path) } catch { throw Self.translated(error, path) }
    }

    /// Opens the file in today's form.
    ///
    /// Of several programs that open a new or an older file at once each step of the form is taken by one; the others
    /// fail with that step, and find it taken when they try again.
    private static func pool(_ path: String) throws -> DatabasePool {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        // In write-ahead mode this loses nothing but to a power cut, and then only the last moments.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        let migrator = RecordForm.migrator
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

    /// Closes the file once nobody uses it.
    ///
    /// - Throws: `RecordStoreError`.
    public func close() throws(RecordStoreError) {
        do { try pool.close() } catch { throw Self.translated(error, path) }
    }

    /// Number of predictions and of outcomes.
    ///
    /// - Throws: `RecordStoreError`.
    public func counts() async throws(RecordStoreError) -> (predictions: Int, outcomes: Int) {
        try await read { db in
            let sql = "SELECT (SELECT COUNT(*) FROM prediction) p, (SELECT COUNT(*) FROM outcome) o"
            let row = try Row.fetchOne(db, sql: sql)
            return (row?["p"] ?? 0, row?["o"] ?? 0)
        }
    }

    /// Allows no more pages than so many, or than the file has.
    package func limitPages(to count: Int) throws {
        try pool.writeWithoutTransaction { db in
            _ = try Int.fetchOne(db, sql: "PRAGMA max_page_count = \(count)")
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        do { return try await pool.read(body) } catch { throw Self.translated(error, path) }
    }

    /// Everything in the body, or nothing.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        do { return try await pool.write(body) } catch { throw Self.translated(error, path) }
    }

    /// The same for callers that have to wait.
    func writeNow<Value>(
        _ body: (Database) throws -> Value
    ) throws(RecordStoreError) -> Value {
        do { return try pool.write(body) } catch { throw Self.translated(error, path) }
    }

    private static func translated(_ error: any Error, _ path: String) -> RecordStoreError {
        switch error {
        case let error as RecordStoreError: error
        case let error as DatabaseError: RecordStoreError(error, path: path)
        default:
            RecordStoreError(path: path, problem: "\(error)", fix: "try again")
        }
    }
}
