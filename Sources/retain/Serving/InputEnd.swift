import Dispatch
import Files
import ServiceLifecycle
import Synchronization

/// Ends with standard input, and all services with it: whoever started the program has gone, whatever became of it.
struct InputEnd: Service {
    func run() async throws {
        let ending = Ending()
        await withGracefulShutdownHandler {
            await withCheckedContinuation { continuation in
                ending.await(continuation)
                // A thread of its own, since nobody knows how long it waits.
                DispatchQueue(label: "retain.input").async {
                    _ = try? BlockReader.contents(of: "-")
                    ending.come()
                }
            }
        } onGracefulShutdown: {
            ending.come()
        }
    }

    /// Comes once, whether the input or the service ends first.
    private final class Ending: Sendable {
        private struct State {
            var continuation: CheckedContinuation<Void, Never>?
            var hasCome = false
        }

        private let state = Mutex(State())

        func await(_ continuation: CheckedContinuation<Void, Never>) {
            let hasCome = state.withLock { state in
                if !state.hasCome { state.continuation = continuation }
                return state.hasCome
            }
            if hasCome { continuation.resume() }
        }

        func come() {
            let waiting = state.withLock { state in
                state.hasCome = true
                return state.continuation.take()
            }
            waiting?.resume()
        }
    }
}
