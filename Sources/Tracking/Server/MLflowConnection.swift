import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import Synchronization

/// Requests to an MLflow server, asked again where that may help.
final class MLflowConnection: Sendable {
    /// The address without credentials and without a slash at its end.
    let address: String
    /// The name by which the server knows who asks; nil where it has none.
    let user: String?
    private let client: HTTPClient
    private let authorization: String?
    private let retries: RetryPolicy
    private let timeout: Double
    private let pause: @Sendable (Double) async throws -> Void
    private let isClosed = Mutex(false)
    /// Whether the server has answered at all; before that, nobody waits long for it.
    private let hasAnswered = Mutex(false)
    /// Tries of a server that has never answered, and seconds for each.
    private static let firstTries = 2
    private static let firstTimeout = 15.0
    private static let secondsToConnect = 5.0

    /// Prepares requests; asks nothing yet.
    ///
    /// - Parameters:
    ///   - address: Without credentials and without a slash at its end.
    ///   - configuration: Who asks, and how patiently.
    ///   - pause: Waits for that many seconds.
    /// - Throws: `TrackingConfigurationError` where a certificate can't be read.
    init(
        _ address: String,
        _ configuration: TrackingConfiguration,
        pause: @escaping @Sendable (Double) async throws -> Void
    ) throws {
        self.address = address
        self.pause = pause
        user = configuration.credentials.user
        retries = configuration.retries
        timeout = configuration.timeout
        authorization =
            switch configuration.credentials {
            case .none: nil
            case .basic(let user, let password):
                "Basic " + Data("\(user):\(password)".utf8).base64EncodedString()
            case .bearer(let token): "Bearer \(token)"
            }
        var options = HTTPClient.Configuration()
        options.timeout.connect = .nanoseconds(Int64(Self.secondsToConnect * 1e9))
        options.redirectConfiguration = .disallow
        // One patience is enough: this type decides what is tried again.
        options.connectionPool.retryConnectionEstablishment = false
        options.tlsConfiguration = try configuration.tls.clientConfiguration()
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: options)
    }

    deinit {
        // A client that was never shut down would end the process.
        guard !isClosed.withLock(\.self) else { return }
        let client = client
        Task { try? await client.shutdown() }
    }

    /// Ends all connections.
    func close() async {
        let isFirst = isClosed.withLock { closed in
            defer { closed = true }
            return !closed
        }
        if isFirst { try? await client.shutdown() }
    }

    /// Asks until there is an answer that is not only for now.
    ///
    /// - Parameters:
    ///   - request: The request to send.
    ///   - isDone: Asked before each further try: whether an earlier one did its work although its answer
    ///     was lost.
    /// - Returns: The answer, whatever it says; nil where `isDone` said so.
    /// - Throws: `TrackingError` of kind `unreachable` where there is none.
    func send(
        _ request: Request,
        unless isDone: () async throws -> Bool = { false }
    ) async throws -> Answer? {
        var failures = 0
        while true {
            let outcome = try await attempt(of: request, within: secondsForAnAnswer)
            let failure: RetryPolicy.Failure
            switch outcome {
            case .answer(let answer) where answer.status < 400: return answer
            case .answer(let answer):
                failure = .status(answer.status, retryAfter: answer.retryAfter)
            case .nothing: failure = .noAnswer
            }
            failures += 1
            let isKnown = hasAnswered.withLock(\.self)
            let isPatient = failures < min(request.mostTries, isKnown ? .max : Self.firstTries)
            guard isPatient,
                let wait = retries.wait(
                    after: failures,
                    failure,
                    chance: Double.random(in: 0 ... 1)
                )
            else {
                switch outcome {
                case .answer(let answer): return answer
                case .nothing(let reason): throw unreachable(reason)
                }
            }
            try await pause(isKnown ? wait : min(wait, 1))
            if try await isDone() { return nil }
        }
    }

    /// Asks the server whether it is there, once and briefly.
    ///
    /// - Throws: `TrackingError` of kind `unreachable` where there is no answer of its own.
    func checkReachable() async throws {
        switch try await attempt(of: Request(.GET, "/health"), within: Self.secondsToConnect) {
        case .answer(let answer):
            // 404 and 401 come from a server too; 502 to 504 from what stands before it.
            if answer.status >= 500 { throw answer.error(at: address) }
        case .nothing(let reason): throw unreachable(reason)
        }
    }

    private var secondsForAnAnswer: Double {
        hasAnswered.withLock(\.self) ? timeout : min(timeout, Self.firstTimeout)
    }

    private enum Attempt {
        case answer(Answer)
        case nothing(reason: String)
    }

    /// One try.
    private func attempt(of request: Request, within seconds: Double) async throws -> Attempt {
        do {
            let answer = try await withThrowingTaskGroup(of: Answer?.self) { group in
                group.addTask { try await self.answer(to: request) }
                // The client's own deadline ends with the head of an answer.
                group.addTask {
                    try await Task.sleep(for: .seconds(seconds))
                    return nil
                }
                defer { group.cancelAll() }
                return try await group.next() ?? nil
            }
            guard let answer else { return .nothing(reason: "no whole answer in \(seconds) s") }
            hasAnswered.withLock { $0 = true }
            return .answer(answer)
        } catch let error as NIOTooManyBytesError {
            throw TrackingError(
                .unreachable,
                at: address,
                "its answer is longer than \(error.maxBytes ?? request.longestAnswer) bytes"
            )
        } catch {
            try Task.checkCancellation()
            return .nothing(reason: ConnectionFailure.reason(of: error))
        }
    }

    private func answer(to request: Request) async throws -> Answer {
        var message = HTTPClientRequest(url: (request.host ?? address) + request.path)
        message.method = request.method
        message.headers.add(name: "user-agent", value: "retain")
        // Another host, which the server named, has no business with what proves who asks.
        if let authorization, request.host == nil {
            message.headers.add(name: "authorization", value: authorization)
        }
        if let body = request.body {
            message.headers.add(name: "content-type", value: request.type)
            message.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await client.execute(message, deadline: .distantFuture)
        let content = try await response.body.collect(upTo: request.longestAnswer)
        return Answer(
            status: Int(response.status.code),
            retryAfter: response.headers.first(name: "retry-after").flatMap(RetryAfter.seconds),
            location: response.headers.first(name: "location"),
            body: Array(content.readableBytesView)
        )
    }

    private func unreachable(_ reason: String) -> TrackingError {
        TrackingError(
            .unreachable,
            at: address,
            "the server can't be reached (\(Secrets.masked(reason))); start it, or check"
                + " MLFLOW_TRACKING_URI"
        )
    }
}
