internal import Dispatch
internal import Files
internal import Synchronization

extension CSVReader {
    /// Transforms every batch, on several threads, and hands the results out in the file's order.
    ///
    /// At most twice as many batches as threads are in memory. The calling thread reads, consumes,
    /// and transforms too while there is nothing else for it to do.
    ///
    /// - Parameters:
    ///   - threads: How many threads work; nil is one per active processor.
    ///   - transform: Called once per batch, on any thread.
    ///   - consume: Called with each result in order, on the calling thread.
    /// - Throws: What reading, `transform` or `consume` throws; of several errors, the one that
    ///   stands first in the file. Nothing runs any more when it is thrown.
    public mutating func forEachBatch<T: Sendable>(
        threads: Int? = nil,
        transform: @escaping @Sendable (RecordBatch) throws -> T,
        consume: (T) throws -> Void
    ) throws {
        let threads = max(1, threads ?? Processors.active)
        guard threads > 1 else {
            while let chunk = try nextChunk() { try consume(transform(chunk.parsed())) }
            return
        }
        let pipeline = BatchPipeline(transform: transform)
        let workers = DispatchGroup()
        for _ in 1 ..< threads {
            DispatchQueue.global().async(group: workers) { pipeline.work() }
        }
        defer {
            pipeline.stop()
            workers.wait()
        }
        var submitted = 0
        var consumed = 0
        var readingError: (any Error)?
        var isAtEnd = false
        while true {
            if let result = pipeline.take(consumed) {
                try consume(result.get())
                consumed += 1
            } else if !isAtEnd, submitted - consumed < 2 * threads {
                do {
                    guard let chunk = try nextChunk() else {
                        isAtEnd = true
                        continue
                    }
                    pipeline.submit(chunk, number: submitted)
                    submitted += 1
                } catch {
                    // What stands before the error in the file comes first.
                    readingError = error
                    isAtEnd = true
                }
            } else if consumed == submitted {
                if let readingError { throw readingError }
                return
            } else if !pipeline.workOnce() {
                pipeline.waitForResult()
            }
        }
    }
}

/// Chunks on their way to workers, and results on their way back.
private final class BatchPipeline<T: Sendable>: Sendable {
    private struct State {
        var chunks: [(number: Int, chunk: RecordChunk)] = []
        var results: [(number: Int, result: Result<T, any Error>)] = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let transform: @Sendable (RecordBatch) throws -> T
    private let chunkIsThere = DispatchSemaphore(value: 0)
    private let resultIsThere = DispatchSemaphore(value: 0)

    init(transform: @escaping @Sendable (RecordBatch) throws -> T) { self.transform = transform }

    /// Hands a chunk to whichever worker is free.
    func submit(_ chunk: RecordChunk, number: Int) {
        state.withLock { $0.chunks.append((number, chunk)) }
        chunkIsThere.signal()
    }

    /// The result of that number, if it is there.
    func take(_ number: Int) -> Result<T, any Error>? {
        state.withLock { state in
            state.results.firstIndex { $0.number == number }
                .map { state.results.remove(at: $0).result }
        }
    }

    /// Works until `stop()`.
    func work() {
        while true {
            chunkIsThere.wait()
            if state.withLock(\.isStopped) {
                // Wake the next worker too.
                chunkIsThere.signal()
                return
            }
            _ = workOnce()
        }
    }

    /// Transforms the oldest chunk that waits; false where none does.
    func workOnce() -> Bool {
        let next = state.withLock { $0.chunks.isEmpty ? nil : $0.chunks.removeFirst() }
        guard let next else { return false }
        let result = Result { try transform(next.chunk.parsed()) }
        state.withLock { $0.results.append((next.number, result)) }
        resultIsThere.signal()
        return true
    }

    /// Waits until a result has come since the last wait.
    func waitForResult() { resultIsThere.wait() }

    /// Drops the chunks that wait and ends the workers.
    func stop() {
        state.withLock { state in
            state.chunks = []
            state.isStopped = true
        }
        chunkIsThere.signal()
    }
}
