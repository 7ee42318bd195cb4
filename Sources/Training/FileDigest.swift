public import Files

/// SHA-256 of a file's bytes, in hexadecimal.
///
/// - Throws: `FileError`.
/// - Complexity: O(bytes); memory constant.
public func fileDigest(_ path: String) throws(FileError) -> String {
    var reader = try BlockReader(path)
    var hash = SHA256()
    let size = 1 << 20
    while true {
        let block = try reader.block(after: [], count: size, padding: 0)
        hash.update(block)
        guard block.count == size else { break }
    }
    return hash.finalized().hexadecimal
}

/// SHA-256 of a text that is in memory: that of a file with the same bytes.
///
/// - Complexity: O(bytes).
func textDigest(_ text: [UInt8]) -> String { SHA256.digest(of: text).hexadecimal }
