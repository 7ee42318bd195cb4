/// A record in a database that speaks SQL.
///
/// What it holds and how it is asked for is the same in every store; where the rows lie and how they get there is the
/// database's own.
final class SQLRecord: RecordStore {
    let database: any SQLDatabase
    let retention: Retention

    init(_ database: any SQLDatabase, retention: Retention) {
        (self.database, self.retention) = (database, retention)
    }

    var path: String { database.path }

    var isShared: Bool { database.isShared }

    func close() throws(RecordStoreError) { try database.close() }

    func counts() async throws(RecordStoreError) -> (predictions: Int, outcomes: Int) {
        try await database.read { db in
            let sql = "SELECT (SELECT COUNT(*) FROM prediction) p, (SELECT COUNT(*) FROM outcome) o"
            let row = try db.row(sql)
            return (row?["p"] ?? 0, row?["o"] ?? 0)
        }
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        try await database.read(body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        try await database.write(body)
    }

    func writeNow<Value>(
        _ body: (any SQLSession) throws -> Value
    ) throws(RecordStoreError) -> Value {
        try database.writeNow(body)
    }
}

/// Where the tables of a record lie.
protocol SQLDatabase: Sendable {
    /// The record, as it is named to people.
    var path: String { get }

    /// Whether services on several machines may write to it.
    var isShared: Bool { get }

    /// Reads what was there at one moment. The body may be called twice.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value

    /// Everything in the body, or nothing. The body may be called twice.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value

    /// The same for callers that have to wait.
    func writeNow<Value>(
        _ body: (any SQLSession) throws -> Value
    ) throws(RecordStoreError) -> Value

    /// Is told that many rows will be written whose customers come in no order.
    func prepareForManyRows() throws(RecordStoreError)

    /// Closes it once nobody uses it.
    func close() throws(RecordStoreError)
}

/// The tables of a record, for those who only read.
protocol ReadableDatabase: Sendable {
    /// The record, as it is named to people.
    var path: String { get }

    /// Reads what was there at one moment, and changes nothing. The body may be called twice.
    func read<Value>(
        _ body: (any SQLSession) throws -> Value
    ) throws(RecordStoreError) -> Value
}
