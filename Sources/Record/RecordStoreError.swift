import GRDB
public import Output

/// The log can't be opened, read or written.
public struct RecordStoreError: RetainError, Equatable {
    /// The file.
    public let path: String
    /// What is wrong.
    public let problem: String
    /// How to mend it.
    public let fix: String

    /// What is to be kept can't be.
    public var exitStatus: ExitStatus { .cannotWrite }

    /// `retain.db: the disk is full; …`.
    public var description: String { "\(path): \(problem); \(fix)" }

    init(path: String, problem: String, fix: String) {
        self.path = path
        self.problem = problem
        self.fix = fix
    }

    init(_ error: DatabaseError, path: String) {
        let text = error.message ?? "\(error.resultCode)"
        let fix =
            switch error.resultCode {
            case .SQLITE_BUSY, .SQLITE_LOCKED: "end the other program that holds the file"
            case .SQLITE_FULL: "make room on the disk"
            case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_IOERR:
                "see to its folder and rights, or name another file"
            case .SQLITE_NOTADB, .SQLITE_CORRUPT: "move it away, or name another file"
            default: "move the file away to begin anew"
            }
        self.init(path: path, problem: text, fix: fix)
    }
}
