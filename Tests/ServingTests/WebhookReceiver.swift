import Foundation
import HTTPTypes
import Hummingbird
import Logging
import Synchronization

/// A receiver of webhooks on a free port of this machine, which answers as it is told to.
final class WebhookReceiver: Sendable {
    struct Received: Sendable {
        let path: String
        let headers: HTTPFields
        let body: [UInt8]

        func header(_ name: String) -> String {
            HTTPField.Name(name).flatMap { headers[$0] } ?? ""
        }
    }

    struct Answer: Sendable {
        var status: HTTPResponse.Status
        var headers: HTTPFields = [:]
        var pause: Duration = .zero
    }

    private let state: Mutex<(received: [Received], answers: [Answer])>

    /// - Parameter answers: In order; the last one also to all that follows.
    init(_ answers: [Answer]) { state = Mutex(([], answers)) }

    convenience init(_ statuses: HTTPResponse.Status...) {
        self.init(statuses.map { Answer(status: $0) })
    }

    var received: [Received] { state.withLock(\.received) }

    /// Listens while the body runs, which is given the address.
    func run<Value: Sendable>(
        _ body: @escaping @Sendable (String) async throws -> Value
    ) async throws -> Value {
        let router = Router()
        router.post("{path}") { request, _ -> Response in
            let bytes = Array(try await request.body.collect(upTo: 1 << 20).readableBytesView)
            let answer = self.state.withLock { state -> Answer in
                state.received.append(
                    Received(path: request.uri.path, headers: request.headers, body: bytes)
                )
                return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
            }
            try await Task.sleep(for: answer.pause)
            return Response(status: answer.status, headers: answer.headers)
        }
        let (ports, found) = AsyncStream.makeStream(of: Int.self)
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { found.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() }
        )
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask {
                try? await application.run()
                return nil
            }
            group.addTask {
                for await port in ports { return try await body("http://127.0.0.1:\(port)/hook") }
                return nil
            }
            defer { group.cancelAll() }
            while let value = try await group.next() {
                if let value { return value }
            }
            throw CancellationError()
        }
    }
}

/// Keeps what is logged.
final class KeptLog: Sendable {
    private let lines = Mutex<[String]>([])

    var text: [String] { lines.withLock(\.self) }

    var logger: Logger { Logger(label: "test") { _ in Handler(log: self) } }

    private struct Handler: LogHandler {
        let log: KeptLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let metadata = (event.metadata ?? [:]).sorted { $0.key < $1.key }
            let text = metadata.map { "\($0.key)=\($0.value)" }.joined(separator: " ")
            log.lines.withLock { $0.append("\(event.message) \(text)") }
        }
    }
}
