import NIOCore
import NIOPosix
import Synchronization
import Tracking

/// A server on loopback that answers each request by the next bytes of a script, and remembers what was asked.
final class StubServer: Sendable {
    /// What becomes of a request.
    enum Reply: Sendable {
        /// These bytes; then the connection stays, or ends.
        case bytes(String, ends: Bool)
        /// The connection ends without a word.
        case hangUp
        /// Nothing, for ever.
        case silence

        /// A whole answer.
        static func answer(
            _ body: String,
            status: String = "200 OK",
            headers: [String] = []
        ) -> Self {
            let lines = headers.map { $0 + "\r\n" }.joined()
            return .bytes(
                "HTTP/1.1 \(status)\r\n\(lines)content-length: \(body.utf8.count)\r\n\r\n\(body)",
                ends: false
            )
        }

        /// What MLflow answers to what is not there.
        static let notFound = answer(
            #"{"error_code": "RESOURCE_DOES_NOT_EXIST", "message": "No such thing"}"#,
            status: "404 Not Found"
        )
        /// What MLflow 2 answers to a route that it does not know.
        static let noRoute = answer(
            "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>\n",
            status: "404 NOT FOUND",
            headers: ["content-type: text/html"]
        )
        /// What DagsHub answers to a route that it does not know.
        static let dagsHubNoRoute = answer(
            #"{"error": "unsupported endpoint, please contact support@dagshub.com"}"#,
            status: "404 Not Found"
        )
    }

    /// What was asked.
    struct Asked: Equatable, Sendable {
        var line: String
        var headers: [String: String]
        var body: String
    }

    private struct State {
        var script: [Reply]
        var asked: [Asked] = []
    }

    private let state: Mutex<State>
    private let channel: Mutex<(any Channel)?> = Mutex(nil)

    private init(_ script: [Reply]) { state = Mutex(State(script: script)) }

    /// Starts a server for as long as the body runs.
    static func run<Value>(
        _ script: [Reply],
        _ body: (StubServer) async throws -> Value
    ) async throws -> Value {
        let server = StubServer(script)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.addHandler(StubHandler(server))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        server.channel.withLock { $0 = channel }
        do {
            let value = try await body(server)
            try await channel.close()
            return value
        } catch {
            try? await channel.close()
            throw error
        }
    }

    /// Where it listens.
    var address: String {
        "http://127.0.0.1:\(channel.withLock { $0?.localAddress?.port } ?? 0)"
    }

    /// Everything that was asked so far.
    var asked: [Asked] { state.withLock(\.asked) }

    /// The first lines of everything that was asked, without the version.
    var lines: [String] { asked.map(\.line) }

    fileprivate func reply(to asked: Asked) -> Reply {
        state.withLock { state in
            state.asked.append(asked)
            if state.script.isEmpty { return .answer("nothing more is written", status: "418 No") }
            return state.script.removeFirst()
        }
    }
}

/// Takes requests apart; good for what one client sends, not for the world.
private final class StubHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: StubServer
    private var bytes: [UInt8] = []

    init(_ server: StubServer) { self.server = server }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += unwrapInboundIn(data).readableBytesView
        while let asked = next() {
            switch server.reply(to: asked) {
            case .silence: break
            case .hangUp: context.close(promise: nil)
            case .bytes(let text, let ends):
                let buffer = wrapOutboundOut(ByteBuffer(string: text))
                context.writeAndFlush(buffer, promise: nil)
                if ends { context.close(promise: nil) }
            }
        }
    }

    private func next() -> StubServer.Asked? {
        let end: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]
        guard let gap = bytes.firstRange(of: end) else { return nil }
        let head = String(decoding: bytes[..<gap.lowerBound], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            let parts = line.split(separator: ":", maxSplits: 1)
            headers[parts[0].lowercased()] = parts.count > 1 ? String(parts[1].dropFirst()) : ""
        }
        let length = headers["content-length"].flatMap { Int($0) } ?? 0
        guard bytes.count >= gap.upperBound + length else { return nil }
        let body = bytes[gap.upperBound ..< gap.upperBound + length]
        bytes.removeFirst(gap.upperBound + length)
        let line = lines[0].split(separator: " ").prefix(2).joined(separator: " ")
        return StubServer.Asked(
            line: line,
            headers: headers,
            body: String(decoding: body, as: UTF8.self)
        )
    }
}
