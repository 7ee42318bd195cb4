import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOEmbedded
import Serving
import Testing

/// The lane on a connection without a network.
@Suite("the fast lane")
struct FastLaneTests {
    private let service: PredictionService
    private let customer: String

    init() throws {
        let bank = try SmallBank()
        customer = bank.objects[0]
        service = try PredictionService(
            try ServedModel(bank.saved, name: "churn", version: "3"),
            logger: Logger(label: "test")
        )
    }

    private func lane() throws -> EmbeddedChannel {
        EmbeddedChannel(handler: FastLane(service))
    }

    private func request(
        _ body: String,
        _ line: String = "POST /predict HTTP/1.1",
        fields: String = "Content-Type: application/json\r\n",
        length: String? = nil
    ) -> [UInt8] {
        let length = "Content-Length: \(length ?? "\(body.utf8.count)")\r\n"
        return Array("\(line)\r\nHost: a\r\nUser-Agent: b\r\n\(fields)\(length)\r\n\(body)".utf8)
    }

    private func send(_ bytes: some Collection<UInt8>, to lane: EmbeddedChannel) throws {
        try lane.writeInbound(ByteBuffer(bytes: bytes))
    }

    /// What went on to Hummingbird.
    private func passed(_ lane: EmbeddedChannel) throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let buffer = try lane.readInbound(as: ByteBuffer.self) {
            bytes += buffer.readableBytesView
        }
        return bytes
    }

    private func answers(_ lane: EmbeddedChannel) throws -> String {
        var text = ""
        while let buffer = try lane.readOutbound(as: ByteBuffer.self) {
            text += String(buffer: buffer)
        }
        return text
    }

    /// An answer without the name that each has for itself.
    private func plain(_ text: String) -> String {
        text.replacing(
            #/"prediction_id":"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#,
            with: ""
        )
    }

    @Test(arguments: [nil, "[]", "{", "{}", "[7]", "null", #"[{"Age": 1e999}]"#])
    func `answers as Hummingbird does`(text: String?) async throws {
        let body = text ?? customer
        let lane = try lane()
        try send(request(body), to: lane)
        let answer = try answers(lane)
        let application = Application(responder: service, logger: Logger(label: "test"))
        let other = try await application.test(.router) { client in
            try await client.execute(
                uri: "/predict",
                method: .post,
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body)
            )
        }
        let parts = answer.split(separator: "\r\n\r\n", maxSplits: 1)
        let head = parts[0].split(separator: "\r\n")
        #expect(head[0] == "HTTP/1.1 \(other.status.code) \(other.status.reasonPhrase)")
        #expect(plain(String(parts[1])) == plain(String(buffer: other.body)))
        for name in [HTTPField.Name.contentType, .contentLength, .xContentTypeOptions] {
            #expect(head.contains("\(name.rawName): \(other.headers[name] ?? "")"))
        }
        #expect(head.contains { $0.hasPrefix("Date: ") && $0.hasSuffix(" GMT") })
        #expect(try passed(lane).isEmpty)
    }

    @Test func `requests cut anywhere, and several at once`() throws {
        let one = request(customer)
        let lane = try lane()
        for cut in one.indices {
            try send(one[..<cut], to: lane)
            #expect(try answers(lane).isEmpty)
            try send(one[cut...], to: lane)
            #expect(try answers(lane).hasPrefix("HTTP/1.1 200 OK\r\n"))
        }
        try send(one + one + one[..<20], to: lane)
        #expect(try answers(lane).components(separatedBy: "HTTP/1.1 200").count == 3)
        try send(one[20...], to: lane)
        #expect(try answers(lane).components(separatedBy: "HTTP/1.1 200").count == 2)
        #expect(try passed(lane).isEmpty)
    }

    private static let unusual: [(line: String, fields: String, length: String?)] = [
        ("GET /health HTTP/1.1", "", nil), ("POST /predict?a HTTP/1.1", "", nil),
        ("POST /predict HTTP/1.0", "", nil), ("POST  /predict HTTP/1.1", "", nil),
        ("post /predict HTTP/1.1", "", nil), ("POST /predict HTTP/1.1\n", "", nil),
        ("POST /predict HTTP/1.1", "Content-Type: text/csv\r\n", nil),
        ("POST /predict HTTP/1.1", "Transfer-Encoding: chunked\r\n", nil),
        ("POST /predict HTTP/1.1", "Connection: close\r\n", nil),
        ("POST /predict HTTP/1.1", "Expect: 100-continue\r\n", nil),
        ("POST /predict HTTP/1.1", "Unknown: 1\r\n", nil),
        ("POST /predict HTTP/1.1", "Acceprkencoding: 1\r\n", nil),
        ("POST /predict HTTP/1.1", "Accept\rEncoding: 1\r\n", nil),
        ("POST /predict HTTP/1.1", "Accept : 1\r\n", nil),
        ("POST /predict HTTP/1.1", "Accept\r\n", nil),
        ("POST /predict HTTP/1.1", ": 1\r\n", nil),
        ("POST /predict HTTP/1.1", "Accept: a\r\n b\r\n", nil),
        ("POST /predict HTTP/1.1", "Accept: \u{1}\r\n", nil),
        ("POST /predict HTTP/1.1", "Accept: a\n", nil),
        ("POST /predict HTTP/1.1", "Host: a\r\n", nil),
        ("POST /predict HTTP/1.1", "Content-Length: 2\r\n", nil),
        ("POST /predict HTTP/1.1", "", "-2"), ("POST /predict HTTP/1.1", "", "+2"),
        ("POST /predict HTTP/1.1", "", "2, 2"), ("POST /predict HTTP/1.1", "", ""),
        ("POST /predict HTTP/1.1", "", "0x2"), ("POST /predict HTTP/1.1", "", "8193"),
        ("POST /predict HTTP/1.1", "", "99999999999999999999"),
    ]

    @Test(arguments: unusual)
    func `what is unusual goes on, and all that follows`(
        line: String,
        fields: String,
        length: String?
    ) throws {
        let lane = try lane()
        let bytes = request("{}", line, fields: fields, length: length)
        try send(request("{}") + bytes, to: lane)
        #expect(try answers(lane).hasPrefix("HTTP/1.1 422"))
        try send(request("{}"), to: lane)
        #expect(try passed(lane) == bytes + request("{}"))
        #expect(try answers(lane).isEmpty)
    }

    @Test func `a head without end goes on`() throws {
        let lane = try lane()
        let start = Array("POST /predict HTTP/1.1\r\nAccept: ".utf8)
        let rest = [UInt8](repeating: UInt8(ascii: "a"), count: 5000)
        try send(start, to: lane)
        #expect(try passed(lane).isEmpty)
        try send(rest, to: lane)
        #expect(try passed(lane) == start + rest)
    }

    private final class Reads: ChannelOutboundHandler {
        typealias OutboundIn = ByteBuffer
        var count = 0

        func read(context: ChannelHandlerContext) {
            count += 1
            context.read()
        }
    }

    @Test func `a caller who takes no answers is read no further`() throws {
        let reads = Reads()
        let lane = EmbeddedChannel(handlers: [reads, FastLane(service)])
        try send(request(customer), to: lane)
        lane.read()
        #expect(reads.count == 2)
        lane.isWritable = false
        try send(request(customer), to: lane)
        lane.read()
        #expect(reads.count == 2)
        // What has come is answered all the same.
        #expect(try answers(lane).components(separatedBy: "HTTP/1.1 200").count == 3)
        lane.isWritable = true
        lane.pipeline.fireChannelWritabilityChanged()
        #expect(reads.count == 3)
        lane.pipeline.fireChannelWritabilityChanged()
        #expect(reads.count == 3)
    }

    private final class Events: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        var count = 0

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is ChannelShouldQuiesceEvent { count += 1 }
        }
    }

    @Test func `a stop waits for the request that is being read`() throws {
        let lane = try lane()
        let events = Events()
        try lane.pipeline.syncOperations.addHandler(events)
        let bytes = request("{}")
        try send(bytes.dropLast(), to: lane)
        lane.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(events.count == 0)
        try send(bytes.suffix(1), to: lane)
        #expect(try answers(lane).hasPrefix("HTTP/1.1 422") && events.count == 1)
        lane.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(events.count == 2)
    }

    @Test func `what comes up too late is refused at once`() throws {
        // Every request but the first of a turn is late.
        let lane = EmbeddedChannel(
            handler: FastLane(service, LoopTurn(longest: .nanoseconds(-1), fewest: 1))
        )
        try send(request(customer) + request(customer) + request("{}"), to: lane)
        let codes = try answers(lane).matches(of: #/HTTP/1\.1 (\d+)/#).map(\.1)
        #expect(codes == ["200", "503", "503"])
        lane.embeddedEventLoop.run()
        try send(request(customer), to: lane)
        #expect(try answers(lane).hasPrefix("HTTP/1.1 200"))
        lane.embeddedEventLoop.run()
        try send(request("{}") + request("{}"), to: lane)
        #expect(try answers(lane).lowercased().contains("retry-after: 1\r\n"))
    }

    @Test func `a caller who asks too often is told when to ask again`() throws {
        var limits = ServiceLimits()
        limits.requestsPerSecond = 2
        let service = try PredictionService(
            try ServedModel(SmallBank().saved, name: "churn", version: "3"),
            limits: limits,
            logger: Logger(label: "test")
        )
        let lane = EmbeddedChannel(handler: FastLane(service))
        try send(request(customer) + request(customer) + request(customer), to: lane)
        let text = try answers(lane)
        #expect(text.matches(of: #/HTTP/1\.1 (\d+)/#).map(\.1) == ["200", "200", "429"])
        #expect(text.contains("Retry-After: 1"))
    }

    @Test func `an idle connection is closed`() throws {
        let lane = try lane()
        try lane.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        #expect(lane.isActive)
        lane.pipeline.fireUserInboundEventTriggered(IdleStateHandler.IdleStateEvent.all)
        #expect(!lane.isActive)
    }
}
