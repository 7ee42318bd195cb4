import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOEmbedded
import NIOHTTP1
import OpenAPI
import Serving
import Testing

@Suite struct ConnectionTests {
    private let service: PredictionService
    private let customer: String

    init() throws {
        let fixture = try ServiceFixture()
        service = fixture.service
        customer = fixture.bank.objects[0]
    }

    private func request(
        _ body: String,
        _ line: String = "POST /predict HTTP/1.1",
        fields: String = "Content-Type: application/json\r\n",
        length: String? = nil
    ) -> String {
        let length = "Content-Length: \(length ?? "\(body.utf8.count)")\r\n"
        return "\(line)\r\nHost: a\r\nUser-Agent: b\r\n\(fields)\(length)\r\n\(body)"
    }

    /// An answer without the name that each has for itself.
    private func plain(_ text: String) -> String {
        text.replacing(
            #/"prediction_id":"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/#,
            with: ""
        )
    }

    // MARK: - Answers

    @Test(arguments: [nil, "[]", "{", "{}", "[7]", "null", "", #"[{"Age": 1e999}]"#])
    func `/predict is answered as behind Hummingbird`(text: String?) async throws {
        let body = text ?? customer
        let answer = try TestConnection(service).send(request(body))
        let application = Application(responder: service, logger: Logger(label: "test"))
        let other = try await application.test(.router) { client in
            try await client.execute(
                uri: "/predict",
                method: .post,
                headers: [.contentType: "application/json"],
                body: ByteBuffer(string: body)
            )
        }
        let parts = answer.components(separatedBy: "\r\n\r\n")
        let head = parts[0].components(separatedBy: "\r\n")
        #expect(head[0] == "HTTP/1.1 \(other.status.code) \(other.status.reasonPhrase)")
        #expect(plain(parts[1]) == plain(String(buffer: other.body)))
        let names = head.dropFirst().map { $0.components(separatedBy: ": ")[0] }
        #expect(Set(names) == Set(other.headers.map(\.name.rawName) + ["Date"]))
        for name in [HTTPField.Name.contentType, .contentLength, .xContentTypeOptions] {
            #expect(head.contains("\(name.rawName): \(other.headers[name] ?? "")"))
        }
        #expect(head.contains { $0.hasPrefix("Date: ") && $0.hasSuffix(" GMT") })
    }

    @Test func `a request split at every byte is answered once`() throws {
        let one = request(customer)
        let connection = try TestConnection(service)
        for cut in one.indices {
            #expect(try connection.send(one[..<cut]).isEmpty)
            #expect(try connection.send(one[cut...]).statuses == ["200"])
        }
        #expect(connection.others.requests.isEmpty)
    }

    @Test func `chunks split at every byte are answered once`() throws {
        let middle = customer.index(customer.startIndex, offsetBy: 9)
        let chunks = [customer[..<middle], customer[middle...]].map {
            "\(String($0.utf8.count, radix: 16))\r\n\($0)\r\n"
        }
        let one =
            "POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + chunks.joined() + "0\r\n\r\n"
        let connection = try TestConnection(service)
        for cut in one.indices {
            #expect(try connection.send(one[..<cut]).isEmpty)
            #expect(try connection.send(one[cut...]).statuses == ["200"])
        }
    }

    @Test func `several requests at once are answered in order and in one write`() throws {
        let connection = try TestConnection(service)
        let all = request(customer) + request("{}") + request(customer)
        try connection.channel.writeInbound(ByteBuffer(string: all + all.prefix(20)))
        let buffer = try connection.channel.readOutbound(as: ByteBuffer.self)
        #expect(buffer.map { String(buffer: $0).statuses } == ["200", "422", "200"])
        #expect(try connection.answers().isEmpty)
        #expect(try connection.send(all.dropFirst(20)).statuses == ["200", "422", "200"])
    }

    /// The heads that clients' libraries send; see Scripts/serving/heads.
    @Test(arguments: ["requests", "httpx", "aiohttp", "java", "node", "curl"])
    func `every client is answered on the connection's thread, again and again`(
        client: String
    ) throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Scripts/serving/heads/\(client).txt")
        let head = try String(contentsOf: file, encoding: .utf8)
            .replacing("LENGTH", with: "\(customer.utf8.count)")
            .split(separator: "\n").joined(separator: "\r\n")
        let connection = try TestConnection(service)
        for _ in 0 ..< 3 {
            #expect(try connection.send(head + "\r\n\r\n" + customer).statuses == ["200"])
        }
        #expect(try connection.send(head + "\r\n\r\n" + customer + head).statuses == ["200"])
        #expect(try connection.send("\r\n\r\n" + customer).statuses == ["200"])
        #expect(connection.others.requests.isEmpty && connection.isOpen)
    }

    // MARK: - What goes on

    private static let others: [(line: String, fields: String)] = [
        ("GET /health HTTP/1.1", ""), ("POST /predict?a HTTP/1.1", ""),
        ("POST /outcomes HTTP/1.1", ""), ("PUT /predict HTTP/1.1", ""),
        ("POST /predict HTTP/1.1", "Content-Encoding: gzip\r\n"),
        ("POST /predict HTTP/1.1", "Expect: 100-continue\r\n"),
    ]

    @Test(arguments: others)
    func `other requests go on, and what follows keeps its place`(
        line: String,
        fields: String
    ) throws {
        let connection = try TestConnection(service)
        let all = request("{}") + request("[]", line, fields: fields) + request("{}")
        #expect(try connection.send(all).statuses == ["422"])
        #expect(connection.others.requests.map(\.body) == ["[]", "{}"])
        try connection.answer()
        #expect(try connection.send(request("{}")).statuses == ["200"])
        try connection.answer()
        try connection.answer()
        #expect(try connection.send(request("{}")).statuses == ["200", "200", "422"])
        #expect(connection.others.requests.count == 3)
    }

    @Test(arguments: [0, 1])
    func `a body that is too large goes on from its head`(excess: Int) throws {
        let body = String(repeating: " ", count: PredictHandler.greatestBody + excess)
        let connection = try TestConnection(service)
        let isLarge = excess > 0
        #expect(try connection.send(request(body)).statuses == (isLarge ? [] : ["400"]))
        #expect(connection.others.requests.map(\.body) == (isLarge ? [body] : []))
        if isLarge { try connection.answer() }
        _ = try connection.answers()
        let chunked =
            "POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
            + "10\r\n\(body.prefix(16))\r\n\(String(body.utf8.count - 16, radix: 16))\r\n"
        #expect(try connection.send(chunked).isEmpty)
        #expect(try connection.send(body.dropFirst(16)).isEmpty)
        #expect(try connection.send("\r\n0\r\n\r\n").statuses == (isLarge ? [] : ["400"]))
        #expect(connection.others.requests.map(\.body) == (isLarge ? [body, body] : []))
    }

    @Test func `whoever waits to send the body is told to when it is wanted`() throws {
        let connection = try TestConnection(service)
        let text = request("{}", fields: "Expect: 100-Continue\r\n")
        #expect(try connection.send(text.dropLast(2)).isEmpty)
        // Hummingbird's side asks for the body; a second time is one too many.
        for expected in [["100"], []] {
            try connection.channel.pipeline.triggerUserOutboundEvent(BodyWanted()).wait()
            #expect(try connection.answers().statuses == expected)
        }
        try connection.send("{}")
        #expect(connection.others.requests.map(\.body) == ["{}"])
    }

    // MARK: - Ends

    private static let endings: [(line: String, fields: String, ending: String?)] = [
        ("HTTP/1.1", "", nil), ("HTTP/1.1", "Connection: keep-alive\r\n", nil),
        ("HTTP/1.1", "Connection: close\r\n", "close"),
        ("HTTP/1.1", "connection: CLOSE\r\n", "close"),
        ("HTTP/1.1", "Connection: Keep-Alive, Close\r\n", "close"),
        ("HTTP/1.0", "", "close"), ("HTTP/1.0", "Connection: Keep-Alive\r\n", "keep-alive"),
        ("HTTP/1.1", "Upgrade: h2c\r\n", "close"),
        ("HTTP/1.1", "Connection: upgrade, a\r\nUpgrade: h2c\r\n", nil),
        ("HTTP/1.1", "Connection: x upgrade\r\nUpgrade: h2c\r\n", "close"),
    ]

    @Test(arguments: endings, [false, true])
    func `a connection stays or closes as the caller asks`(
        _ form: (line: String, fields: String, ending: String?),
        isOther: Bool
    ) throws {
        let connection = try TestConnection(service)
        let line = isOther ? "POST /outcomes \(form.line)" : "POST /predict \(form.line)"
        var answer = try connection.send(request("{}", line, fields: form.fields))
        if isOther {
            try connection.answer(.unprocessableEntity)
            answer = try connection.answers()
        }
        #expect(answer.statuses == ["422"])
        let field = answer.firstMatch(of: #/(?i)\r\nconnection: (.*)\r\n/#).map { String($0.1) }
        #expect(field == form.ending)
        #expect(connection.isOpen == (form.ending != "close"))
        guard connection.isOpen else { return }
        #expect(try connection.send(request("{}")).statuses == ["422"])
    }

    @Test func `nothing is answered after a request that closes`() throws {
        let connection = try TestConnection(service)
        let last = request("{}", fields: "Connection: close\r\n")
        #expect(try connection.send(request("[]") + last + last).statuses == ["200", "422"])
    }

    @Test func `an idle connection is closed, one that is being answered is not`() throws {
        let connection = try TestConnection(service)
        try connection.send(request("", "GET /health HTTP/1.1"))
        connection.channel.pipeline.fireUserInboundEventTriggered(
            IdleStateHandler.IdleStateEvent.read
        )
        #expect(connection.isOpen)
        try connection.answer()
        connection.channel.pipeline.fireUserInboundEventTriggered(
            IdleStateHandler.IdleStateEvent.read
        )
        #expect(!connection.isOpen)
    }

    @Test func `a stop waits for the request that is being read`() throws {
        let connection = try TestConnection(service)
        let text = request("{}")
        try connection.send(text.dropLast())
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(connection.others.stops == 0)
        #expect(try connection.send(text.suffix(1)).statuses == ["422"])
        #expect(connection.others.stops == 1)
        connection.channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        #expect(connection.others.stops == 2)
    }

    // MARK: - Load

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
        let connection = try TestConnection(service, before: [reads])
        let channel = connection.channel
        let start = reads.count
        #expect(try connection.send(request(customer)).statuses == ["200"])
        channel.read()
        #expect(reads.count == start + 2)
        channel.isWritable = false
        // What has come is answered all the same.
        #expect(try connection.send(request(customer)).statuses == ["200"])
        channel.read()
        #expect(reads.count == start + 2)
        channel.isWritable = true
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(reads.count == start + 3)
        channel.pipeline.fireChannelWritabilityChanged()
        #expect(reads.count == start + 3)
    }

    @Test func `what comes up too late is refused at once`() throws {
        // Every request but the first of a turn is late.
        let connection = try TestConnection(
            service,
            LoadShedder(longest: .nanoseconds(-1), fewest: 1)
        )
        let all = request(customer) + request(customer) + request("{}")
        let answer = try connection.send(all)
        #expect(answer.statuses == ["200", "503", "503"])
        #expect(answer.lowercased().contains("retry-after: 1\r\n"))
        connection.channel.embeddedEventLoop.run()
        #expect(try connection.send(request(customer)).statuses == ["200"])
    }

    @Test func `keys and rates hold on the connection's thread`() throws {
        let (secret, key) = APIKey.make(name: "crm", scopes: [.predict], rate: 0.001)
        let (reader, other) = APIKey.make(name: "reader", scopes: [.read])
        let service = try ServiceFixture(keys: APIKeys([key, other])).service
        let connection = try TestConnection(service)
        func ask(_ fields: String) throws -> String {
            try connection.send(request(customer, fields: fields))
        }
        #expect(try ask("").contains("WWW-Authenticate: Bearer\r\n"))
        #expect(try ask("Authorization: Bearer \(secret)0\r\n").statuses == ["401"])
        #expect(try ask("X-API-Key: \(reader)\r\n").statuses == ["403"])
        #expect(try ask("authorization: BEARER \(secret)\r\n").statuses == ["200"])
        let refused = try ask("X-API-Key: \(secret)\r\n")
        #expect(refused.statuses == ["429"] && refused.contains("Retry-After: "))
        #expect(connection.others.requests.isEmpty)
    }

    @Test func `callers without keys have a rate by their address`() throws {
        var limits = ServiceLimits()
        limits.requestsPerSecond = 2
        let service = try ServiceFixture(limits: limits).service
        let all = String(repeating: request(customer), count: 3)
        #expect(try TestConnection(service).send(all).statuses == ["200", "200", "429"])
    }

    @Test(arguments: [("abc-1", true), ("a b", false)])
    func `a request keeps the name that its caller gave it`(name: String, isKept: Bool) throws {
        let answer = try TestConnection(service)
            .send(request(customer, fields: "x-request-id: \(name)\r\n"))
        #expect(answer.contains("X-Request-ID: \(name)\r\n") == isKept)
    }

    @Test func `a type that is not JSON is refused`() throws {
        let answer = try TestConnection(service)
            .send(request(customer, fields: "Content-Type: text/csv\r\n"))
        #expect(answer.statuses == ["415"] && answer.contains("Accept: application/json\r\n"))
    }
}
