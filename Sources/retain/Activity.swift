import Dispatch
import Files
import FoundationEssentials
import Output
import Synchronization
import Training

/// What goes on at present, as a line on standard error where that is a terminal.
///
/// It tells what is done, how far it is, and how long it will take; it appears where that is over a second, and is gone
/// at the end.
final class Activity: Sendable {
    private struct State {
        var what: String
        /// What there is to say beside the share.
        var detail = ""
        /// How much is done, in 0...1; nil where that is not known.
        var share: @Sendable () -> Double?
        var start = ContinuousClock.now
        var isOver = false
        var isShown = false
    }

    private let state: Mutex<State>
    private let queue = DispatchQueue(label: "activity")

    /// Begins.
    ///
    /// - Parameters:
    ///   - what: What is done.
    ///   - share: How much of it, in 0...1; nil where that is not known.
    init(_ what: String, share: @escaping @Sendable () -> Double? = { nil }) {
        state = Mutex(State(what: what, share: share))
        if StandardError.isTerminal { show(after: .seconds(1)) }
    }

    /// Begins what goes through a file from its beginning to its end.
    convenience init(_ what: String, through path: String) {
        let before = BlockReader.bytesRead
        let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? UInt
        self.init("\(what) \(path == "-" ? "standard input" : path)") {
            guard path != "-", let size, size > 0 else { return nil }
            return min(1, Double(BlockReader.bytesRead - before) / Double(size))
        }
    }

    /// Goes on to something else, or says how far it is.
    func tell(_ what: String, share: Double) {
        state.withLock { state in
            if state.what != what {
                state.what = what
                state.start = .now
            }
            state.share = { share }
        }
    }

    /// Tells how far training is.
    func tell(_ progress: TrainingProgress) {
        tell(
            progress.stage.rawValue,
            share: Double(progress.done) / Double(max(1, progress.total))
        )
    }

    /// Says more of what is done.
    func tell(_ detail: String) { state.withLock { $0.detail = detail } }

    /// Removes the line.
    func end() {
        let wasShown = state.withLock { state in
            defer { state.isOver = true }
            return !state.isOver && state.isShown
        }
        if wasShown { Self.erase() }
    }

    /// Removes what stands on the line, on a terminal.
    static func erase() {
        if StandardError.isTerminal { StandardError.write("\r\u{1B}[2K") }
    }

    /// Writes the line, and anew from time to time until all is over.
    private func show(after time: DispatchTimeInterval) {
        queue.asyncAfter(deadline: .now() + time) { [weak self] in
            guard let self, show() else { return }
            show(after: .milliseconds(200))
        }
    }

    /// Writes the line anew; false once all is over.
    private func show() -> Bool {
        // Under the lock, so that nothing appears after the end.
        state.withLock { state in
            guard !state.isOver else { return false }
            let text = Self.text(
                state.what,
                detail: state.detail,
                share: state.share(),
                seconds: (ContinuousClock.now - state.start) / .seconds(1)
            )
            state.isShown = true
            StandardError.write("\r\u{1B}[2K\(text)")
            return true
        }
    }

    /// The line.
    ///
    /// - Parameters:
    ///   - what: What is done.
    ///   - detail: What else there is to say.
    ///   - share: How much is done; nil where that is not known.
    ///   - seconds: Since it began.
    /// - Returns: The line.
    static func text(_ what: String, detail: String, share: Double?, seconds: Double) -> String {
        var parts = detail.isEmpty ? [] : [detail]
        if let share {
            parts.append("\(Int(100 * share)) %")
            // Of a beginning little can be told.
            if share > 0.01, seconds >= 1 {
                parts.append("\(duration(seconds * (1 - share) / share)) left")
            }
        }
        if parts.count < 2 { parts.append("\(duration(seconds)) so far") }
        return "\(what): \(parts.joined(separator: ", "))"
    }

    private static func duration(_ seconds: Double) -> String {
        let whole = Int(min(seconds, 1e9).rounded(.up))
        return switch whole {
        case ..<100: "\(whole) s"
        case ..<6_000: "\((whole + 30) / 60) min"
        default: "\((whole + 1_800) / 3_600) h"
        }
    }
}

/// Shows on a terminal what is done while it is done.
func showing<Value>(_ activity: Activity, _ body: () throws -> Value) rethrows -> Value {
    defer { activity.end() }
    return try body()
}
