import Dispatch
import Synchronization

/// Lets one long piece of work go on at a time, on a thread that answers nobody.
final class DeskBench: Sendable {
    private let queue = DispatchQueue(label: "desk", qos: .utility)
    private let isBusy = Atomic(false)

    /// Runs work where nobody else's goes on.
    ///
    /// - Throws: `DeskProblem.busy` where there is other work; what `work` throws.
    func run<Value: Sendable>(
        _ work: @escaping @Sendable () throws -> Value
    ) async throws -> Value {
        guard !isBusy.exchange(true, ordering: .acquiring) else { throw DeskProblem.busy }
        defer { isBusy.store(false, ordering: .releasing) }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
