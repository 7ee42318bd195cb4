private import Dispatch
private import Synchronization

/// The results of independent pieces of work, in order, whichever thread did which.
///
/// - Parameters:
///   - count: Number of pieces.
///   - threads: The most that run at once.
///   - work: Called once for each number below `count`, on any thread.
/// - Returns: Shape [count].
/// - Throws: The error of the first piece that threw; pieces not yet begun are left out.
public func concurrentMap<Result: Sendable, Failure: Error>(
    _ count: Int,
    threads: Int,
    _ work: @Sendable (Int) throws(Failure) -> Result
) throws(Failure) -> [Result] {
    guard threads > 1, count > 1 else { return try (0 ..< count).map(work) }
    let state = Mutex(ConcurrentState<Result, Failure>())
    DispatchQueue.concurrentPerform(iterations: min(threads, count)) { _ in
        while true {
            let number = state.withLock { (state: inout ConcurrentState<Result, Failure>) -> Int? in
                guard state.next < count, !state.hasFailed else { return nil }
                state.next += 1
                return state.next - 1
            }
            guard let number else { return }
            let result: Swift.Result<Result, Failure>
            do throws(Failure) { result = .success(try work(number)) } catch {
                result = .failure(error)
            }
            state.withLock { state in
                state.results[number] = result
                if case .failure = result { state.hasFailed = true }
            }
        }
    }
    let results = state.withLock { $0.results }
    return try (0 ..< count).map { number throws(Failure) in
        guard let result = results[number] else {
            preconditionFailure("pieces are begun in order: one is missing behind a failure only")
        }
        return try result.get()
    }
}

private struct ConcurrentState<Result: Sendable, Failure: Error>: Sendable {
    var next = 0
    var results: [Int: Swift.Result<Result, Failure>] = [:]
    var hasFailed = false
}
