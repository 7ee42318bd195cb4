import FoundationEssentials
import GRDB

/// The predictions of a log whose truth is known, for reading only.
///
/// The file stays as it is, also while a service writes to it.
public struct SQLiteRecordReader: LabelledRecord {
    /// The file, as it was given.
    public let path: String

    /// Names a file; it is opened by each reading.
    public init(_ path: String) { self.path = path }

    /// What a model said of a customer, and what became of that.
    public struct Judgement: Equatable, Sendable {
        /// The probability that was answered.
        public let probability: Double
        /// Whether the customer left.
        public let left: Bool
        /// Whether the customer was offered something to stay; nil where that is not known.
        public let treated: Bool?
    }

    /// What a model said of customers whose truth counts, in the order in which it was asked.
    ///
    /// - Parameters:
    ///   - name: Name of the registered model.
    ///   - version: Its version.
    ///   - digest: Of the model's content: it may have answered under another name.
    ///   - maturing: When truth counts; nil as soon as it is known.
    /// - Returns: A judgement for each prediction.
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(outcomes).
    public func judgements(
        of name: String,
        version: String,
        digest: String,
        maturing: Maturity?
    ) throws(RecordStoreError) -> [Judgement] {
        try read { db in
            if let maturing {
                var found: [Judgement] = []
                let choice = PredictionChoice.version(name: name, version: version, digest: digest)
                try MaturedPrediction.forEach(choice, maturing, db) {
                    found.append(
                        Judgement(probability: $0.probability, left: $0.left, treated: $0.treated)
                    )
                    return true
                }
                return found.reversed()
            }
            return try Row.fetchAll(
                db,
                sql: """
                    SELECT probability, "left", treated FROM outcome
                    JOIN prediction ON prediction.id = outcome.prediction
                    JOIN model ON model.id = prediction.model
                    WHERE model.digest = ? OR (model.name = ? AND model.version = ?)
                    ORDER BY time, prediction.id
                    """,
                arguments: [digest, name, version]
            )
            .map {
                Judgement(probability: $0["probability"], left: $0["left"], treated: $0["treated"])
            }
        }
    }

    /// The model that answered last; nil where nobody did.
    ///
    /// - Throws: `RecordStoreError`.
    public func newestModel() throws(RecordStoreError) -> NamedModel? {
        try read { db in
            let sql = """
                SELECT name, version, digest FROM model WHERE id = (
                    SELECT model FROM prediction ORDER BY id DESC LIMIT 1)
                """
            return try Row.fetchOne(db, sql: sql).map {
                NamedModel(name: $0["name"], version: $0["version"], digest: $0["digest"])
            }
        }
    }

    /// The probabilities that a model answered last, the oldest first.
    ///
    /// - Throws: `RecordStoreError`.
    public func scores(
        of digest: String,
        newest count: Int
    ) throws(RecordStoreError) -> [Double] {
        try read { db in try SQLiteRecord.scores(of: digest, newest: count, db) }
    }

    /// What a model said of customers whose truth counts and who are not known to have been treated, the newest first.
    ///
    /// - Throws: `RecordStoreError`.
    public func judgements(
        of digest: String,
        newest count: Int,
        maturing: Maturity?
    ) throws(RecordStoreError) -> [DatedJudgement] {
        try read { db in
            try SQLiteRecord.judgements(of: digest, newest: count, maturing: maturing, db)
        }
    }

    /// Reads from the file.
    ///
    /// SQLite would else note its readers beside the file. Where there is a write-ahead log, it is told to leave that
    /// alone; where there is none, that the file can't change: should a service begin to write meanwhile, it is read
    /// once more.
    func read<Value>(
        _ body: (Database) throws -> Value
    ) throws(RecordStoreError) -> Value {
        guard FileManager.default.fileExists(atPath: path) else {
            throw RecordStoreError(
                path: path,
                problem: "there is no such file",
                fix:
                    "name the one that `retain serve` keeps with --database, or give a CSV with --data"
            )
        }
        let hasLog = hasWriteAheadLog
        let address = address(hasLog ? "mode=ro&readonly_shm=1" : "immutable=1")
        if let value = try? read(at: address, body), hasLog == hasWriteAheadLog { return value }
        do {
            return try read(at: path, body)
        } catch let error as RecordStoreError {
            throw error
        } catch let error as DatabaseError {
            throw RecordStoreError(error, path: path)
        } catch {
            throw RecordStoreError(path: path, problem: "\(error)", fix: "try again")
        }
    }

    private func read<Value>(at address: String, _ body: (Database) throws -> Value) throws -> Value
    {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.busyMode = .timeout(10)
        let queue = try DatabaseQueue(path: address, configuration: configuration)
        return try queue.read { db in
            guard try db.tableExists("outcome"), try db.tableExists("prediction") else {
                throw RecordStoreError(
                    path: path,
                    problem: "it is no log of predictions",
                    fix: "name the one that `retain serve` keeps"
                )
            }
            guard try !RecordForm.migrator.hasBeenSuperseded(db) else {
                throw RecordStoreError(
                    path: path,
                    problem: "it was written by a newer Retain",
                    fix: "use that one"
                )
            }
            return try body(db)
        }
    }

    private var hasWriteAheadLog: Bool { FileManager.default.fileExists(atPath: path + "-wal") }

    /// The file as a URI (https://www.sqlite.org/uri.html).
    private func address(_ query: String) -> String {
        let full =
            path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        // What a URI would end or read otherwise.
        let plain = full.replacing("%", with: "%25").replacing("?", with: "%3f")
            .replacing("#", with: "%23")
        return "file://\(plain)?\(query)"
    }
}
