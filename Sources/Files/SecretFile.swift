import Glibc

/// A file that only its owner may read.
public enum SecretFile {
    /// Makes the file, whole or not at all, with mode 0600.
    ///
    /// - Parameters:
    ///   - path: Where it is to be; its folder must be there.
    ///   - bytes: What is in it.
    /// - Returns: False where something is there already, which stays as it is.
    /// - Throws: `FileError` of kind `cannotWrite`.
    public static func create(_ path: String, _ bytes: [UInt8]) throws(FileError) -> Bool {
        let name = PathName.temporary(beside: path)
        guard let file = FileDescriptor(path: name, flags: O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
        else { throw FileError.writing(path) }
        defer { _ = unsafe unlink(name) }
        guard file.write(bytes), file.synchronise() else { throw FileError.writing(path) }
        // Unlike a rename, a link never replaces what another program made meanwhile.
        guard unsafe link(name, path) == 0 else {
            if errno == EEXIST { return false }
            throw FileError.writing(path)
        }
        PathName.synchroniseFolder(of: path)
        return true
    }

    /// Whether others than the file's owner may read it; false where it can't be told.
    public static func isOpenToOthers(_ path: String) -> Bool {
        stat.at(path).map { $0.st_mode & 0o077 != 0 } ?? false
    }
}
