import Files

/// The file that `retain key` writes and `retain serve` reads.
enum KeyFile {
    static func text(_ path: String) throws(FileError) -> String {
        String(decoding: try BlockReader.contents(of: path), as: UTF8.self)
    }
}
