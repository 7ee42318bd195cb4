import ChurnModel
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Serving
import Tabular
import Testing

/// MLflow's and the Open Inference Protocol's routes give the bits of `/predict`.
@Suite struct ProtocolRouteTests {
    private let bank: SmallBank

    init() throws { bank = try SmallBank() }

    private func ask(
        _ path: String,
        _ method: HTTPRequest.Method = .get,
        _ body: [UInt8] = [],
        _ headers: HTTPFields = [:]
    ) async throws -> TestResponse {
        let service = try PredictionService(
            try ServedModel(bank.saved, name: "a b", version: "3"),
            logger: Logger(label: "test")
        )
        return try await Application(responder: service, logger: Logger(label: "test")).test(
            .router
        ) { client in
            try await client.execute(
                uri: path,
                method: method,
                headers: headers,
                body: ByteBuffer(bytes: body)
            )
        }
    }

    private struct Predictions: Decodable {
        struct Row: Decodable { var churnProbability: Float }
        var predictions: [Row]
    }
    private struct Outputs: Decodable {
        struct Output: Decodable {
            var name: String
            var data: [Float]
        }
        var id: String?
        var outputs: [Output]
    }

    @Test func `the same bits from invocations`() async throws {
        let expected = try bank.saved.model.predict(bank.table)
        let records = "{\"dataframe_records\": [\(bank.objects.joined(separator: ","))]}"
        let response = try await ask(
            "/invocations",
            .post,
            Array(records.utf8),
            [.contentType: "application/json"]
        )
        #expect(response.status == .ok)
        let body = Data(response.body.readableBytesView)
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        #expect(
            try decoder.decode(Predictions.self, from: body).predictions.map(\.churnProbability)
                == expected
        )
    }

    @Test(arguments: ["/v2/models/a%20b/infer", "/v2/models/a%20b/versions/3/infer"])
    func `the same bits from tensors`(path: String) async throws {
        let expected = try bank.saved.model.predict(bank.table)
        guard case .number(let ages) = bank.table["Age"],
            case .level(let codes, let levels) = bank.table["Land"]
        else { return }
        let tensors: [[String: Any]] = [
            ["name": "Age", "shape": [101, 1], "datatype": "FP64", "data": ages],
            [
                "name": "Land", "shape": [101], "datatype": "BYTES",
                "data": codes.map { levels[Int($0)] },
            ],
        ]
        let json = try JSONSerialization.data(withJSONObject: ["id": "q", "inputs": tensors])
        let response = try await ask(path, .post, Array(json))
        #expect(response.status == .ok)
        let outputs = try JSONDecoder().decode(
            Outputs.self,
            from: Data(response.body.readableBytesView)
        )
        #expect(outputs.id == "q" && outputs.outputs[0].name == "churn_probability")
        #expect(outputs.outputs[0].data == expected)
    }

    @Test(arguments: [
        ("/v2", HTTPResponse.Status.ok), ("/v2/health/live", .ok), ("/v2/health/ready", .ok),
        ("/v2/models/a%20b", .ok), ("/v2/models/a%20b/ready", .ok),
        ("/v2/models/a%20b/versions/3", .ok),
        ("/v2/models/a%20b/versions/3/ready", .ok), ("/v2/models/a%20b/versions/4", .notFound),
        ("/v2/models/other/ready", .notFound), ("/v2/models/", .notFound),
        ("/v2/models/a%20b/nothing", .notFound),
        ("/v2/models/a%20b/infer", .methodNotAllowed), ("/v2/models/a%20b/versions", .notFound),
    ])
    func `what is asked of the server and its model`(
        path: String,
        status: HTTPResponse.Status
    ) async throws {
        let response = try await ask(path)
        #expect(response.status == status)
        #expect(throws: Never.self) {
            try JSONSerialization.jsonObject(with: Data(response.body.readableBytesView))
        }
    }

    @Test(arguments: [
        ("/invocations", "{}", HTTPResponse.Status.badRequest), ("/invocations", "{", .badRequest),
        ("/invocations", #"{"inputs": {"Age": [1]}}"#, .badRequest),
        ("/v2/models/a%20b/infer", "{}", .badRequest), ("/v2/models/a%20b/infer", "", .badRequest),
        ("/v2/models/other/infer", "{}", .notFound),
    ])
    func `wrong requests`(path: String, body: String, status: HTTPResponse.Status) async throws {
        let response = try await ask(path, .post, Array(body.utf8))
        #expect(response.status == status)
        let text = String(buffer: response.body)
        #expect(
            path.hasPrefix("/v2") ? text.hasPrefix("{\"error\":") : text.hasPrefix("{\"type\":")
        )
    }
}
