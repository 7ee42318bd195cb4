import ChurnModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import OpenAPI
import Serving
import Testing

@Suite struct ExplainRouteTests {
    /// The object of an answer.
    private func object(_ answer: TestResponse) throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
        return try #require(json as? [String: Any])
    }

    /// What a customer's explanation adds up to.
    private func sum(_ explanation: [String: Any]) throws -> Double {
        let base = try #require(explanation["base"] as? Double)
        let reasons = try #require(explanation["reasons"] as? [[String: Any]])
        let points = try reasons.map { try #require($0["points"] as? Double) }
        return base + points.reduce(0, +) + (explanation["others"] as? Double ?? 0)
    }

    @Test func `points add up to what is predicted`() async throws {
        let fixture = try ServiceFixture()
        let expected = try fixture.bank.saved.model.predict(fixture.bank.table)
        let many = "[" + fixture.bank.objects.prefix(100).joined(separator: ",") + "]"
        let answer = try await fixture.ask("/explain", .post, [:], many)
        #expect(answer.status == .ok)
        let all = try object(answer)
        #expect(all["model"] as? String == "churn" && all["model_version"] as? String == "3")
        #expect((all["note"] as? String)?.contains("not why a customer would leave") == true)
        let explanations = try #require(all["explanations"] as? [[String: Any]])
        #expect(explanations.count == 100)
        for (explanation, probability) in zip(explanations, expected) {
            let told = try #require(explanation["probability"] as? Double)
            #expect(abs(told - Double(probability)) < 1e-15)
            #expect(abs(try sum(explanation) - Double(probability)) < 1e-12)
            #expect((explanation["reasons"] as? [Any])?.count == 2)
            #expect((explanation["sentences"] as? [String])?.first?.hasPrefix("Score ") == true)
        }
    }

    @Test func `one customer gets one answer, with the identifier that was sent`() async throws {
        let fixture = try ServiceFixture()
        let customer = #"{"Id": "7", "Age": 200, "Land": "Spain"}"#
        let answer = try await fixture.ask(
            "/explain?reasons=1&language=pt-BR&levers=true&other=x",
            .post,
            [:],
            customer
        )
        #expect(answer.status == .ok)
        let explained = try object(answer)
        #expect(explained["identifier"] as? String == "7")
        #expect((explained["reasons"] as? [Any])?.count == 1 && explained["others"] is Double)
        #expect(explained["outside"] as? [String] == ["Age"])
        #expect(explained["levers"] is NSNull)
        #expect((explained["sentences"] as? [String])?.first?.hasPrefix("Escore de ") == true)
        #expect(abs(try sum(explained) - (explained["probability"] as? Double ?? 9)) < 1e-12)
        let again = try await fixture.ask(
            "/explain?reasons=1&language=pt-BR&levers=true",
            .post,
            [:],
            customer
        )
        #expect(again.text == answer.text)
    }

    @Test func `a prediction is the same with reasons and without`() async throws {
        let fixture = try ServiceFixture()
        for body in [fixture.bank.objects[0], "[\(fixture.bank.objects[1])]"] {
            let plain = try object(try await fixture.ask("/predict", .post, [:], body))
            let reasoned = try object(
                try await fixture.ask("/predict?reasons=1", .post, [:], body)
            )
            func prediction(_ answer: [String: Any]) -> [String: Any] {
                (answer["predictions"] as? [[String: Any]])?.first ?? answer
            }
            let (one, other) = (prediction(plain), prediction(reasoned))
            #expect(one["churn_probability"] as? Double == other["churn_probability"] as? Double)
            #expect(one["risk"] as? String == other["risk"] as? String)
            #expect((other["reasons"] as? [Any])?.count == 1 && other["base"] is Double)
            #expect(one["reasons"] == nil && one["base"] == nil)
        }
        // A plain query is no request for reasons.
        let queried = try await fixture.ask("/predict?x=1", .post, [:], fixture.bank.objects[0])
        #expect(try object(queried)["reasons"] == nil)
    }

    @Test func `KServe's form holds the same`() async throws {
        let fixture = try ServiceFixture()
        let path = "/v1/models/churn:explain"
        let body = "{\"instances\": [\(fixture.bank.objects[0]), \(fixture.bank.objects[1])]}"
        let answer = try await fixture.ask(path, .post, [:], body)
        #expect(answer.status == .ok && answer.headers[.model] == "churn/3")
        let all = try object(answer)
        let predictions = try #require(all["predictions"] as? [Double])
        let explanations = try #require(all["explanations"] as? [[String: Any]])
        #expect(predictions.count == 2)
        for (explanation, probability) in zip(explanations, predictions) {
            #expect(abs(try sum(explanation) - probability) < 1e-12)
        }
    }

    @Test(arguments: [
        ("/explain", "{", HTTPResponse.Status.badRequest),
        ("/explain", "[{}]", .unprocessableContent),
        ("/explain", "{\"Age\": \"old\"}", .unprocessableContent),
        ("/explain?reasons=0", "{}", .badRequest), ("/explain?reasons=x", "{}", .badRequest),
        ("/explain?pairs=99999", "{}", .badRequest), ("/explain?levers=maybe", "{}", .badRequest),
        ("/explain?language=fr", "{}", .badRequest), ("/predict?reasons=", "{}", .badRequest),
        ("/predict?reasons=2", "{}", .unprocessableContent),
        ("/v1/models/churn:explain", "{}", .badRequest),
        ("/v1/models/churn:explain", "{\"instances\": [{}]}", .badRequest),
        ("/v1/models/other:explain", "{\"instances\": []}", .notFound),
        ("/v1/models/:explain", "{}", .notFound), ("/v1/models/churn", "{}", .notFound),
        ("/v1/models/churn:predict", "{}", .notFound),
    ])
    func `what can't be explained is refused in words`(
        uri: String,
        body: String,
        status: HTTPResponse.Status
    ) async throws {
        let answer = try await ServiceFixture().ask(uri, .post, [:], body)
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.text.count > 20)
        let isKServe = uri.hasPrefix("/v1/models/churn:e") || uri.hasPrefix("/v1/models/o")
        #expect(try object(answer)["error"] is String == isKServe)
    }

    @Test func `nobody is explained to nobody`() async throws {
        let fixture = try ServiceFixture()
        #expect(try object(try await fixture.ask("/explain", .post, [:], "[]")).count == 5)
        let other = try await fixture.ask("/explain", .get)
        #expect(other.status == .methodNotAllowed)
    }

    @Test func `more customers than are explained at once are refused`() async throws {
        let fixture = try ServiceFixture()
        let many = "[" + fixture.bank.objects.joined(separator: ",") + "]"
        for uri in ["/explain", "/predict?reasons=1"] {
            let answer = try await fixture.ask(uri, .post, [:], many)
            #expect(answer.status == .contentTooLarge && answer.text.contains("these are 101"))
        }
        #expect(try await fixture.ask("/predict", .post, [:], many).status == .ok)
    }

    @Test(arguments: ["/explain", "/predict?reasons=2", "/v1/models/churn:explain"])
    func `a model without reference customers says so`(uri: String) async throws {
        let fixture = try ServiceFixture(explains: false)
        let body =
            uri.hasPrefix("/v1")
            ? "{\"instances\": [\(fixture.bank.objects[0])]}" : fixture.bank.objects[0]
        let answer = try await fixture.ask(uri, .post, [:], body)
        #expect(answer.status == .notImplemented && answer.text.contains("train it anew"))
        let plain = try await fixture.ask("/predict", .post, [:], fixture.bank.objects[0])
        #expect(plain.status == .ok)
    }

    @Test func `reasons have a rate of their own`() async throws {
        var limits = ServiceLimits()
        // So slow that no test takes long enough to be let in again.
        limits.explanationsPerSecond = 0.001
        let fixture = try ServiceFixture(limits: limits)
        let customer = fixture.bank.objects[0]
        let statuses = try await fixture.ask { client in
            var statuses: [Int] = []
            for uri in ["/explain", "/explain", "/predict?reasons=1", "/predict", "/predict"] {
                let answer = try await client.execute(
                    uri: uri,
                    method: .post,
                    body: ByteBuffer(string: customer)
                )
                statuses.append(answer.status.code)
            }
            return statuses
        }
        #expect(statuses == [200, 429, 429, 200, 200])
    }

    @Test func `reasons of a prediction need the scope of reasons, too`() async throws {
        let (secret, key) = APIKey.make(name: "crm", scopes: [.predict])
        let (other, both) = APIKey.make(name: "desk", scopes: [.predict, .explain])
        let fixture = try ServiceFixture(keys: APIKeys([key, both]))
        let customer = fixture.bank.objects[0]
        let refused = try await fixture.ask(
            "/predict?reasons=1",
            .post,
            [.apiKey: secret],
            customer
        )
        #expect(refused.status == .forbidden && refused.text.contains("scope explain"))
        let plain = try await fixture.ask("/predict", .post, [.apiKey: secret], customer)
        #expect(plain.status == .ok)
        let reasoned = try await fixture.ask(
            "/predict?reasons=1",
            .post,
            [.apiKey: other],
            customer
        )
        #expect(reasoned.status == .ok)
    }

    @Test func `an explanation is not recorded`() async throws {
        let fixture = try ServiceFixture(hasLog: true)
        let customer = fixture.bank.objects[0]
        let page = try await fixture.ask { client in
            _ = try await client.execute(
                uri: "/explain",
                method: .post,
                body: ByteBuffer(string: customer)
            )
            return try await client.execute(uri: "/metrics", method: .get)
        }
        let counts = page.text.split(separator: "\n").filter {
            $0.hasPrefix("retain_predictions_total") && !$0.hasSuffix(" 0")
        }
        #expect(counts.isEmpty, "\(counts)")
    }
}
