import Files
import FoundationEssentials
import GRDB

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

    /// Opens the file, and makes it where it is not there.
    ///
    /// - Parameter path: From the current folder unless it begins with `/`; the folder must be there.
    /// - Throws: `TrackingError` where the file can't be opened or is of a form that is not known.
    public init(_ path: String) throws {
        let manager = FileManager.default
        let absolute =
            path.hasPrefix("/") ? path : manager.currentDirectoryPath + "/" + path
        self.path = absolute
        let address = "sqlite:///" + absolute
        let folder = absolute.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        var isFolder = false
        guard manager.fileExists(atPath: folder.isEmpty ? "/" : folder, isDirectory: &isFolder),
            isFolder
        else {
            throw TrackingError(
                .invalid,
                at: address,
                "the folder \(folder) is not there; make it, or name another file by"
                    + " MLFLOW_TRACKING_URI"
            )
        }
        var configuration = Configuration()
        configuration.busyMode = .timeout(20)
        configuration.journalMode = .wal
        queue = try Self.translating(address) {
            let queue = try DatabaseQueue(path: absolute, configuration: configuration)
            try queue.write { db in try Self.prepare(db, artifacts: folder + "/mlruns", address) }
            return queue
        }
    }

    /// The folder of all artifacts.
    var artifactRoot: String {
        path.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 } + "/mlruns"
    }

    /// Makes the tables where there are none; else looks whether they are as needed.
    private static func prepare(_ db: Database, artifacts: String, _ address: String) throws {
        guard try db.tableExists("experiments") else {
            for statement in MLflowSchema.statements { try db.execute(sql: statement) }
            let now = Int64(Date().timeIntervalSince1970 * 1000)
            try db.execute(
                sql: """
                    INSERT INTO experiments (experiment_id, name, artifact_location,
                        lifecycle_stage, creation_time, last_update_time)
                    VALUES (0, 'Default', ?, 'active', ?, ?)
                    """,
                arguments: [artifacts + "/0", now, now]
            )
            return
        }
        let revision = try String.fetchOne(db, sql: "SELECT version_num FROM alembic_version")
        let isOwn = try db.tableExists("retain_sync")
        guard revision != MLflowSchema.revision || !isOwn else { return }
        // Another release of MLflow made or changed it: what is needed must be there, and nothing else needed.
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
                    "its form (revision \(revision ?? "unknown")) is not known: table \(table)"
                        + " differs in \((missing + demanded.map(\.name)).joined(separator: ", "));"
                        + " name another file by MLFLOW_TRACKING_URI, or take a later Retain"
                )
            }
        }
        if !isOwn { try db.execute(sql: MLflowSchema.own) }
    }

    // MARK: - Access

    func read<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating(address) { try queue.read(body) }
    }

    /// Everything in the body, or nothing.
    func write<Value>(_ body: (Database) throws -> Value) throws -> Value {
        try Self.translating(address) { try queue.write(body) }
    }

    /// Runs a body whose errors are those of the store.
    private static func translating<Value>(
        _ address: String,
        _ body: () throws -> Value
    ) throws -> Value {
        do {
            return try body()
        } catch let error as DatabaseError {
            let text = error.message ?? "\(error.resultCode)"
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED:
                throw TrackingError(
                    .unreachable,
                    at: address,
                    "another program holds the file (\(text)); try again when it is done"
                )
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_FULL, .SQLITE_IOERR:
                throw FileError(
                    kind: .cannotWrite,
                    path: String(address.dropFirst("sqlite:///".count)),
                    reason: text,
                    fix: "see to its folder and rights, or name another file by MLFLOW_TRACKING_URI"
                )
            case .SQLITE_NOTADB, .SQLITE_CORRUPT:
                throw TrackingError(
                    .damaged,
                    at: address,
                    "the file is no database of runs (\(text)); move it away, or name another by"
                        + " MLFLOW_TRACKING_URI"
                )
            default:
                throw TrackingError(.invalid, at: address, text)
            }
        }
    }

    func notFound(_ what: String) -> TrackingError {
        TrackingError(
            .notFound,
            at: address,
            "there is no \(what); list what there is with `retain runs list` or `retain models list`"
        )
    }

    func invalid(_ problem: String?) throws {
        if let problem { throw TrackingError(.invalid, at: address, problem) }
    }

    static var now: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }

    /// 32 hexadecimal digits that nobody has used.
    static var freshID: String { UUID().uuidString.lowercased().filter { $0 != "-" } }
}
