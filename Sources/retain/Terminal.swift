#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif
import Files

/// Writes a line to standard error, where everything goes that is not data.
func note(_ line: String) {
    write(line + "\n")
}

/// Writes an error to standard error.
func complain(_ message: String) {
    write("retain: \(message)\n")
}

/// A line on standard error that is written over while work goes on, if that is a terminal.
struct ProgressLine {
    private let isTerminal = isatty(STDERR_FILENO) == 1
    private let start = ContinuousClock.now
    private var last = ContinuousClock.now
    private var isShown = false

    /// Shows the text, at most ten times a second and not in the first half second.
    mutating func show(_ text: @autoclosure () -> String) {
        guard isTerminal else { return }
        let now = ContinuousClock.now
        guard now - start > .milliseconds(500), now - last > .milliseconds(100) else { return }
        last = now
        isShown = true
        write("\r\u{1B}[2K\(text())")
    }

    /// Removes the line.
    mutating func end() {
        guard isShown else { return }
        isShown = false
        write("\r\u{1B}[2K")
    }
}

private func write(_ text: String) {
    let bytes = Array(text.utf8)
    // Where standard error is closed there is nobody to tell.
    _ = unsafe write(STDERR_FILENO, bytes, bytes.count)
}
