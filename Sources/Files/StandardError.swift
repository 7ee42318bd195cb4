import Glibc

/// Where everything goes that is not data.
public enum StandardError {
    /// Whether a person reads along.
    public static let isTerminal = isatty(STDERR_FILENO) == 1

    /// Writes a text; where standard error is closed there is nobody to tell.
    public static func write(_ text: String) {
        _ = FileDescriptor(STDERR_FILENO, isOwned: false).write(Array(text.utf8))
    }
}
