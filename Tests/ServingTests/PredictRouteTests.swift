import ChurnModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Serving
import Testing

@Suite struct PredictRouteTests {
    private static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return decoder
    }()
    private static let json: HTTPFields = [.contentType: "application/json"]
    private let bank: SmallBank

    init() throws { bank = try SmallBank() }

    private func served<Value: Sendable>(
        limits: ServiceLimits = ServiceLimits(),
        _ body: @Sendable @escaping (any TestClientProtocol) async throws -> Value
    ) async throws -> Value {
        let service = try PredictionService(
            try ServedModel(bank.saved, name: "churn", version: "3"),
            limits: limits,
            logger: Logger(label: "test")
        )
        let application = Application(responder: service, logger: Logger(label: "test"))
        return try await application.test(.router, body)
    }

    private struct Answer: Decodable {
        var churnProbability: Float
        var risk: String
        var predictionId: String
        var model: String?
        var modelVersion: String?
    }
    private struct Answers: Decodable {
        var predictions: [Answer]
        var model: String
        var modelVersion: String
    }
    private struct Refusal: Decodable {
        struct Entry: Decodable {
            var index: Int?
            var field: String?
            var problem: String
        }
        var title: String
        var status: Int
        var detail: String
        var errors: [Entry]?
    }

    private func post(
        _ text: String,
        _ headers: HTTPFields = json,
        limits: ServiceLimits = ServiceLimits()
    ) async throws -> TestResponse {
        try await served(limits: limits) { client in
            try await client.execute(
                uri: "/predict",
                method: .post,
                headers: headers,
                body: ByteBuffer(string: text)
            )
        }
    }

    private func refusal(_ response: TestResponse) throws -> Refusal {
        #expect(response.headers[.contentType] == "application/problem+json")
        let refusal = try Self.decoder.decode(
            Refusal.self,
            from: Data(response.body.readableBytesView)
        )
        #expect(refusal.status == response.status.code)
        return refusal
    }

    @Test func `the same bits alone, among others, and from the model itself`() async throws {
        let expected = try bank.saved.model.predict(bank.table)
        let response = try await post("[" + bank.objects.joined(separator: ",") + "]")
        #expect(response.status == .ok)
        let all = try Self.decoder.decode(
            Answers.self,
            from: Data(response.body.readableBytesView)
        )
        #expect(all.predictions.map(\.churnProbability) == expected)
        #expect(all.model == "churn" && all.modelVersion == "3")
        #expect(Set(all.predictions.map(\.predictionId)).count == expected.count)
        for row in stride(from: 0, to: expected.count, by: 7) {
            let response = try await post(bank.objects[row])
            let one = try Self.decoder.decode(
                Answer.self,
                from: Data(response.body.readableBytesView)
            )
            #expect(one.churnProbability.bitPattern == expected[row].bitPattern)
            #expect(one.risk == bank.saved.model.risk(of: expected[row]).rawValue)
            #expect(one.model == "churn" && one.predictionId.count == 36)
        }
    }

    @Test func `nobody is nobody`() async throws {
        let response = try await post("[]")
        let answers = try Self.decoder.decode(
            Answers.self,
            from: Data(response.body.readableBytesView)
        )
        #expect(response.status == .ok && answers.predictions.isEmpty)
    }

    @Test(arguments: ["", "{", "[1", "nonsense", "\"text\"", "{} {}", "\u{0}"])
    func `what is no JSON is 400`(text: String) async throws {
        let response = try await post(text)
        #expect(response.status == .badRequest)
        #expect(try refusal(response).detail.contains("byte"))
    }

    @Test func `broken UTF-8 and deep nesting are 400`() async throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(try await post(deep).status == .badRequest)
        let status = try await served { client in
            try await client.execute(
                uri: "/predict",
                method: .post,
                headers: Self.json,
                body: ByteBuffer(bytes: [0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D])
            ) { $0.status }
        }
        #expect(status == .badRequest)
    }

    @Test func `every wrong field of every customer at once is 422`() async throws {
        let response = try await post(#"[{"Age": "old"}, \#(bank.objects[0]), 5]"#)
        #expect(response.status == .unprocessableContent)
        let errors = try #require(try refusal(response).errors)
        #expect(errors.map(\.index) == [0, 0, 2])
        #expect(errors.map(\.field) == ["Age", "Land", nil])
    }

    @Test(arguments: ["text/csv", "application/xml", "text/plain; charset=utf-8"])
    func `other types are 415`(type: String) async throws {
        let response = try await post(bank.objects[0], [.contentType: type])
        #expect(response.status == .unsupportedMediaType)
        #expect(try refusal(response).errors == nil)
    }

    @Test(arguments: [
        "application/json; charset=utf-8", "Application/JSON", "application/vnd.x+json",
    ])
    func `types that are JSON`(type: String) async throws {
        #expect(try await post(bank.objects[0], [.contentType: type]).status == .ok)
        #expect(try await post(bank.objects[0], [:]).status == .ok)
    }

    @Test func `a body that is too large is 413`() async throws {
        var limits = ServiceLimits()
        limits.bodyBytes = bank.objects[0].utf8.count
        #expect(try await post(bank.objects[0], limits: limits).status == .ok)
        let response = try await post(bank.objects[0] + " ", limits: limits)
        #expect(response.status == .contentTooLarge)
        _ = try refusal(response)
    }

    @Test func `one request too many is 503 with advice`() async throws {
        var limits = ServiceLimits()
        limits.requestsInFlight = 0
        let response = try await post(bank.objects[0], limits: limits)
        #expect(response.status == .serviceUnavailable && response.headers[.retryAfter] == "1")
        _ = try refusal(response)
    }

    @Test(arguments: [
        ("/predict", HTTPRequest.Method.get, HTTPResponse.Status.methodNotAllowed),
        ("/health", .post, .methodNotAllowed), ("/nothing", .get, .notFound),
        ("/", .get, .notFound),
        ("/health", .get, .ok), ("/health", .head, .ok), ("/ready", .get, .ok),
        ("/ping", .get, .ok),
        ("/version", .get, .ok), ("/metrics", .get, .ok),
    ])
    func `paths and methods`(
        path: String,
        method: HTTPRequest.Method,
        status: HTTPResponse.Status
    ) async throws {
        let response = try await served { client in
            try await client.execute(uri: path, method: method) { $0 }
        }
        #expect(response.status == status)
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
        if status != .ok { _ = try refusal(response) }
        if status == .methodNotAllowed { #expect(response.headers[.allow] != nil) }
        if method == .head { #expect(response.body.readableBytes == 0) }
    }

    @Test func `metrics count what was asked`() async throws {
        let objects = bank.objects
        let text = try await served { client in
            for body in [objects[0], objects[1], "{}"] {
                try await client.execute(
                    uri: "/predict",
                    method: .post,
                    body: ByteBuffer(string: body)
                ) { _ in }
            }
            return try await client.execute(uri: "/metrics", method: .get) {
                String(buffer: $0.body)
            }
        }
        let lines = text.split(separator: "\n")
        #expect(lines.contains(#"retain_http_requests_total{route="/predict",status="200"} 2"#))
        #expect(lines.contains(#"retain_http_requests_total{route="/predict",status="422"} 1"#))
        #expect(lines.contains(#"retain_http_request_duration_seconds_count{route="/predict"} 3"#))
        #expect(lines.contains("retain_http_requests_in_flight 1"))
        let risks = lines.filter { $0.hasPrefix("retain_predictions_total{") }
        #expect(
            risks.compactMap { $0.split(separator: " ").last.flatMap { Int($0) } }.reduce(0, +) == 2
        )
    }
}
