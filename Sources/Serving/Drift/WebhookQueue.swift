public import Logging
import Synchronization

/// Events that wait to be sent.
///
/// It never makes anybody wait: where there is no room the oldest event goes, for the latest tells how things are.
public final class WebhookQueue: Sendable {
    /// What waits, in the order in which it came.
    let events: AsyncStream<WebhookEvent>
    private let input: AsyncStream<WebhookEvent>.Continuation
    private let counts = Mutex(Counts())
    private let logger: Logger

    /// What became of events so far.
    public struct Counts: Equatable, Sendable {
        /// Were taken by the receiver.
        public internal(set) var delivered = 0
        /// Were given up.
        public internal(set) var failed = 0
        /// Found no room.
        public internal(set) var dropped = 0
    }

    /// Creates a queue.
    ///
    /// - Parameters:
    ///   - capacity: Events that find room.
    ///   - logger: Is told what found none.
    public init(capacity: Int = 64, logger: Logger) {
        self.logger = logger
        (events, input) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(capacity))
    }

    /// Lets an event be sent.
    ///
    /// - Returns: Whether all that waits found room.
    @discardableResult
    public func add(_ event: WebhookEvent) -> Bool {
        let lost: WebhookEvent
        switch input.yield(event) {
        case .enqueued: return true
        case .dropped(let oldest): lost = oldest
        default: lost = event
        }
        counts.withLock { $0.dropped += 1 }
        logger.error("a webhook found no room", metadata: lost.metadata)
        return false
    }

    /// What became of events so far.
    public var status: Counts { counts.withLock(\.self) }

    func count(_ path: WritableKeyPath<Counts, Int>) { counts.withLock { $0[keyPath: path] += 1 } }

    /// Lets nothing more in.
    func close() { input.finish() }
}
