import ChurnModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Record
import Schema
import Serving
import Testing

/// Why scores moved, as `/explain` tells it.
@Suite struct MoveRouteTests {
    private func object(_ answer: TestResponse) throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Data(answer.body.readableBytesView))
        return try #require(json as? [String: Any])
    }

    /// What a move adds up to.
    private func sum(_ move: [String: Any]) throws -> Double {
        let changes = try #require(move["changes"] as? [[String: Any]])
        let numbers = try [move["from"], move["model"], move["calibration"]].map {
            try #require($0 as? Double)
        }
        return try changes.reduce(numbers.reduce(0, +)) {
            $0 + (try #require($1["points"] as? Double))
        } + (move["others"] as? Double ?? 0)
    }

    private func probability(_ fixture: ServiceFixture, _ customer: String) async throws -> Double {
        let answer = try await fixture.ask("/predict", .post, [:], customer)
        return try #require(try object(answer)["churn_probability"] as? Double)
    }

    @Test func `a customer's move goes from the one score to the other`() async throws {
        let fixture = try ServiceFixture()
        let (old, new) = (#"{"Age": 25, "Land": "Spain"}"#, #"{"Age": 80, "Land": "Germany"}"#)
        let answer = try await fixture.ask(
            "/explain?reasons=1",
            .post,
            [:],
            #"{"customer": \#(new), "before": \#(old)}"#
        )
        #expect(answer.status == .ok, "\(answer.text)")
        let move = try #require(try object(answer)["move"] as? [String: Any])
        let (from, to) = try await (probability(fixture, old), probability(fixture, new))
        #expect(abs(try #require(move["from"] as? Double) - from) < 1e-7)
        #expect(abs(try #require(move["to"] as? Double) - to) < 1e-7)
        #expect(abs(try sum(move) - (move["to"] as? Double ?? 9)) < 1e-12)
        #expect((move["changes"] as? [Any])?.count == 2 && move["since"] == nil)
        #expect((move["sentence"] as? String)?.hasPrefix("From ") == true)
        // Without an earlier time there is no word of moves.
        let plain = try await fixture.ask("/explain", .post, [:], new)
        #expect(!plain.text.contains("move"))
    }

    @Test func `many have a move each, in the order of the request`() async throws {
        let fixture = try ServiceFixture()
        let answer = try await fixture.ask(
            "/explain?language=pt-BR",
            .post,
            [:],
            #"""
            {"customers": [{"Age": 50, "Land": "Spain"}, {"Age": 30, "Land": "Germany"}],
             "before": [{"Age": 50, "Land": "Spain"}, {"Age": 99, "Land": "Germany"}]}
            """#
        )
        let explanations = try #require(
            try object(answer)["explanations"] as? [[String: Any]]
        )
        let moves = try explanations.map { try #require($0["move"] as? [String: Any]) }
        #expect(moves.map { ($0["changes"] as? [Any])?.count } == [0, 1])
        #expect(moves[0]["from"] as? Double == moves[0]["to"] as? Double)
        #expect((moves[1]["sentence"] as? String)?.hasPrefix("De ") == true)
    }

    @Test(arguments: [
        ("/explain", #"{"customers": [{"Age": 50, "Land": "Spain"}], "before": []}"#, 422),
        ("/explain", #"{"before": [{"Age": 50, "Land": "Spain"}]}"#, 422),
        ("/explain?before=then", #"{"Age": 50, "Land": "Spain"}"#, 400),
        // There is no record.
        ("/explain?before=record", #"{"Age": 50, "Land": "Spain"}"#, 400),
        (
            "/explain?before=record",
            #"{"customer": {"Age": 50, "Land": "Spain"}, "before": {"Age": 50, "Land": "Spain"}}"#,
            400
        ),
    ])
    func `what is no earlier time is refused`(uri: String, body: String, status: Int) async throws {
        let answer = try await ServiceFixture().ask(uri, .post, [:], body)
        #expect(answer.status.code == status && answer.text.contains("before"), "\(answer.text)")
    }

    @Test func `the record knows how customers were`() async throws {
        let fixture = try ServiceFixture(hasLog: true)
        let old = #"{"Id": "k7", "Age": 25, "Land": "Spain"}"#
        let new = #"{"Id": "k7", "Age": 80, "Land": "Spain"}"#
        let (from, to) = try await (probability(fixture, old), probability(fixture, new))
        let body =
            #"[\#(new), {"Id": "k8", "Age": 80, "Land": "Spain"}, {"Age": 80, "Land": "Spain"}]"#
        let answer = try await fixture.ask("/explain?before=record", .post, [:], body)
        #expect(answer.status == .ok, "\(answer.text)")
        let explanations = try #require(
            try object(answer)["explanations"] as? [[String: Any]]
        )
        // The latest prediction is as the customer is now; the one before was another.
        let move = try #require(explanations[0]["move"] as? [String: Any])
        #expect(abs(try #require(move["from"] as? Double) - from) < 1e-7)
        #expect(abs(try #require(move["to"] as? Double) - to) < 1e-7)
        #expect((move["changes"] as? [[String: Any]])?.first?["column"] as? String == "Age")
        #expect((move["since"] as? String) == Day.today.description)
        #expect((move["sentence"] as? String)?.hasPrefix("Since ") == true)
        #expect(explanations[1]["move"] is NSNull && explanations[2]["move"] is NSNull)
        let notes = explanations.dropFirst().map { $0["move_note"] as? String ?? "" }
        #expect(notes[0].contains("nothing of this customer") && notes[1].contains("no identifier"))
    }

    @Test(arguments: [true, false])
    func `another model's prediction is told while that model is at hand`(
        isHeld: Bool
    ) async throws {
        let other = try ServedModel(SmallBank(seed: 2).saved, name: "churn", version: "4")
        let first = try ServiceFixture(hasLog: true)
        let customer = #"{"Id": "k7", "Age": 60, "Land": "Spain"}"#
        let from = try await probability(first, customer)
        let held = try ServedModel(first.bank.saved, name: "churn", version: "3")
        let second = try ServiceFixture(
            model: other,
            log: first.log,
            shadow: isHeld ? held : nil
        )
        let answer = try await second.ask("/explain?before=record", .post, [:], customer)
        let explained = try object(answer)
        guard isHeld else {
            #expect(explained["move"] is NSNull)
            #expect((explained["move_note"] as? String)?.contains("churn/3") == true)
            return
        }
        let move = try #require(explained["move"] as? [String: Any])
        #expect(abs(try #require(move["from"] as? Double) - from) < 1e-7)
        #expect((move["changes"] as? [Any])?.isEmpty == true)
        #expect((move["model"] as? Double ?? 0).magnitude > 1e-3)
        #expect(abs(try sum(move) - (move["to"] as? Double ?? 9)) < 1e-12)
    }
}
