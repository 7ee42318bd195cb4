import Dispatch
import Synchronization

/// Computes explanations one request after the other, off the threads that answer all others.
///
/// One takes as long as thousands of predictions, on all processors; side by side they would only keep each other, and
/// whoever wants to predict, waiting.
final class ExplanationLane: Sendable {
    private let queue = DispatchQueue(label: "explanations", qos: .utility)
    private let waiting = Atomic(0)

    /// Computes something when its turn comes.
    ///
    /// - Parameters:
    ///   - limit: How many may wait or be in work.
    ///   - work: Runs on a thread of the lane.
    /// - Returns: What `work` gave; nil where too many wait.
    func run<Value: Sendable>(
        upTo limit: Int,
        _ work: @escaping @Sendable () -> Value
    ) async -> Value? {
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard waiting.add(1, ordering: .relaxed).newValue <= limit else { return nil }
        return await withCheckedContinuation { continuation in
            queue.async { continuation.resume(returning: work()) }
        }
    }
}
