import Dispatch
import Files
import Glibc
import Output
import Synchronization

/// Someone ended the program while it was at work.
struct Interrupted: RetainError {
    /// What there is to know beside it.
    var rest = "nothing was written but the record of the run"

    var exitStatus: ExitStatus { .interrupted }

    var description: String { rest.isEmpty ? "interrupted" : "interrupted; \(rest)" }
}

/// Takes the request to end (Ctrl-C, SIGTERM) and ends the program within a second, whatever it is at.
///
/// Most work is simply left: what is written appears whole or not at all. Work that has something to put in order first
/// says so with `endsInOrder`, and has a moment for it. A second request ends the program at once.
final class Interruption: Sendable {
    static let shared = Interruption()

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "interruption")

    private struct State {
        var isAsked = false
        /// What is done where work does not stop by itself in time; nil where there is nothing to be put in order.
        var ending: (@Sendable () async -> Void)?
    }

    /// How long work may take to stop by itself, and then the ending, in milliseconds.
    private static let patience = (work: 500, ending: 300)

    /// Begins to listen, until the program ends.
    ///
    /// It is needed for work that has nothing to put in order, too: as the first process of a container, a program that
    /// does not listen is not ended at all.
    func listen() {
        for number in [SIGINT, SIGTERM] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            // Its handler keeps the source.
            source.setEventHandler { withExtendedLifetime(source) { self.takeRequest() } }
            source.resume()
        }
    }

    /// Says that work is to be put in order where it is ended; nil where that is not needed any more.
    func endsInOrder(_ ending: (@Sendable () async -> Void)?) {
        state.withLock { $0.ending = ending }
    }

    /// Stops work that someone has asked to end.
    ///
    /// - Throws: `Interrupted`.
    func check() throws {
        let (isAsked, ending) = state.withLock { ($0.isAsked, $0.ending) }
        guard isAsked else { return }
        // Work may notice before the listener has spoken; there is a record only where there is something to put in order.
        throw ending == nil ? Interrupted(rest: "") : Interrupted()
    }

    private func takeRequest() {
        let (isSecond, ending) = state.withLock { state in
            defer { state.isAsked = true }
            return (state.isAsked, state.ending)
        }
        guard !isSecond, let ending else { Self.leave(Interrupted(rest: "")) }
        queue.asyncAfter(deadline: .now() + .milliseconds(Self.patience.work)) {
            Task.detached {
                await ending()
                Self.leave(Interrupted())
            }
        }
        let all = Self.patience.work + Self.patience.ending
        queue.asyncAfter(deadline: .now() + .milliseconds(all)) { Self.leave(Interrupted()) }
    }

    /// Ends the program without waiting for those who work.
    private static func leave(_ reason: Interrupted) -> Never {
        // Standard error may be a pipe that is full and that nobody reads.
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(100)) {
            _exit(reason.exitStatus.rawValue)
        }
        Activity.erase()
        complain("\(reason)")
        _exit(reason.exitStatus.rawValue)
    }
}
