import Synchronization
import Tracking

/// A run that is begun beside other work.
final class Beginning: Sendable {
    private let task: Task<RunRecorder.Started, any Error>
    private let known: Known

    /// What came of it, once it is known.
    private final class Known: Sendable {
        private let state = Mutex<Result<RunRecorder.Started, any Error>?>(nil)

        var result: Result<RunRecorder.Started, any Error>? { state.withLock(\.self) }

        func take(_ result: Result<RunRecorder.Started, any Error>) {
            state.withLock { $0 = result }
        }
    }

    /// Begins it.
    init(_ begin: @escaping @Sendable () async throws -> RunRecorder.Started) {
        let known = Known()
        self.known = known
        task = Task {
            do {
                let started = try await begin()
                known.take(.success(started))
                return started
            } catch {
                known.take(.failure(error))
                throw error
            }
        }
    }

    /// The run, if it has begun.
    var started: RunRecorder.Started? { try? known.result?.get() }

    /// The run, once it has begun.
    var value: RunRecorder.Started { get async throws { try await task.value } }

    /// Waits until it is known whether the run could be begun, for a while.
    ///
    /// - Throws: Why it could not.
    func settle(within patience: Duration) async throws {
        let end = ContinuousClock.now + patience
        while known.result == nil, ContinuousClock.now < end {
            try await Task.sleep(for: .milliseconds(5))
        }
        _ = try known.result?.get()
    }
}
