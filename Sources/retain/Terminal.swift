import Files

/// Writes a line to standard output, where data goes.
///
/// - Throws: `FileError` where it can't be written, which `print` would pass over.
func say(_ line: String) throws {
    try AtomicFile.write(Array((line + "\n").utf8), to: "-")
}

/// Writes a line to standard error, where everything goes that is not data.
func note(_ line: String) {
    StandardError.write(line + "\n")
}

/// Writes an error to standard error.
func complain(_ message: String) {
    StandardError.write("retain: \(message)\n")
}
