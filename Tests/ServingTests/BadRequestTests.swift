import Kernels
import NIOHTTP1
import Serving
import Testing

/// What is no HTTP, and what two programs might read as two different requests.
@Suite struct BadRequestTests {
    private let service: PredictionService
    private let fixture: ServiceFixture

    init() throws {
        fixture = try ServiceFixture()
        service = fixture.service
    }

    private static let bad: [(text: String, status: String)] = [
        ("rubbish\r\n\r\n", "400"), ("POST /predict\r\n\r\n", "505"),
        ("POST /predict HTTP/1.1\r\n\r\n", "400"),
        ("POST /predict HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "400"),
        ("POST /predict HTTP/1.1\r\nHost: a\r\nBad Name: 1\r\n\r\n", "400"),
        ("POST /predict HTTP/1.1\r\nHost: a\r\nAccept : 1\r\n\r\n", "400"),
        ("POST /predict HTTP/1.1\r\nHost: a\r\n: 1\r\n\r\n", "400"),
        ("POST /predict HTTP/1.1\r\nHost: a\r\nAccept: \u{1}\r\n\r\n", "400"),
        ("POST /predict HTTP/2.0\r\nHost: a\r\n\r\n", "505"),
        ("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"),
        ("CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n", "501"),
    ]

    @Test(arguments: bad)
    func `are told in words, and the connection is closed`(text: String, status: String) throws {
        let connection = try TestConnection(service)
        let answer = try connection.send(text)
        #expect(answer.statuses == [status])
        #expect(answer.contains("Content-Type: application/problem+json\r\n"))
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(!connection.isOpen && connection.others.requests.isEmpty)
    }

    @Test(arguments: [
        "Content-Length: 2\r\nTransfer-Encoding: chunked", "Content-Length: 2\r\nContent-Length: 3",
        "Transfer-Encoding: chunked\r\nContent-Length: 2", "Content-Length: 2, 2",
        "Content-Length: -2", "Content-Length: +2", "Content-Length: 0x2", "Content-Length: ",
        "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked\r\n , identity",
        "Content-Length: 2\r\n\u{B}Transfer-Encoding: chunked", "Content-Length : 2",
    ])
    func `a doubtful length is refused and nothing behind it is answered`(field: String) throws {
        let connection = try TestConnection(service)
        let behind = "POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n[]"
        let answer = try connection.send(
            "POST /predict HTTP/1.1\r\nHost: a\r\n\(field)\r\n\r\n{}" + behind
        )
        #expect(answer.statuses == ["400"])
        #expect(answer.contains("\r\nConnection: close\r\n"))
        #expect(connection.others.requests.isEmpty)
    }

    @Test(arguments: ["zz\r\n", "-1\r\n", "2 \r\n{}\r\n", "2\r\n{}x", "ffffffffffffffffff\r\n"])
    func `a broken chunk is refused`(chunk: String) throws {
        let connection = try TestConnection(service)
        let answer = try connection.send(
            "POST /predict HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n\(chunk)"
        )
        #expect(answer.statuses == ["400"])
    }

    @Test(arguments: [
        "Accept: " + String(repeating: "a", count: 17_000),
        (0 ..< 101).map { "A\($0): 1" }.joined(separator: "\r\n"),
        String(repeating: "a", count: 17_000) + ": 1",
    ])
    func `a head that is too long is 431, before it ends`(fields: String) throws {
        let answer = try TestConnection(service)
            .send("POST /predict HTTP/1.1\r\nHost: a\r\n\(fields)\r\n")
        #expect(answer.statuses == ["431"] && answer.contains("16384 bytes"))
    }

    @Test func `an address that is too long is 431`() throws {
        let path = String(repeating: "a", count: 17_000)
        #expect(try TestConnection(service).send("GET /\(path)").statuses == ["431"])
    }

    @Test func `they are told after the answers that come before`() throws {
        let connection = try TestConnection(service)
        let other = "GET /health HTTP/1.1\r\nHost: a\r\n\r\n"
        #expect(try connection.send(other + other + "rubbish\r\n\r\n").isEmpty)
        try connection.answer()
        #expect(try connection.answers().statuses == ["200"])
        try connection.answer()
        #expect(try connection.answers().statuses == ["200", "400"])
        #expect(!connection.isOpen)
    }

    @Test func `whoever reads a body that breaks hears of it`() throws {
        let connection = try TestConnection(service)
        let head = "POST /outcomes HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        #expect(try connection.send(head + "1\r\n[\r\nrubbish\r\n").isEmpty)
        #expect(connection.others.errors == 1 && connection.others.requests.isEmpty)
        try connection.answer(.badRequest)
        let answer = try connection.answers()
        #expect(answer.statuses == ["400"] && answer.contains("\r\nConnection: close\r\n"))
    }

    @Test func `whatever bytes come, answers have a status that says why`() throws {
        var generator = SeededGenerator(seed: 16)
        let whole = Array("POST /predict HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n{}".utf8)
        for _ in 0 ..< 2000 {
            var bytes = whole
            for _ in 0 ... generator.below(3) {
                bytes[generator.below(bytes.count)] = UInt8(generator.below(256))
            }
            let connection = try TestConnection(service)
            let answer = try connection.send(bytes)
            for status in answer.statuses {
                #expect(["200", "400", "401", "415", "422", "431", "501", "505"].contains(status))
            }
        }
    }
}
