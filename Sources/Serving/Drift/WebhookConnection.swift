import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Tracking

/// Single tries to reach a webhook's receiver.
struct WebhookConnection: Sendable {
    private let endpoint: WebhookEndpoint
    private let client: HTTPClient
    private let timeout: TimeAmount

    init(_ endpoint: WebhookEndpoint, timeout: Duration) {
        self.endpoint = endpoint
        self.timeout = .nanoseconds(Int64(timeout / .nanoseconds(1)))
        var options = HTTPClient.Configuration()
        options.timeout.connect = self.timeout
        // A receiver can't send the service elsewhere.
        options.redirectConfiguration = .disallow
        // Whether and when to try again is the sender's to decide.
        options.connectionPool.retryConnectionEstablishment = false
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: options)
    }

    /// What became of a try.
    enum Result: Sendable {
        case taken
        case refused(status: Int, retryAfter: Double?)
        case noAnswer(reason: String)
    }

    /// Tries once.
    ///
    /// - Parameters:
    ///   - body: The event.
    ///   - id: The same for every try.
    /// - Returns: What became of it.
    func send(_ body: [UInt8], id: String) async -> Result {
        // That of the try, so that a receiver can refuse what somebody has kept and sends again.
        let timestamp = Int64(Date.now.timeIntervalSince1970)
        var request = HTTPClientRequest(url: endpoint.url)
        request.method = .POST
        request.headers = [
            "content-type": "application/json",
            "user-agent": "retain",
            "webhook-id": id,
            "webhook-timestamp": "\(timestamp)",
            "webhook-signature": endpoint.secrets.map {
                $0.signature(id: id, timestamp: timestamp, body: body)
            }.joined(separator: " "),
        ]
        request.body = .bytes(ByteBuffer(bytes: body))
        do {
            let response = try await client.execute(request, timeout: timeout)
            let status = Int(response.status.code)
            guard !(200 ..< 300).contains(status) else { return .taken }
            let header = response.headers.first(name: "retry-after")
            return .refused(status: status, retryAfter: header.flatMap(RetryAfter.seconds))
        } catch {
            let text = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            return .noAnswer(reason: String(text.prefix(200)))
        }
    }

    /// Ends all connections.
    func close() async {
        // Also where the task that asks for it was cancelled.
        await Task { try? await client.shutdown() }.value
    }
}

extension WebhookConnection.Result {
    /// How it failed, as a retry policy understands it; nil where it did not.
    var failure: RetryPolicy.Failure? {
        switch self {
        case .taken: nil
        case .noAnswer: .noAnswer
        // Statuses of one's own, as those of proxies, count as the general one.
        case .refused(let status, let retryAfter):
            .status(status >= 500 ? 500 : status, retryAfter: retryAfter)
        }
    }

    /// Whether the receiver wants nothing more, ever.
    var isGone: Bool {
        if case .refused(status: 410, _) = self { return true }
        return false
    }

    /// In words.
    var reason: String {
        switch self {
        case .taken: ""
        case .refused(let status, _): "the receiver answered \(status)"
        case .noAnswer(let reason): reason
        }
    }
}
