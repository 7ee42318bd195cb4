import AsyncHTTPClient
import FoundationEssentials
import NIOCore
import NIOHTTP1
import NIOSSL
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
    /// Whether the server has answered at all; before that, nobody waits long for it.
    private let hasAnswered = Mutex(false)
    /// Bytes of the longest answer that is taken.
    private static let longestAnswer = 1 << 30
    /// Tries of a server that has never answered.
    private static let firstTries = 2

    init(_ address: String, _ configuration: TrackingConfiguration) throws {
        self.address = address
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
        options.timeout.connect = .seconds(5)
        options.redirectConfiguration = .disallow
        options.tlsConfiguration = try Self.tls(configuration.tls)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: options)
    }

    /// Ends all connections.
    func close() async { try? await client.shutdown() }

    private static func tls(_ options: TrackingConfiguration.TLS) throws -> TLSConfiguration {
        func file<Value>(
            _ name: String,
            _ path: String,
            _ read: (String) throws -> Value
        ) throws
            -> Value
        {
            do { return try read(path) } catch {
                throw TrackingConfigurationError(
                    name: name,
                    value: path,
                    rule: "can't be read as a PEM file"
                )
            }
        }
        var tls = TLSConfiguration.makeClientConfiguration()
        if !options.verifies { tls.certificateVerification = .none }
        if let trusted = options.trusted {
            tls.trustRoots = .certificates(
                try file("MLFLOW_TRACKING_SERVER_CERT_PATH", trusted) {
                    try NIOSSLCertificate.fromPEMFile($0)
                }
            )
        }
        if let own = options.own {
            let name = "MLFLOW_TRACKING_CLIENT_CERT_PATH"
            tls.certificateChain = try file(name, own) {
                try NIOSSLCertificate.fromPEMFile($0).map { .certificate($0) }
            }
            tls.privateKey = .privateKey(
                try file(name, own) { try NIOSSLPrivateKey(file: $0, format: .pem) }
            )
        }
        return tls
    }

    /// An answer, whatever it says.
    struct Answer: Sendable {
        let status: Int
        let retryAfter: Double?
        let body: [UInt8]
    }

    /// Asks until there is an answer that is not only for now.
    ///
    /// - Parameters:
    ///   - path: Behind the address, encoded.
    ///   - isRepeatable: Whether the request may reach the server twice.
    /// - Throws: `TrackingError` of kind `unreachable` where there is none.
    func send(
        _ method: HTTPMethod,
        _ path: String,
        body: [UInt8]? = nil,
        type: String = "application/json",
        isRepeatable: Bool = true
    ) async throws -> Answer {
        var failures = 0
        while true {
            let failure: RetryPolicy.Failure
            let reason: String
            var answer: Answer?
            do {
                let got = try await once(method, path, body, type)
                hasAnswered.withLock { $0 = true }
                if got.status < 400 { return got }
                answer = got
                failure = .status(got.status, retryAfter: got.retryAfter)
                reason = "it answers with status \(got.status)"
            } catch let error as CancellationError {
                throw error
            } catch {
                failure = .noAnswer
                reason = "\(error)"
            }
            failures += 1
            let isNew = !hasAnswered.withLock(\.self) && failures >= Self.firstTries
            guard isRepeatable, !isNew,
                let wait = retries.wait(
                    after: failures,
                    failure,
                    chance: Double.random(in: 0 ... 1)
                )
            else {
                if let answer { return answer }
                throw unreachable(reason)
            }
            try await Task.sleep(for: .seconds(isFirst ? min(wait, 1) : wait))
        }
    }

    private var isFirst: Bool { !hasAnswered.withLock(\.self) }

    private func once(
        _ method: HTTPMethod,
        _ path: String,
        _ body: [UInt8]?,
        _ type: String
    ) async throws -> Answer {
        var request = HTTPClientRequest(url: address + path)
        request.method = method
        request.headers.add(name: "user-agent", value: "retain")
        if let authorization { request.headers.add(name: "authorization", value: authorization) }
        if let body {
            request.headers.add(name: "content-type", value: type)
            request.body = .bytes(ByteBuffer(bytes: body))
        }
        let response = try await client.execute(
            request,
            timeout: .nanoseconds(Int64(timeout * 1e9))
        )
        let content = try await response.body.collect(upTo: Self.longestAnswer)
        return Answer(
            status: Int(response.status.code),
            retryAfter: response.headers.first(name: "retry-after").flatMap(RetryAfter.seconds),
            body: Array(content.readableBytesView)
        )
    }

    func unreachable(_ reason: String) -> TrackingError {
        TrackingError(
            .unreachable,
            at: address,
            "the server can't be reached (\(Secrets.masked(reason))); start it, or check"
                + " MLFLOW_TRACKING_URI"
        )
    }
}
