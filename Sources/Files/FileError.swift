import Glibc
public import Output

/// A file that can't be read or written, and what to do about it.
public struct FileError: RetainError, Equatable {
    /// What went wrong, as far as a program needs to tell apart.
    public enum Kind: Equatable, Sendable {
        /// There is no such file.
        case notFound
        /// The file is there, but can't be read.
        case cannotRead
        /// The file can't be written.
        case cannotWrite
    }

    /// What went wrong.
    public let kind: Kind
    /// The path as it was given.
    public let path: String
    /// Why, in the words of the operating system where it knows.
    public let reason: String
    /// What to do about it.
    public let fix: String

    /// Creates an error.
    public init(kind: Kind, path: String, reason: String, fix: String) {
        self.kind = kind
        self.path = path
        self.reason = reason
        self.fix = fix
    }

    /// Reading fails for the input's sake, writing for the output's.
    public var exitStatus: ExitStatus {
        switch kind {
        case .notFound, .cannotRead: .badData
        case .cannotWrite: .cannotWrite
        }
    }

    /// One line: what, where, why and how to fix it.
    public var description: String {
        let place =
            path == "-" ? (kind == .cannotWrite ? "standard output" : "standard input") : path
        return "can't \(kind == .cannotWrite ? "write" : "read") \(place): \(reason); \(fix)"
    }

    static func reading(_ path: String, code: Int32 = errno) -> FileError {
        switch code {
        case ENOENT, ENOTDIR:
            FileError(
                kind: .notFound,
                path: path,
                reason: text(code),
                fix: "check the path, which starts at the current folder unless it begins with /"
            )
        case EACCES, EPERM:
            FileError(
                kind: .cannotRead,
                path: path,
                reason: text(code),
                fix: "give yourself the right to read it, for instance with chmod u+r"
            )
        case EISDIR:
            FileError(
                kind: .cannotRead,
                path: path,
                reason: "it is a folder",
                fix: "name a file in it"
            )
        default:
            FileError(
                kind: .cannotRead,
                path: path,
                reason: text(code),
                fix: "check the disk or the program that feeds it"
            )
        }
    }

    static func writing(_ path: String, code: Int32 = errno) -> FileError {
        let fix =
            switch code {
            case ENOENT, ENOTDIR: "create the folder first"
            case EACCES, EPERM, EROFS: "choose a folder in which you may write"
            case ENOSPC, EDQUOT: "free some space or choose another disk"
            case EPIPE: "the program that reads the output ended early"
            case EISDIR: "name a file in that folder"
            default: "choose another place"
            }
        return FileError(kind: .cannotWrite, path: path, reason: text(code), fix: fix)
    }

    private static func text(_ code: Int32) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        // The form that fills the caller's memory, since threads share strerror's.
        guard unsafe strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
        let text = String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
