import FoundationEssentials
import GRDB

/// A record in an SQLite file, for those who only read; it is opened by each reading.
///
/// The file stays as it is, also while a service writes to it.
struct SQLiteReader: ReadableDatabase {
    let path: String

    /// Reads from the file.
    ///
    /// SQLite would else note its readers beside the file. Where there is a write-ahead log, it is told to leave that
    /// alone; where there is none, that the file can't change: should a service begin to write meanwhile, it is read
    /// once more.
    func read<Value>(
        _ body: (any SQLSession) throws -> Value
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
        } catch {
            throw SQLiteDatabase.translated(error, path)
        }
    }

    private func read<Value>(
        at address: String,
        _ body: (any SQLSession) throws -> Value
    ) throws -> Value {
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
            guard try !SQLiteForm.migrator.hasBeenSuperseded(db) else {
                throw RecordStoreError(
                    path: path,
                    problem: "it was written by a newer Retain",
                    fix: "use that one"
                )
            }
            return try body(SQLiteSession(db))
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
