public import Logging
import Record
public import ServiceLifecycle
public import Tracking

/// Sends events to a webhook, one after the other, beside the service's work.
///
/// An event keeps its identifier however often it is sent, so that a receiver can tell that it has it already. Failed
/// tries are repeated (`RetryPolicy`), within a quarter of an hour in all. Told to stop, it ends at once and logs what
/// was not sent.
public struct WebhookSender: Service {
    private let endpoint: WebhookEndpoint
    private let queue: WebhookQueue
    private let retries: RetryPolicy
    private let patience: Duration
    private let timeout: Duration
    private let logger: Logger

    /// Prepares to send.
    ///
    /// - Parameters:
    ///   - endpoint: Where to, and what to sign with.
    ///   - queue: What to send.
    ///   - retries: How often and how patiently a try is repeated.
    ///   - patience: How long an event is worth trying.
    ///   - timeout: How long an answer may take.
    ///   - logger: Is told what could not be sent.
    public init(
        _ endpoint: WebhookEndpoint,
        queue: WebhookQueue,
        retries: RetryPolicy = RetryPolicy(limit: 8, factor: 2, jitter: 2),
        patience: Duration = .seconds(900),
        timeout: Duration = .seconds(15),
        logger: Logger
    ) {
        self.endpoint = endpoint
        self.queue = queue
        self.retries = retries
        self.patience = patience
        self.timeout = timeout
        self.logger = logger
    }

    /// Sends what comes until the service is told to stop.
    public func run() async throws {
        let connection = WebhookConnection(endpoint, timeout: timeout)
        await cancelWhenGracefulShutdown {
            var isGone = false
            // Cancelled, the stream still gives what was waiting, and ends.
            for await event in queue.events {
                guard !isGone, !Task.isCancelled else {
                    giveUp(event, isGone ? "the receiver is gone (410)" : "the service stops")
                    continue
                }
                isGone = await deliver(event, connection) == .gone
            }
        }
        queue.close()
        await connection.close()
    }

    private enum Ending { case delivered, failed, gone }

    private func deliver(_ event: WebhookEvent, _ connection: WebhookConnection) async -> Ending {
        let id = "msg_" + String(decoding: PredictionID().text, as: UTF8.self)
        let body = event.body
        let end = ContinuousClock.now + patience
        var failures = 0
        while true {
            let result = await connection.send(body, id: id)
            if case .taken = result {
                queue.count(\.delivered)
                return .delivered
            }
            failures += 1
            let wait = result.failure.flatMap {
                retries.wait(after: failures, $0, chance: Double.random(in: 0 ... 1))
            }
            guard !Task.isCancelled, let wait, ContinuousClock.now + .seconds(wait) < end,
                (try? await Task.sleep(for: .seconds(wait))) != nil
            else {
                let reason = Task.isCancelled ? "the service stops" : result.reason
                giveUp(event, reason, id: id, tries: failures)
                return result.isGone ? .gone : .failed
            }
        }
    }

    private func giveUp(_ event: WebhookEvent, _ reason: String, id: String = "", tries: Int = 0) {
        queue.count(\.failed)
        var metadata = event.metadata
        metadata["to"] = "\(endpoint.place)"
        metadata["reason"] = "\(reason)"
        metadata["id"] = "\(id)"
        metadata["tries"] = "\(tries)"
        logger.error("a webhook was not delivered", metadata: metadata)
    }
}
