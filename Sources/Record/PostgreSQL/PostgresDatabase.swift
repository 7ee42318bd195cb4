import Dispatch
import Synchronization

/// A record on a PostgreSQL server, to which services on several machines may write.
///
/// A lost connection is opened anew by whoever needs it next. What was not told to be written by then is written once
/// more; what may have been written is told as an error.
final class PostgresDatabase: SQLDatabase {
    private let address: PostgresAddress
    private let lanes: [Lane]

    var path: String { address.name }
    var isShared: Bool { true }

    /// Callers that are served at once; each takes one of the server's connections.
    private static let lanes = 4

    /// Connects, and makes the tables where they are not there.
    ///
    /// - Throws: `RecordStoreError`, also for a database of something else and for one of a newer program.
    init(_ address: PostgresAddress) throws(RecordStoreError) {
        self.address = address
        lanes = (0 ..< Self.lanes).map { Lane(address, number: $0) }
        try lanes[0].make()
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        try await freest.transaction(Self.reading, body)
    }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        try await freest.transaction(Self.writing, body)
    }

    func writeNow<Value>(
        _ body: (any SQLSession) throws -> Value
    ) throws(RecordStoreError) -> Value {
        try freest.transactionNow(Self.writing, body)
    }

    func prepareForManyRows() throws(RecordStoreError) {}

    func close() throws(RecordStoreError) { for lane in lanes { lane.close() } }

    /// The lane before which the fewest wait.
    private var freest: Lane {
        lanes.min { $0.waiting.load(ordering: .relaxed) < $1.waiting.load(ordering: .relaxed) }
            ?? lanes[0]
    }

    static let reading = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    static let writing = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"
}

/// A connection and those who wait for it, since libpq's calls hold up the thread that makes them.
private final class Lane: Sendable {
    let waiting = Atomic(0)
    private let address: PostgresAddress
    private let queue: DispatchQueue
    /// Nil where none is open.
    private let connection = Mutex<PostgresConnection?>(nil)

    init(_ address: PostgresAddress, number: Int) {
        self.address = address
        queue = DispatchQueue(label: "record \(number)")
    }

    /// Makes the tables where they are not there.
    func make() throws(RecordStoreError) { _ = try open() }

    func transaction<Value: Sendable>(
        _ begin: String,
        _ body: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(RecordStoreError) -> Value {
        waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        let result = await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: self.attempt(begin, body)) }
        }
        return try result.get()
    }

    func transactionNow<Value>(
        _ begin: String,
        _ body: (any SQLSession) throws -> Value
    ) throws(RecordStoreError) -> Value {
        waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        return try queue.sync { attempt(begin, body) }.get()
    }

    func close() { queue.sync { connection.withLock { $0 = nil } } }

    /// Runs a transaction, and once more where nothing of the first time can count.
    private func attempt<Value>(
        _ begin: String,
        _ body: (any SQLSession) throws -> Value
    ) -> Result<Value, RecordStoreError> {
        let (result, mayComeAgain) = once(begin, body)
        return mayComeAgain ? once(begin, body).result : result
    }

    private func once<Value>(
        _ begin: String,
        _ body: (any SQLSession) throws -> Value
    ) -> (result: Result<Value, RecordStoreError>, mayComeAgain: Bool) {
        do {
            let connection = try open()
            defer { if connection.isLost { self.connection.withLock { $0 = nil } } }
            return connection.transaction(begin, body)
        } catch {
            return (.failure(error), false)
        }
    }

    private func open() throws(RecordStoreError) -> PostgresConnection {
        if let connection = connection.withLock(\.self) { return connection }
        let made = try PostgresConnection(address)
        try made.bringUpToDate(address.name)
        connection.withLock { $0 = made }
        return made
    }
}

extension PostgresConnection {
    /// Runs a transaction: everything in the body, or nothing.
    ///
    /// - Returns: What became of it, and whether it may be tried once more, as nothing of it can count.
    func transaction<Value>(
        _ begin: String,
        _ body: (any SQLSession) throws -> Value
    ) -> (result: Result<Value, RecordStoreError>, mayComeAgain: Bool) {
        var isEnding = false
        do {
            try run(begin)
            let value = try body(PostgresSession(self))
            isEnding = true
            try run("COMMIT")
            return (.success(value), false)
        } catch {
            let found = error as? RecordStoreError
            let wasLost = isLost
            if !wasLost { rollBack() }
            let problem =
                found ?? RecordStoreError(path: path, problem: "\(error)", fix: "try again")
            let mayComeAgain = wasLost ? !isEnding : problem.isConflict
            return (.failure(wasLost && isEnding ? problem.ofUnknownEnd : problem), mayComeAgain)
        }
    }
}
