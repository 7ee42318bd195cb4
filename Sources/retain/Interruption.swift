import Glibc
import Synchronization
import UnixSignals

/// Someone ended the program while it was at work.
struct Interrupted: Error, CustomStringConvertible {
    let description = "interrupted; nothing was written but the record of the run"
}

/// Takes the request to end, so that work can stop in order; a second one ends the program at once.
final class Interruption: Sendable {
    private let isAsked = Mutex(false)

    /// Begins to listen, until the program ends.
    static func listening() async -> Interruption {
        let interruption = Interruption()
        let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
        Task.detached {
            for await _ in signals {
                let isSecond = interruption.isAsked.withLock { asked -> Bool in
                    defer { asked = true }
                    return asked
                }
                if isSecond { exit(ExitStatus.interrupted.rawValue) }
            }
        }
        return interruption
    }

    /// Stops work that someone has asked to end.
    ///
    /// - Throws: `Interrupted`.
    func check() throws {
        guard !isAsked.withLock(\.self) else { throw Interrupted() }
    }
}
