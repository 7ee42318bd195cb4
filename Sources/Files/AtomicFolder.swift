import Glibc

/// A folder of files that appears under its name whole, or not at all.
public enum AtomicFolder {
    /// Writes files into a folder, replacing an earlier one.
    ///
    /// They are written into a hidden folder beside it, flushed, and that is renamed. Whoever looks
    /// finds the old folder or the new one.
    ///
    /// - Parameters:
    ///   - files: Relative path and bytes of each; `a/b` makes the folder `a`.
    ///   - path: The folder to write.
    ///   - marker: A file by which a folder of this kind is known. A folder that is neither empty nor
    ///     holds it is someone else's and is not replaced.
    /// - Throws: `FileError` of kind `cannotWrite`; the old folder, if any, is then untouched.
    /// - Precondition: The relative paths stay inside the folder.
    public static func write(
        _ files: [(path: String, bytes: [UInt8])],
        to path: String,
        marker: String
    ) throws(FileError) {
        for file in files {
            let parts = file.path.split(separator: "/", omittingEmptySubsequences: false)
            precondition(
                parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." },
                "folder: \(file.path) does not stay inside"
            )
        }
        let (target, exists) = try place(path, marker: marker)
        let temporary = PathName.temporary(beside: target)
        do throws(FileError) {
            try fill(temporary, with: files, path: path)
            try swap(temporary, with: target, replacing: exists, path: path)
        } catch {
            remove(temporary)
            throw error
        }
    }

    /// Makes sure, before long work, that its folder can be written and that there is some room for it.
    ///
    /// - Throws: `FileError` as `write` does.
    public static func check(_ path: String, marker: String) throws(FileError) {
        let (target, _) = try place(path, marker: marker)
        do throws(FileError) {
            try AtomicFile.proveRoom(in: PathName.folder(of: target))
        } catch {
            throw FileError(
                kind: error.kind,
                path: path,
                reason: error.reason,
                fix: error.fix
            )
        }
    }

    /// Where a folder goes, and whether there is one; it is one of this kind, or empty.
    private static func place(
        _ path: String,
        marker: String
    ) throws(FileError) -> (target: String, exists: Bool) {
        let target = PathName.resolved(PathName.trimmed(path))
        let existing = stat.at(target)
        if let existing {
            guard existing.isFolder else {
                throw FileError(
                    kind: .cannotWrite,
                    path: path,
                    reason: "it is a file, not a folder",
                    fix: "remove it or choose another name"
                )
            }
            guard isEmpty(target) || stat.at(target + "/" + marker) != nil else {
                throw FileError(
                    kind: .cannotWrite,
                    path: path,
                    reason: "the folder holds other files and no \(marker)",
                    fix: "choose a new or empty folder"
                )
            }
        }
        return (target, existing != nil)
    }

    private static func fill(
        _ folder: String,
        with files: [(path: String, bytes: [UInt8])],
        path: String
    ) throws(FileError) {
        var folders = [folder]
        guard unsafe mkdir(folder, 0o777) == 0 else { throw FileError.writing(path) }
        for file in files {
            let parts = file.path.split(separator: "/")
            for depth in 1 ..< max(parts.count, 1) {
                let inner = folder + "/" + parts.prefix(depth).joined(separator: "/")
                guard !folders.contains(inner) else { continue }
                guard unsafe mkdir(inner, 0o777) == 0 else { throw FileError.writing(path) }
                folders.append(inner)
            }
            guard
                let opened = FileDescriptor(
                    path: folder + "/" + file.path,
                    flags: O_WRONLY | O_CREAT | O_EXCL,
                    mode: 0o666
                ),
                opened.write(file.bytes), opened.synchronise()
            else { throw FileError.writing(path) }
        }
        for inner in folders { PathName.synchroniseFolder(of: inner + "/.") }
    }

    private static func swap(
        _ temporary: String,
        with target: String,
        replacing: Bool,
        path: String
    ) throws(FileError) {
        if unsafe rename(temporary, target) == 0 {
            // New, or in the place of an empty folder.
            PathName.synchroniseFolder(of: target)
            return
        }
        guard replacing, errno == ENOTEMPTY || errno == EEXIST else {
            throw FileError.writing(path)
        }
        let old = PathName.temporary(beside: target)
        guard unsafe rename(target, old) == 0 else { throw FileError.writing(path) }
        guard unsafe rename(temporary, target) == 0 else {
            let code = errno
            _ = unsafe rename(old, target)
            throw FileError.writing(path, code: code)
        }
        PathName.synchroniseFolder(of: target)
        remove(old)
    }
}

extension AtomicFolder {
    /// Whether the folder holds nothing; false where it can't be read.
    static func isEmpty(_ folder: String) -> Bool { names(in: folder)?.isEmpty ?? false }

    /// Removes a folder and all that is in it; links are removed, not followed.
    package static func remove(_ folder: String) {
        for name in names(in: folder) ?? [] {
            let path = folder + "/" + name
            if unsafe unlink(path) != 0 { remove(path) }
        }
        _ = unsafe rmdir(folder)
    }

    /// Names of what is in the folder, in no order; nil where it can't be read.
    package static func names(in folder: String) -> [String]? {
        guard let stream = unsafe opendir(folder) else { return nil }
        defer { _ = unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }
}
