import Glibc

/// A file that only grows, and whose every addition is on the disk before the next one begins.
///
/// One process at a time: a second one that opens the same file is refused. What was added stays
/// whatever happens to the process; an addition that was under way may have left its first bytes, which
/// the next reader cuts off with `keep(first:)`.
public struct AppendFile: ~Copyable {
    /// The path as it was given.
    public let path: String
    /// Bytes in the file.
    public private(set) var count: Int
    private let file: FileDescriptor

    deinit {
        // Closing alone is not enough: a program that was just started from this one still has the file.
        _ = flock(file.number, LOCK_UN)
    }

    /// Opens a file to add to its end; makes an empty one where there is none.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`, also where the path is no regular file or another
    ///   process has it open in this way.
    public init(_ path: String) throws(FileError) {
        self.path = path
        let isNew = stat.at(path) == nil
        guard
            let opened = FileDescriptor(
                path: path,
                flags: O_WRONLY | O_CREAT | O_APPEND | O_NONBLOCK,
                mode: 0o666
            ),
            let status = opened.status()
        else { throw FileError.writing(path) }
        guard status.isRegularFile else {
            throw FileError(
                kind: .cannotWrite,
                path: path,
                reason: "it is no regular file",
                fix: "choose another name"
            )
        }
        // Not every file system knows locks; there, the caller is trusted.
        if flock(opened.number, LOCK_EX | LOCK_NB) != 0, errno == EWOULDBLOCK {
            throw FileError(
                kind: .cannotWrite,
                path: path,
                reason: "another process is writing it",
                fix: "wait for that process or end it"
            )
        }
        // Asked again now that nobody else writes.
        guard let locked = opened.status() else { throw FileError.writing(path) }
        if isNew { PathName.synchroniseFolder(of: path) }
        count = Int(locked.st_size)
        file = opened
    }

    /// Adds bytes at the end and waits until they are on the disk.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`; the file is then as it was before, as far as the
    ///   system lets it be.
    public mutating func append(_ bytes: [UInt8]) throws(FileError) {
        guard file.write(bytes), file.synchronise() else {
            let code = errno
            _ = ftruncate(file.number, off_t(count))
            throw FileError.writing(path, code: code)
        }
        count += bytes.count
    }

    /// Cuts off what stands behind the first bytes.
    ///
    /// - Throws: `FileError` of kind `cannotWrite`.
    /// - Precondition: `count` is from 0 to the file's length.
    public mutating func keep(first count: Int) throws(FileError) {
        precondition((0 ... self.count).contains(count), "keep: \(count) of \(self.count) bytes")
        guard count < self.count else { return }
        guard ftruncate(file.number, off_t(count)) == 0, file.synchronise() else {
            throw FileError.writing(path)
        }
        self.count = count
    }
}
