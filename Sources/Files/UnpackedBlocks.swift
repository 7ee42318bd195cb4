private import Dispatch
private import Synchronization

/// A packed file, unpacked block by block in a thread of its own, so that who reads does not wait for it.
///
/// A few blocks at most are ahead of the reader; the thread ends with the file, or with this value.
public final class UnpackedBlocks: Sendable {
    private struct State {
        var blocks: [[UInt8]] = []
        /// Set after the last block.
        var end: Result<Void, any Error>?
        var isStopped = false
    }

    /// What the thread and the reader share; it outlives either.
    private final class Queue: Sendable {
        let state = Mutex(State())
        let isFilled = DispatchSemaphore(value: 0)
        let isFree = DispatchSemaphore(value: 0)

        init() {
            // Signalled here, since a semaphore may not end below the value that it began with.
            for _ in 0 ..< UnpackedBlocks.mostAhead { isFree.signal() }
        }
    }

    private static let mostAhead = 8
    private static let blockSize = 256 << 10

    private let queue = Queue()

    /// Begins to unpack.
    ///
    /// - Parameters:
    ///   - blocks: The packed file.
    ///   - beginning: What was read of it already.
    ///   - packing: How it is packed.
    public init(_ blocks: consuming BlockReader, beginning: [UInt8], packing: Packing) {
        let producer = Producer(blocks, beginning, packing)
        nonisolated(unsafe) let work = producer
        let queue = queue
        DispatchQueue(label: "retain.unpacking").async { unsafe work.run(into: queue) }
    }

    deinit {
        queue.state.withLock { $0.isStopped = true }
        queue.isFree.signal()
    }

    /// The next block, not empty; nil at the end.
    ///
    /// - Throws: `FileError` where the file can't be read on, `UnpackingError` where it is damaged or cut off.
    public func next() throws -> [UInt8]? {
        queue.isFilled.wait()
        let (block, end) = queue.state.withLock { state in
            state.blocks.isEmpty ? (nil, state.end) : (state.blocks.removeFirst(), nil)
        }
        guard let block else {
            // The end is to be found again, however often it is asked for.
            queue.isFilled.signal()
            try end?.get()
            return nil
        }
        queue.isFree.signal()
        return block
    }

    /// What the thread works on; nobody else has it.
    private final class Producer {
        private var blocks: BlockReader
        private var beginning: [UInt8]
        private var unpacker: StreamUnpacker

        init(_ blocks: consuming BlockReader, _ beginning: [UInt8], _ packing: Packing) {
            self.blocks = blocks
            self.beginning = beginning
            unpacker = StreamUnpacker(packing)
        }

        func run(into queue: Queue) {
            let end = Result { try fill(queue) }
            queue.state.withLock { $0.end = end }
            queue.isFilled.signal()
        }

        private func fill(_ queue: Queue) throws {
            var isAtEnd = false
            while true {
                let block = try unpacker.take(upTo: UnpackedBlocks.blockSize)
                guard block.isEmpty else {
                    queue.isFree.wait()
                    guard !queue.state.withLock(\.isStopped) else { return }
                    queue.state.withLock { $0.blocks.append(block) }
                    queue.isFilled.signal()
                    continue
                }
                guard !isAtEnd else { break }
                var input = beginning
                beginning = []
                if input.isEmpty {
                    input = try blocks.block(
                        after: [],
                        count: UnpackedBlocks.blockSize,
                        padding: 0
                    )
                    isAtEnd = input.count < UnpackedBlocks.blockSize
                }
                unpacker.give(input)
            }
            guard unpacker.isWhole else { throw UnpackingError.broken }
        }
    }
}
