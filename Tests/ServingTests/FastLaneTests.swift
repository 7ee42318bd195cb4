import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
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
        service = PredictionService(
            ServedModel(bank.saved, name: "churn", version: "3"),
            logger: Logger(label: "test")
        )
    }

    private func lane() throws -> EmbeddedChannel {
        EmbeddedChannel(handler: FastLane(service))
    }

    private func head(
        _ method: HTTPRequest.Method = .post,
        _ path: String = "/predict",
        length: Int?,
        _ fields: HTTPFields = [:]
    ) -> HTTPRequest {
        var fields = fields
        fields[.contentLength] = length.map { "\($0)" }
        return HTTPRequest(
            method: method,
            scheme: "http",
            authority: "a",
            path: path,
            headerFields: fields
        )
    }

    private func send(_ head: HTTPRequest, _ body: String, to lane: EmbeddedChannel) throws {
        try lane.writeInbound(HTTPRequestPart.head(head))
        // In two pieces, as networks do it.
        let half = body.utf8.count / 2
        let bytes = Array(body.utf8)
        try lane.writeInbound(HTTPRequestPart.body(ByteBuffer(bytes: bytes[..<half])))
        try lane.writeInbound(HTTPRequestPart.body(ByteBuffer(bytes: bytes[half...])))
        try lane.writeInbound(HTTPRequestPart.end(nil))
    }

    private func passed(_ lane: EmbeddedChannel) throws -> Int {
        var count = 0
        while try lane.readInbound(as: HTTPRequestPart.self) != nil { count += 1 }
        return count
    }

    private func answer(_ lane: EmbeddedChannel) throws -> (HTTPResponse, String)? {
        guard case .head(let head) = try lane.readOutbound(as: HTTPResponsePart.self) else {
            return nil
        }
        guard case .body(let body) = try lane.readOutbound(as: HTTPResponsePart.self),
            case .end = try lane.readOutbound(as: HTTPResponsePart.self)
        else { return nil }
        return (head, String(buffer: body))
    }

    /// An answer without the name that each has for itself.
    private func plain(_ text: String) -> String {
        text.replacing(
            #/"prediction_id":"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#,
            with: ""
        )
    }

    @Test(arguments: [nil, "[]", "{", "{}", "[7]", "null", #"[{"Age": 1e999}]"#, "text/csv"])
    func `answers as the other lane does`(text: String?) async throws {
        let isCSV = text == "text/csv"
        let body = isCSV ? customer : text ?? customer
        let type = isCSV ? "text/csv" : "application/json"
        let lane = try lane()
        try send(head(length: body.utf8.count, [.contentType: type]), body, to: lane)
        let (head, answer) = try #require(try answer(lane))
        let application = Application(responder: service, logger: Logger(label: "test"))
        let other = try await application.test(.router) { client in
            try await client.execute(
                uri: "/predict",
                method: .post,
                headers: [.contentType: type],
                body: ByteBuffer(string: body)
            )
        }
        #expect(head.status == other.status && plain(answer) == plain(String(buffer: other.body)))
        for name in [HTTPField.Name.contentType, .contentLength, .xContentTypeOptions, .accept] {
            #expect(head.headerFields[name] == other.headers[name])
        }
        #expect(head.headerFields[.date]?.hasSuffix(" GMT") == true)
        #expect(try passed(lane) == 0)
    }

    @Test func `one request after the other`() throws {
        let lane = try lane()
        for _ in 0 ..< 3 {
            try send(head(length: customer.utf8.count), customer, to: lane)
            #expect(try answer(lane)?.0.status == .ok)
        }
        #expect(try lane.readOutbound(as: HTTPResponsePart.self) == nil)
    }

    @Test func `requests that are not for this lane go on`() throws {
        for head in [
            head(.get, "/health", length: nil), head(.get, length: nil), head(length: nil),
            head(length: FastLane.greatestBody + 1), head(.post, "/predict?a=b", length: 2),
            head(length: 2, [.connection: "close"]), head(length: 2, [.expect: "100-continue"]),
        ] {
            let lane = try lane()
            try send(head, "{}", to: lane)
            #expect(try passed(lane) == 4)
            #expect(try lane.readOutbound(as: HTTPResponsePart.self) == nil)
        }
    }

    @Test func `answers keep the order of requests`() throws {
        let lane = try lane()
        try send(head(.get, "/health", length: nil), "", to: lane)
        try send(head(length: 2), "{}", to: lane)
        #expect(try passed(lane) == 8 && lane.readOutbound(as: HTTPResponsePart.self) == nil)
        for _ in 0 ..< 2 {
            try lane.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
            try lane.writeOutbound(HTTPResponsePart.end(nil))
        }
        while try lane.readOutbound(as: HTTPResponsePart.self) != nil {}
        try send(head(length: 2), "{}", to: lane)
        #expect(try answer(lane)?.0.status == .unprocessableContent)
        #expect(try passed(lane) == 0)
    }

    private final class Events: ChannelInboundHandler {
        typealias InboundIn = HTTPRequestPart
        var count = 0

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event is ChannelShouldQuiesceEvent { count += 1 }
        }
    }

    @Test func `a stop waits for the request that is being read`() throws {
        let lane = try lane()
        let events = Events()
        try lane.pipeline.syncOperations.addHandler(events)
        try lane.writeInbound(HTTPRequestPart.head(head(length: 2)))
        lane.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(events.count == 0)
        try lane.writeInbound(HTTPRequestPart.body(ByteBuffer(string: "{}")))
        try lane.writeInbound(HTTPRequestPart.end(nil))
        #expect(try answer(lane) != nil && events.count == 1)
        lane.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(events.count == 2)
    }

    @Test func `an idle connection is closed`() throws {
        let lane = try lane()
        try lane.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 1)).wait()
        #expect(lane.isActive)
        lane.pipeline.fireUserInboundEventTriggered(IdleStateHandler.IdleStateEvent.all)
        #expect(!lane.isActive)
    }
}
