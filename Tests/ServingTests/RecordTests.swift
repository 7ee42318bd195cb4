import ChurnModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Record
import Serving
import Testing

@Suite struct RecordTests {
    @Test func `every protocol's predictions are in the log by their names`() async throws {
        let fixture = try ServiceFixture(hasLog: true)
        let one = fixture.bank.objects[0]
        let ids = try await fixture.ask { client in
            func post(_ uri: String, _ body: String) async throws -> TestResponse {
                try await client.execute(
                    uri: uri,
                    method: .post,
                    headers: [.contentType: "application/json"],
                    body: ByteBuffer(string: body)
                )
            }
            let single = try await post("/predict", one).member("prediction_id") ?? ""
            let list = try await post("/predict", "[\(one),\(one)]")
            let listID = try #require(list.text.firstMatch(of: #/"prediction_id":"([^"]*)-0"/#)).1
            let mlflow = try await post("/invocations", #"{"instances":[\#(one)]}"#)
            let tensors =
                #"{"inputs":[{"name":"Age","shape":[1],"datatype":"FP64","data":[40]},"#
                + #"{"name":"Land","shape":[1],"datatype":"BYTES","data":["Spain"]}]}"#
            let inference = try await post("/v2/models/churn/infer", tensors)
            #expect(mlflow.headers[.model] == "churn/3" && inference.headers[.model] == "churn/3")
            return [
                single, "\(listID)-0", "\(listID)-1", (mlflow.headers[.predictionID] ?? "") + "-0",
                (inference.headers[.predictionID] ?? "") + "-0",
            ]
        }
        let log = try #require(fixture.log)
        let outcomes = ids.map { Outcome(subject: .prediction(id: $0), left: false) }
        let receipts = try await log.record(outcomes)
        #expect(receipts.map(\.prediction) == ids.map(Optional.some))
        #expect(try await log.counts().predictions == 5)
        #expect(try await fixture.ask("/metrics").text.contains("retain_log_written_total 5\n"))
    }

    @Test func `outcomes find what was predicted a moment ago`() async throws {
        let fixture = try ServiceFixture(hasLog: true)
        let customer = fixture.bank.objects[0].dropLast() + #", "Id": "k7"}"#
        let answers = try await fixture.ask { client in
            let predicted = try await client.execute(
                uri: "/predict",
                method: .post,
                body: ByteBuffer(string: String(customer))
            )
            let id = try predicted.member("prediction_id") ?? ""
            var answers: [String] = []
            for body in [
                #"[{"prediction_id":"\#(id)","left":true},{"customer":"k7","Left":"0"}]"#,
                #"{"customer":"k7","date":"2001-01-01","left":1}"#,
                #"{"prediction_id":"nobody","left":1,"treated":true,"treatment":"call"}"#,
                #"{"customer":"k7","date":"2199-01-01T00:00:00.5Z","left":false}"#,
            ] {
                let answer = try await client.execute(
                    uri: "/outcomes",
                    method: .post,
                    body: ByteBuffer(string: body)
                )
                #expect(answer.status == .ok)
                answers.append(answer.text)
            }
            return answers
        }
        #expect(
            answers[0].hasPrefix(#"{"recorded":2,"unmatched":[],"contradictions":["#)
                && answers[0].contains(#"{"index":1,"#) && !answers[0].contains(#"{"index":0,"#),
            "\(answers[0])"
        )
        #expect(answers[1].hasPrefix(#"{"recorded":0,"unmatched":[{"index":0,"problem":"#))
        #expect(answers[2].hasPrefix(#"{"recorded":0,"unmatched":[{"index":0,"problem":"#))
        #expect(answers[3].hasPrefix(#"{"recorded":1,"unmatched":[]"#))
    }

    @Test(arguments: [
        (#"{"left":true}"#, "either prediction_id or customer"),
        (#"{"prediction_id":"a","customer":"b","left":true}"#, "either prediction_id or customer"),
        (#"{"prediction_id":"a"}"#, "left"), (#"{"prediction_id":"a","left":"maybe"}"#, "left"),
        (#"{"prediction_id":"a","left":null}"#, "left"),
        (#"{"prediction_id":1,"left":1}"#, "prediction_id"),
        (#"{"customer":"a","left":1,"date":"24.11.2026"}"#, "date"),
        (#"{"customer":"a","left":1,"date":"2026-13-01"}"#, "date"),
        (#"{"customer":"a","left":1,"churned":1}"#, "churned"),
        (#"{"customer":"a","left":1,"left":1}"#, "more than once"),
        (#"{"customer":[],"left":1}"#, "customer"), (#"[1]"#, "not an object"),
        (#"{"customer":"a","left":1,"treated":"x"}"#, "treated"),
    ])
    func `what is wrong with an outcome is named`(body: String, word: String) async throws {
        let answer = try await ServiceFixture(hasLog: true).ask("/outcomes", .post, [:], body)
        #expect(
            answer.status == .unprocessableContent && answer.text.contains(word),
            "\(answer.text)"
        )
    }

    @Test func `without a log outcomes are refused and nothing is kept`() async throws {
        let fixture = try ServiceFixture()
        let answer = try await fixture.ask("/outcomes", .post, [:], #"{"customer":"a","left":1}"#)
        #expect(answer.status == .serviceUnavailable)
        let page = try await fixture.ask(isRecorded: false) { client in
            let body = ByteBuffer(string: fixture.bank.objects[0])
            _ = try await client.execute(uri: "/predict", method: .post, body: body)
            return try await client.execute(uri: "/metrics", method: .get)
        }
        #expect(page.sample("retain_log_queue_rows") == 0)
    }

    @Test func `what finds no room is dropped and counted, and the answer comes`() async throws {
        let fixture = try ServiceFixture(hasLog: true)
        let customer = fixture.bank.objects[0]
        let half = "[" + Array(repeating: customer, count: 50_000).joined(separator: ",") + "]"
        let page = try await fixture.ask(isRecorded: false) { client in
            for body in [half, half, customer, half] {
                let answer = try await client.execute(
                    uri: "/predict",
                    method: .post,
                    body: ByteBuffer(string: body)
                )
                #expect(answer.status == .ok)
            }
            return try await client.execute(uri: "/metrics", method: .get)
        }
        #expect(page.sample("retain_log_queue_rows") == 100_000)
        #expect(page.sample("retain_log_dropped_total{reason=\"queue_full\"}") == 50_001)
        // What waits is written down once somebody does.
        #expect(try await fixture.ask("/health").status == .ok)
        #expect(try await fixture.log?.counts().predictions == 100_000)
    }

    @Test func `a log that can't be written is told and the answers go on`() async throws {
        let fixture = try ServiceFixture(hasLog: true)
        try fixture.log?.close()
        let answer = try await fixture.ask("/predict", .post, [:], fixture.bank.objects[0])
        #expect(answer.status == .ok)
        #expect(
            try await fixture.ask("/metrics").text
                .contains("retain_log_dropped_total{reason=\"error\"} 1\n")
        )
    }

    @Test func `a shadow is asked the same and the difference is told`() async throws {
        let other = try SmallBank(seed: 2)
        let fixture = try ServiceFixture(
            hasLog: true,
            shadow: try ServedModel(other.saved, name: "churn", version: "4")
        )
        let body = "[\(fixture.bank.objects.joined(separator: ","))]"
        #expect(try await fixture.ask("/predict", .post, [:], body).status == .ok)
        let ours = try fixture.bank.saved.model.predict(fixture.bank.table)
        let theirs = try other.saved.model.predict(fixture.bank.table)
        let expected = zip(ours, theirs).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) }
        let page = try await fixture.ask("/metrics")
        #expect(page.sample("retain_shadow_info{name=\"churn\",version=\"4\"}") == 1)
        #expect(page.sample("retain_shadow_difference_count") == 101 && expected > 0.1)
        let sum = try #require(page.sample("retain_shadow_difference_sum"))
        #expect(abs(sum - expected) < 1e-9)
        for (served, name) in ["stays", "leaves"].enumerated() {
            for (shadow, otherName) in ["stays", "leaves"].enumerated() {
                let count = zip(ours, theirs).count { one, two in
                    (one >= 0.45) == (served == 1) && (two >= 0.45) == (shadow == 1)
                }
                let labels = "served=\"\(name)\",shadow=\"\(otherName)\""
                #expect(page.sample("retain_shadow_decisions_total{\(labels)}") == Double(count))
            }
        }
    }
}
