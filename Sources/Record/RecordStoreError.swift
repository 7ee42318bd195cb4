import GRDB
public import Output

/// The record can't be opened, read or written.
public struct RecordStoreError: RetainError, Equatable {
    /// The record, as it is told to people.
    public let path: String
    /// What is wrong.
    public let problem: String
    /// How to mend it.
    public let fix: String

    /// Whether the same may succeed a moment later, as a server that is away comes back.
    public let isPassing: Bool
    /// Whether what was to be kept may have been.
    public let isUndecided: Bool
    /// Whether the server gave up a transaction that another was in the way of.
    let isConflict: Bool
    /// What is to be kept can't be, or a server does not answer.
    public let exitStatus: ExitStatus

    /// `retain.db: the disk is full; …`.
    public var description: String { "\(path): \(problem); \(fix)" }

    init(
        path: String,
        problem: String,
        fix: String,
        isPassing: Bool = false,
        isUndecided: Bool = false,
        isConflict: Bool = false,
        exitStatus: ExitStatus = .cannotWrite
    ) {
        (self.path, self.problem, self.fix) = (path, problem, fix)
        (self.isPassing, self.isUndecided) = (isPassing, isUndecided)
        (self.isConflict, self.exitStatus) = (isConflict, exitStatus)
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
