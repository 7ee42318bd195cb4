import NIOCore
import NIOEmbedded
import NIOHTTP1
import Serving

/// A connection without a network: NIO's parser, the handler of `/predict`, and in Hummingbird's place one that keeps what
/// goes on.
final class TestConnection {
    let channel: EmbeddedChannel
    let others = Others()

    /// What went on to Hummingbird.
    final class Others: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart
        /// Path and body of each request that has ended.
        var requests: [(path: String, body: String)] = []
        var errors = 0
        var stops = 0
        private var path = ""
        private var body = ""

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): (path, body) = (head.uri, "")
            case .body(let part): body += String(buffer: part)
            case .end: requests.append((path, body))
            }
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) { errors += 1 }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is ChannelShouldQuiesceEvent { stops += 1 }
        }
    }

    init(
        _ service: PredictionService,
        _ shedder: LoadShedder = LoadShedder(),
        before: [any ChannelHandler] = []
    ) throws {
        channel = EmbeddedChannel(handlers: before)
        try PredictHandler.add(to: channel.pipeline.syncOperations, service, shedder)
        try channel.pipeline.syncOperations.addHandler(others)
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
    }

    deinit { _ = try? channel.finish(acceptAlreadyClosed: true) }

    /// Sends bytes and gives what has been answered since the last time.
    @discardableResult
    func send(_ text: some StringProtocol) throws -> String {
        try channel.writeInbound(ByteBuffer(string: String(text)))
        return try answers()
    }

    func send(_ bytes: [UInt8]) throws -> String {
        try channel.writeInbound(ByteBuffer(bytes: bytes))
        return try answers()
    }

    /// Answers the oldest request that went on.
    func answer(_ status: HTTPResponseStatus = .ok) throws {
        let head = HTTPResponseHead(
            version: .http1_1,
            status: status,
            headers: ["Content-Length": "2"]
        )
        channel.write(HTTPServerResponsePart.head(head), promise: nil)
        channel.write(
            HTTPServerResponsePart.body(.byteBuffer(ByteBuffer(string: "ok"))),
            promise: nil
        )
        channel.writeAndFlush(HTTPServerResponsePart.end(nil), promise: nil)
        channel.embeddedEventLoop.run()
    }

    func answers() throws -> String {
        var text = ""
        while let data = try channel.readOutbound(as: IOData.self) {
            if case .byteBuffer(let buffer) = data { text += String(buffer: buffer) }
        }
        return text
    }

    /// Whether anything more can be sent, once all that was to be done is done.
    var isOpen: Bool {
        channel.embeddedEventLoop.run()
        return channel.isActive
    }
}

extension String {
    /// The status codes of the answers in it.
    var statuses: [String] { matches(of: #/HTTP/1\.1 (\d+)/#).map { String($0.1) } }
}
