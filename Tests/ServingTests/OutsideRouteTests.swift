import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Serving
import Testing

/// Requests with numbers out of range, with Python's NaN, and what MLflow's clients are told of errors.
@Suite struct OutsideRouteTests {
    private let bank: SmallBank

    init() throws { bank = try SmallBank() }

    /// The answers to requests that one service gets in order: path and body.
    private func ask(_ requests: [(path: String, body: String)]) async throws -> [TestResponse] {
        let service = try PredictionService(
            try ServedModel(bank.saved, name: "churn", version: "3"),
            logger: Logger(label: "test")
        )
        return try await Application(responder: service, logger: Logger(label: "test")).test(
            .router
        ) { client in
            var answers: [TestResponse] = []
            for (path, body) in requests {
                answers.append(
                    try await client.execute(
                        uri: path,
                        method: body.isEmpty ? .get : .post,
                        headers: [.contentType: "application/json"],
                        body: ByteBuffer(string: body)
                    )
                )
            }
            return answers
        }
    }

    private func object(_ response: TestResponse) throws -> [String: Any] {
        let data = Data(response.body.readableBytesView)
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test func `a number beyond its range is scored as the bound, and named`() async throws {
        let answers = try await ask([
            ("/predict", #"{"Age": 130, "Land": "Spain"}"#),
            ("/predict", #"{"Age": 100, "Land": "Spain"}"#),
            (
                "/predict",
                #"[{"Age": 30, "Land": "Spain"}, {"Age": -1, "Land": "Spain"}, {"Age": 18, "Land": "Spain"}]"#
            ),
            ("/metrics", ""),
        ])
        #expect(answers.allSatisfy { $0.status == .ok })
        let beyond = try object(answers[0])
        let within = try object(answers[1])
        #expect(beyond["outside"] as? [String] == ["Age"] && within["outside"] == nil)
        #expect(
            beyond["churn_probability"] as? Double == within["churn_probability"] as? Double
        )
        let many = try #require(try object(answers[2])["predictions"] as? [[String: Any]])
        #expect(many.map { $0["outside"] as? [String] } == [nil, ["Age"], nil])
        #expect(
            many[1]["churn_probability"] as? Double == many[2]["churn_probability"] as? Double
        )
        #expect(
            String(buffer: answers[3].body)
                .contains("retain_fields_substituted_total{reason=\"outside\"} 2")
        )
    }

    @Test(arguments: [
        ("/predict", #"{"Age": NaN, "Land": "Spain"}"#),
        (
            "/invocations",
            #"{"dataframe_split": {"columns": ["Age", "Land"], "data": [[NaN, "Spain"]]}}"#
        ),
        ("/invocations", #"{"dataframe_records": [{"Age": NaN, "Land": "Spain"}]}"#),
        ("/invocations", #"{"inputs": {"Age": [ NaN ], "Land": ["Spain"]}}"#),
        (
            "/v2/models/churn/infer",
            #"{"inputs": [{"name": "Age", "shape": [1], "datatype": "FP64", "data": [NaN]}, {"name": "Land", "shape": [1], "datatype": "BYTES", "data": ["Spain"]}]}"#
        ),
    ])
    func `NaN says the same as null`(path: String, body: String) async throws {
        let answers = try await ask([(path, body), (path, body.replacing("NaN", with: "null"))])
        #expect(answers[0].status == answers[1].status)
        #expect(String(buffer: answers[0].body) == String(buffer: answers[1].body))
        // The column takes no empty field, which is what both are told.
        #expect(String(buffer: answers[0].body).contains("Age"))
    }

    @Test(arguments: [
        "{", "{}", #"{"dataframe_records": [{"Age": "old", "Land": "Spain"}]}"#,
        #"{"dataframe_records": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}"#,
    ])
    func `errors of invocations have MLflow's members beside ours`(body: String) async throws {
        let answer = try await ask([("/invocations", body)])[0]
        #expect(answer.status == .badRequest)
        let problem = try object(answer)
        #expect(problem["error_code"] as? String == "BAD_REQUEST")
        let message = try #require(problem["message"] as? String)
        let detail = try #require(problem["detail"] as? String)
        #expect(message.hasPrefix(detail) && message.count < 1_000)
        #expect(problem["title"] as? String == "Bad Request")
        let errors = problem["errors"] as? [[String: Any]] ?? []
        #expect(errors.isEmpty || message.count > detail.count)
        let other = try object(try await ask([("/predict", "{")])[0])
        #expect(other["error_code"] == nil && other["message"] == nil)
    }
}
