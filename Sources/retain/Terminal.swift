import Files
import Synchronization
import Training

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

/// A line on standard error that is written over while work goes on, if that is a terminal.
struct ProgressLine {
    private let start = ContinuousClock.now
    private var last = ContinuousClock.now
    private var isShown = false

    /// Shows the text, at most ten times a second and not in the first half second.
    mutating func show(_ text: @autoclosure () -> String) {
        guard StandardError.isTerminal else { return }
        let now = ContinuousClock.now
        guard now - start > .milliseconds(500), now - last > .milliseconds(100) else { return }
        last = now
        isShown = true
        StandardError.write("\r\u{1B}[2K\(text())")
    }

    /// Removes the line.
    mutating func end() {
        guard isShown else { return }
        isShown = false
        StandardError.write("\r\u{1B}[2K")
    }
}

/// The progress of training, which comes from several threads.
final class SharedProgressLine: Sendable {
    private let line = Mutex(ProgressLine())

    /// Shows stage and share.
    func show(_ progress: TrainingProgress) {
        line.withLock {
            $0.show("\(progress.stage.rawValue): \(100 * progress.done / max(1, progress.total)) %")
        }
    }

    /// Removes the line.
    func end() { line.withLock { $0.end() } }
}

/// The folds that are done, which several threads tell.
final class FoldProgress: Sendable {
    private let state = Mutex((line: ProgressLine(), done: 0))
    private let name: String
    private let total: Int

    init(_ name: String, of total: Int) {
        self.name = name
        self.total = total
    }

    /// Takes note of one more.
    func step() {
        state.withLock { state in
            state.done += 1
            let done = state.done
            state.line.show("\(name): fold \(done) of \(total)")
        }
    }

    /// Removes the line.
    func end() { state.withLock { $0.line.end() } }
}
