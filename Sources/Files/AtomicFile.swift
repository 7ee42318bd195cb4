private import CFlush
import Glibc

/// A file that appears under its name whole, or not at all.
///
/// The bytes go to a file beside the target that has no name yet (`O_TMPFILE`), so that even a killed
/// process leaves nothing behind; where the file system knows no such files, to a hidden one that is
/// removed again. `commit()` flushes it to the disk and renames it. What is not a regular file (`-`
/// for standard output, a pipe, `/dev/null`) is written directly.
public struct AtomicFile: ~Copyable {
    /// The path as it was given; `-` is standard output.
    public let path: String
    private let file: FileDescriptor
    private let place: Place
    private var unflushed = 0

    /// After this many bytes the disk begins to write, so that there is less to wait for at the end.
    private static let flushSize = 4 << 20

    private enum Place {
        case direct
        case unnamed(target: String)
        case temporary(String, target: String)
    }

    /// Opens a file to write; nothing is visible at `path` until `commit()`.
    ///
    /// A file that is already there keeps its permissions, a new one gets the usual ones (umask).
    ///
    /// - Throws: `FileError` of kind `cannotWrite`.
    public init(_ path: String) throws(FileError) {
        self.path = path
        // A reader that went away shall be an error of `write`, not the silent end of the program.
        _ = signal(SIGPIPE, SIG_IGN)
        if path == "-" {
            file = FileDescriptor(STDOUT_FILENO, isOwned: false)
            place = .direct
            return
        }
        let existing = stat.at(path)
        if let existing, existing.isFolder { throw FileError.writing(path, code: EISDIR) }
        if let existing, !existing.isRegularFile {
            guard let opened = FileDescriptor(path: path, flags: O_WRONLY) else {
                throw FileError.writing(path)
            }
            file = opened
            place = .direct
            return
        }
        let target = existing == nil ? path : PathName.resolved(path)
        let folder = PathName.folder(of: target)
        if let unnamed = FileDescriptor(
            path: folder,
            flags: O_WRONLY | temporaryFileFlag | O_DIRECTORY,
            mode: 0o666
        ) {
            file = unnamed
            place = .unnamed(target: target)
        } else if errno == EOPNOTSUPP || errno == EISDIR || errno == EINVAL {
            let name = PathName.temporary(beside: target)
            guard
                let named = FileDescriptor(
                    path: name,
                    flags: O_WRONLY | O_CREAT | O_EXCL,
                    mode: 0o666
                )
            else { throw FileError.writing(path) }
            file = named
            place = .temporary(name, target: target)
        } else {
            throw FileError.writing(path)
        }
        if let existing { _ = fchmod(file.number, existing.st_mode & 0o7777) }
    }

    /// Adds bytes at the end.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`, also where the reader of standard output is gone.
    public mutating func write(_ bytes: [UInt8]) throws(FileError) {
        guard file.write(bytes) else { throw FileError.writing(path) }
        if case .direct = place { return }
        unflushed += bytes.count
        guard unflushed >= Self.flushSize else { return }
        unflushed = 0
        retain_begin_flush(file.number)
    }

    /// Adds text at the end, as UTF-8.
    ///
    /// - Throws: As `write(_:)` of bytes does.
    public mutating func write(_ text: String) throws(FileError) {
        try write(Array(text.utf8))
    }

    /// Flushes to the disk and gives the file its name, replacing what is there.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`; the old file, if any, is then untouched.
    public consuming func commit() throws(FileError) {
        switch place {
        case .direct: return
        case .unnamed(let target):
            guard file.synchronise() else { throw FileError.writing(path) }
            // A link can't replace a file, a rename can.
            let name = PathName.temporary(beside: target)
            let linked = unsafe linkat(
                AT_FDCWD,
                "/proc/self/fd/\(file.number)",
                AT_FDCWD,
                name,
                AT_SYMLINK_FOLLOW
            )
            guard linked == 0 else { throw FileError.writing(path) }
            guard unsafe rename(name, target) == 0 else {
                let code = errno
                _ = unsafe unlink(name)
                throw FileError.writing(path, code: code)
            }
            PathName.synchroniseFolder(of: target)
        case .temporary(let name, let target):
            guard file.synchronise(), unsafe rename(name, target) == 0 else {
                throw FileError.writing(path)
            }
            PathName.synchroniseFolder(of: target)
        }
    }

    /// Makes sure that a folder can be written to and its disk has some room, without leaving anything.
    ///
    /// Who works for long asks first; it says nothing of what comes later.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`.
    public static func proveRoom(in folder: String) throws(FileError) {
        var file = try AtomicFile(folder + "/.room")
        try file.write([UInt8](repeating: 0, count: flushSize - 1))
    }

    deinit {
        // After a commit the name is gone, and removing it again does nothing.
        if case .temporary(let name, _) = place { _ = unsafe unlink(name) }
    }

    /// Writes a whole file at once, atomically.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        var file = try AtomicFile(path)
        try file.write(bytes)
        try file.commit()
    }
}

/// `__O_TMPFILE` of Linux, which Swift does not import; the same on x86-64 and arm64.
private let temporaryFileFlag: Int32 = 0o20_000_000
