import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Serving
import Testing

/// Bodies that are compressed, on every route that takes one.
@Suite struct PackedBodyTests {
    private let fixture: ServiceFixture

    init() throws {
        var limits = ServiceLimits()
        limits.bodyBytes = 20_000
        fixture = try ServiceFixture(limits: limits, hasLog: true)
    }

    /// What the system's gzip makes of bytes.
    private func gzip(_ text: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "-c"]
        let (input, output) = (Pipe(), Pipe())
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        input.fileHandleForWriting.write(Data(text.utf8))
        try input.fileHandleForWriting.close()
        let packed = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(packed)
    }

    private func post(
        _ uri: String,
        _ body: [UInt8],
        encoding: String?
    ) async throws -> TestResponse {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers[.contentEncoding] = encoding
        let given = headers
        return try await fixture.ask { client in
            try await client.execute(
                uri: uri,
                method: .post,
                headers: given,
                body: ByteBuffer(bytes: body)
            )
        }
    }

    @Test(arguments: [
        ("/predict", "[]"), ("/outcomes", "[]"), ("/invocations", #"{"dataframe_records": []}"#),
        ("/v2/models/churn/infer", #"{"id": "1", "inputs": []}"#),
    ])
    func `are answered as plain ones`(uri: String, body: String) async throws {
        let plain = try await post(uri, Array(body.utf8), encoding: nil)
        for encoding in ["gzip", "X-Gzip"] {
            let packed = try await post(uri, gzip(body), encoding: encoding)
            // Places in a JSON that can't be read are those in what was unpacked, and the answer says so.
            let text = packed.text.replacing(
                ", unpacked by Content-Encoding \(encoding),",
                with: ""
            )
            #expect(packed.status == plain.status && text == plain.text)
        }
        #expect(try await post(uri, Array(body.utf8), encoding: "identity").text == plain.text)
        let broken = try await post(uri, Array(body.utf8), encoding: "gzip")
        #expect(broken.status == .badRequest && broken.text.contains("gzip"))
        for encoding in ["br", "zstd", "gzip, gzip"] {
            let refused = try await post(uri, gzip(body), encoding: encoding)
            #expect(refused.status == .unsupportedMediaType && refused.text.contains(encoding))
            #expect(refused.headers[.acceptEncoding] == "gzip, deflate")
        }
    }

    @Test func `that become too large are 413`() async throws {
        let bomb = try gzip(String(repeating: " ", count: 20_001))
        #expect(bomb.count < 200)
        #expect(try await post("/predict", bomb, encoding: "gzip").status == .contentTooLarge)
        let whole = try gzip("[]" + String(repeating: " ", count: 19_998))
        #expect(try await post("/predict", whole, encoding: "gzip").status == .ok)
    }
}
