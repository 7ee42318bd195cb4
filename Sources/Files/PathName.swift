import Glibc

/// Names of files and folders.
package enum PathName {
    /// The folder in which the path's last part stands.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    /// A hidden name beside `path` that nothing else uses.
    static func temporary(beside path: String) -> String {
        let name = path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
        // Long names leave room for the suffix: a name has at most 255 bytes.
        let unique = String(UInt64.random(in: .min ... .max), radix: 36)
        return folder(of: path) + "/." + name.prefix(48) + ".\(getpid())-\(unique).tmp"
    }

    /// Whether a name means the same in a path, an address and a command.
    ///
    /// - Returns: True for 1 to 100 letters of ASCII, digits, `-`, `_` and `.`, the first neither `-` nor `.`.
    package static func isPlain(_ name: String) -> Bool {
        let arePlain = name.utf8.allSatisfy {
            (0x30 ... 0x39).contains($0) || (0x41 ... 0x5A).contains($0)
                || (0x61 ... 0x7A).contains($0) || [0x2D, 0x5F, 0x2E].contains($0)
        }
        return arePlain && (1 ... 100).contains(name.utf8.count) && !name.hasPrefix(".")
            && !name.hasPrefix("-")
    }

    /// The path with all links followed; the path itself where that fails.
    package static func resolved(_ path: String) -> String {
        guard let real = unsafe realpath(path, nil) else { return path }
        defer { unsafe free(real) }
        return unsafe String(cString: real)
    }

    /// The path without slashes at its end.
    static func trimmed(_ path: String) -> String {
        var path = path
        while path.count > 1, path.last == "/" { path.removeLast() }
        return path
    }

    /// Flushes the folder's list of names, so that a rename outlasts a power cut.
    ///
    /// Not every file system can; the file is whole either way.
    static func synchroniseFolder(of path: String) {
        guard let folder = FileDescriptor(path: folder(of: path), flags: O_RDONLY | O_DIRECTORY)
        else { return }
        _ = folder.synchronise()
    }
}
