import Dispatch
import Synchronization

/// The results of independent pieces of work in their order, from as many cores as there are.
///
/// - Throws: The first error of the pieces, in their order.
func concurrently<Result: Sendable>(
    _ count: Int,
    _ work: @Sendable (Int) throws -> Result
) throws -> [Result] {
    let results = Mutex<[Int: Swift.Result<Result, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: count) { number in
        let result = Swift.Result { try work(number) }
        results.withLock { $0[number] = result }
    }
    let all = results.withLock(\.self)
    return try (0 ..< count).compactMap { try all[$0]?.get() }
}
