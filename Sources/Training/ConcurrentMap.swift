private import Dispatch
private import Synchronization

/// The results of independent pieces of work, in order, whichever thread did which.
///
/// - Parameters:
///   - count: Number of pieces.
///   - threads: At most so many run at once.
///   - work: Called once for each number below `count`, on any thread.
/// - Returns: Shape [count].
/// - Throws: The error of the first piece that threw; pieces not yet begun are left out.
func concurrentMap<Result: Sendable>(
    _ count: Int,
    threads: Int,
    _ work: @Sendable (Int) throws -> Result
) throws -> [Result] {
    guard threads > 1, count > 1 else { return try (0 ..< count).map(work) }
    let state = Mutex(ConcurrentState<Result>())
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while true {
            let number = state.withLock { (state: inout ConcurrentState<Result>) -> Int? in
                guard state.next < count, !state.hasFailed else { return nil }
                state.next += 1
                return state.next - 1
            }
            guard let number else { return }
            let result = Swift.Result { try work(number) }
            state.withLock { state in
                state.results[number] = result
                if case .failure = result { state.hasFailed = true }
            }
        }
    }
    let results = state.withLock { $0.results }
    // Pieces are begun in order, so one that is missing stands after the one that failed.
    return try (0 ..< count).map { number in
        guard let result = results[number] else { throw CancellationError() }
        return try result.get()
    }
}

private struct ConcurrentState<Result: Sendable>: Sendable {
    var next = 0
    var results: [Int: Swift.Result<Result, any Error>] = [:]
    var hasFailed = false
}
