import Glibc

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
