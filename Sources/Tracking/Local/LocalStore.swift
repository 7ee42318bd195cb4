import FoundationEssentials
import GRDB
import Glibc

/// Runs and registered models in a file of this machine: MLflow's SQLite form, with artifacts in `mlruns`
/// beside it.
///
/// `mlflow ui` in that folder shows it. Several programs may use the file at once.
public struct LocalStore: Sendable {
    /// The database file, absolute.
    public let path: String
    let queue: DatabaseQueue

    /// `sqlite:///` and the file.
    public var address: String { "sqlite:///" + path }

    /// Opens the file, and makes it where it is not there: whole or not at all, also where several programs
    /// do so at once.
    ///
    /// - Parameter path: From the current folder unless it begins with `/`; the folder must be there.
    /// - Throws: `TrackingError` of kind `invalid` where the folder is not there, `damaged` where the file is
    ///   of a form that is not known; `FileError` where it can't be made or written.
    public init(_ path: String) throws {
        self.path = Self.absolute(path)
        let folder = Self.folder(of: self.path)
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder
        else {
            throw TrackingError(
                .invalid,
                at: "sqlite:///" + self.path,
                "the folder \(folder) is not there; make it, or name another file by"
                    + " MLFLOW_TRACKING_URI"
            )
        }
        queue = try Self.open(self.path)
    }

    /// Opens the file if it is there; a question shall not make one.
    ///
    /// - Throws: `TrackingError` of kind `notFound` where it is not; else as `init(_:)` does.
    public init(existing path: String) throws {
        let absolute = Self.absolute(path)
        guard FileManager.default.fileExists(atPath: absolute) else {
            throw TrackingError(
                .notFound,
                at: "sqlite:///" + absolute,
                "there are no runs here yet; `retain train` makes the file, MLFLOW_TRACKING_URI names"
                    + " another"
            )
        }
        try self.init(absolute)
    }

    /// The folder of all artifacts.
    var artifactRoot: String { Self.artifactRoot(of: path) }

    private static func artifactRoot(of path: String) -> String {
        let folder = folder(of: path)
        return folder == "/" ? "/mlruns" : folder + "/mlruns"
    }

    private static func open(_ path: String) throws -> DatabaseQueue {
        var configuration = Configuration()
        configuration.busyMode = .timeout(patience)
        // With a journal of its own kind this is as safe as FULL, but for the last moments before a power cut.
        configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA synchronous = NORMAL") }
        let address = "sqlite:///" + path
        return try translating(address) {
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            // A store that is as it should be is opened without waiting for those who write, and a file of
            // something else is not changed. (GRDB's own switch to WAL writes at once.)
            let isWhole = try queue.read { db in try isComplete(db, address) }
            if !isWhole {
                try useLog(queue)
                try queue.write { db in try complete(db, artifacts: folder(of: path), address) }
            }
            try takeAlong(queue, to: artifactRoot(of: path))
            return queue
        }
    }

    /// Puts the addresses of artifacts right where the file's folder was copied or renamed.
    private static func takeAlong(_ queue: DatabaseQueue, to root: String) throws {
        guard try queue.read({ db in try formerArtifactRoot(db, now: root) }) != nil else { return }
        do {
            try queue.write { db in
                // Another program may have done it since the first look.
                guard let former = try formerArtifactRoot(db, now: root) else { return }
                try moveArtifacts(db, from: former, to: root)
            }
        } catch let error as DatabaseError where error.resultCode == .SQLITE_READONLY {
            // Who may only read can still read the runs.
        }
    }

    /// How many seconds to wait for other programs that write.
    private static let patience = 20.0

    /// Switches to SQLite's write-ahead log, where it is not in use yet.
    ///
    /// SQLite asks for the right to write while it reads, and there its own waiting has no effect: beside another
    /// writer it fails at once.
    private static func useLog(_ queue: DatabaseQueue) throws {
        let end = ContinuousClock.now + .seconds(patience)
        while true {
            do {
                return try queue.writeWithoutTransaction { db in
                    _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = WAL")
                }
            } catch let error as DatabaseError
                where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end
            {
                usleep(10_000)
            }
        }
    }

    /// MLflow takes no artifact address with `..` in it.
    private static func absolute(_ path: String) -> String {
        let full =
            path.hasPrefix("/")
            ? path : FileManager.default.currentDirectoryPath + "/" + path
        var parts: [Substring] = []
        for part in full.split(separator: "/") where part != "." {
            if part == ".." { _ = parts.popLast() } else { parts.append(part) }
        }
        return "/" + parts.joined(separator: "/")
    }

    private static func folder(of path: String) -> String {
        "/" + path.split(separator: "/").dropLast().joined(separator: "/")
    }

    // MARK: - Access

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating(address) { try queue.read(body) }
    }

    /// Everything in the body, or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating(address) { try queue.write(body) }
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// 32 hexadecimal digits that nobody has used.
    static var freshID: String { UUID().uuidString.lowercased().filter { $0 != "-" } }
}

extension LocalStore {
    /// Whether every table is there; false for an empty file, and where only Retain's own table is missing.
    ///
    /// - Throws: `TrackingError` of kind `damaged` for a file of a form that is not known.
    static func isComplete(_ db: Database, _ address: String) throws -> Bool {
        let tables = try String.fetchSet(
            db,
            sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        if tables.isEmpty { return false }
        guard tables.isSuperset(of: ["alembic_version", "experiments", "runs"]) else {
            throw TrackingError(
                .damaged,
                at: address,
                "the file is a database of something else; name another by MLFLOW_TRACKING_URI"
            )
        }
        let revision = try String.fetchOne(db, sql: "SELECT version_num FROM alembic_version")
        let isOwn = tables.contains("retain_sync")
        if revision != MLflowSchema.revision || !isOwn {
            try check(db, revision: revision ?? "unknown", address)
        }
        return isOwn
    }

    /// Makes the tables that are missing.
    static func complete(_ db: Database, artifacts folder: String, _ address: String) throws {
        // Another program may have made them since the first look.
        guard try !isComplete(db, address) else { return }
        guard try !db.tableExists("experiments") else {
            return try db.execute(sql: MLflowSchema.own)
        }
        for statement in MLflowSchema.statements { try db.execute(sql: statement) }
        try db.execute(
            sql: """
                INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,
                    creation_time, last_update_time)
                VALUES (0, 'Default', ?, 'active', ?, ?)
                """,
            arguments: [(folder == "/" ? "" : folder) + "/mlruns/0", now, now]
        )
    }

    /// Another release of MLflow made or changed the file: what Retain needs must be there, and nothing else
    /// be demanded.
    private static func check(_ db: Database, revision: String, _ address: String) throws {
        for (table, names) in MLflowSchema.needed.sorted(by: { $0.key < $1.key }) {
            let columns = try db.tableExists(table) ? try db.columns(in: table) : []
            let missing = names.filter { name in !columns.contains { $0.name == name } }
            let demanded = columns.filter {
                $0.isNotNull && $0.defaultValueSQL == nil && !names.contains($0.name)
            }
            guard missing.isEmpty, demanded.isEmpty else {
                throw TrackingError(
                    .damaged,
                    at: address,
                    "its form (revision \(revision)) is not known: table \(table) differs in"
                        + " \((missing + demanded.map(\.name)).joined(separator: ", ")); where an"
                        + " upgrade was cut off, `mlflow db upgrade \(address)` ends it; else name"
                        + " another file by MLFLOW_TRACKING_URI, or take a later Retain"
                )
            }
        }
    }
}
