import FoundationEssentials
import GRDB

/// What a service predicted and what came true, in an SQLite file of its own.
///
/// One writer; readers see whole transactions and never hold it up (SQLite's write-ahead log). A killed process loses
/// what it had not handed over, and no file is ever half written.
public final class PredictionLog: Sendable {
    /// The file, as it was given.
    public let path: String
    private let pool: DatabasePool
    private let retention: Retention

    /// Opens the file, and makes it where it is not there.
    ///
    /// - Parameters:
    ///   - path: Its folder must be there.
    ///   - retention: What `prune(now:)` leaves.
    /// - Throws: `PredictionLogError`, also for a file of a newer program and for one that is something else.
    public init(_ path: String, retention: Retention = Retention()) throws(PredictionLogError) {
        self.path = path
        self.retention = retention
        do {
            var configuration = Configuration()
            configuration.busyMode = .timeout(10)
            // In write-ahead mode this loses nothing but to a power cut, and then only the last moments.
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = NORMAL")
            }
            pool = try DatabasePool(path: path, configuration: configuration)
            let migrator = LogForm.migrator
            guard try !pool.read(migrator.hasBeenSuperseded) else {
                throw PredictionLogError(
                    path: path,
                    problem: "it was written by a newer Retain",
                    fix: "use that one, or name another file"
                )
            }
            try migrator.migrate(pool)
        } catch {
            throw Self.translated(error, path)
        }
    }

    /// Closes the file once nobody uses it.
    ///
    /// - Throws: `PredictionLogError`.
    public func close() throws(PredictionLogError) {
        do { try pool.close() } catch { throw Self.translated(error, path) }
    }

    /// Number of predictions and of outcomes.
    ///
    /// - Throws: `PredictionLogError`.
    public func counts() async throws(PredictionLogError) -> (predictions: Int, outcomes: Int) {
        try await read { db in
            let sql = "SELECT (SELECT COUNT(*) FROM prediction) p, (SELECT COUNT(*) FROM outcome) o"
            let row = try Row.fetchOne(db, sql: sql)
            return (row?["p"] ?? 0, row?["o"] ?? 0)
        }
    }

    /// Removes what is older than the retention's days, and the oldest beyond its rows, with their outcomes.
    ///
    /// In steps, so that predictions which come meanwhile wait for one step at most.
    ///
    /// - Parameter now: Milliseconds since 1970.
    /// - Returns: How many predictions were removed.
    /// - Throws: `PredictionLogError`.
    public func prune(now: Int64) async throws(PredictionLogError) -> Int {
        let limit = now - Int64(retention.days) * 86_400_000
        let rows = retention.rows
        let excess = max(0, try await counts().predictions - rows)
        var removed = 0
        while true {
            // In the order of their names, which is that of time. The oldest are both the first to be too old and the first to be too many.
            let allowed = max(0, excess - removed)
            let count = try await write { db in
                try db.execute(
                    sql: """
                        DELETE FROM prediction WHERE id IN (
                            SELECT id FROM prediction ORDER BY id LIMIT :step
                        ) AND (time < :limit OR :allowed >= :step)
                        """,
                    arguments: [
                        "step": allowed > 0 ? min(allowed, Self.step) : Self.step,
                        "limit": limit, "allowed": allowed,
                    ]
                )
                return db.changesCount
            }
            removed += count
            if count == 0 { return removed }
        }
    }

    private static let step = 5_000

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(PredictionLogError) -> Value {
        do { return try await pool.read(body) } catch { throw Self.translated(error, path) }
    }

    /// Everything in the body, or nothing.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> Value
    ) async throws(PredictionLogError) -> Value {
        do { return try await pool.write(body) } catch { throw Self.translated(error, path) }
    }

    private static func translated(_ error: any Error, _ path: String) -> PredictionLogError {
        switch error {
        case let error as PredictionLogError: error
        case let error as DatabaseError: PredictionLogError(error, path: path)
        default:
            PredictionLogError(path: path, problem: "\(error)", fix: "try again")
        }
    }
}
