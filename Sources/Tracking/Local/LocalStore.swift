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
    var artifactRoot: String {
        let folder = Self.folder(of: path)
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
            guard try !queue.read({ db in try isComplete(db, address) }) else { return queue }
            try useLog(queue)
            try queue.write { db in try complete(db, artifacts: folder(of: path), address) }
            return queue
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
