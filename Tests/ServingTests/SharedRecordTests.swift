import Campaign
import Foundation
import HTTPTypes
import HummingbirdTesting
import Record
import Serving
import TestSupport
import Testing

/// Two services with one record.
@Suite(.serialized) struct SharedRecordTests {
    private let watching = DriftWatching(pause: .zero, windowRows: 300)

    private func drift(_ fixture: ServiceFixture) async throws -> [String: Any] {
        let text = try await fixture.ask("/drift").text
        return try #require(
            try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        )
    }

    private func predict(_ fixture: ServiceFixture, times: Int) async throws {
        let body = "[\(fixture.bank.objects.joined(separator: ","))]"
        for _ in 0 ..< times {
            #expect(try await fixture.ask("/predict", .post, [:], body).status == .ok)
        }
    }

    private func rows(_ answer: [String: Any]) -> Int {
        ((answer["columns"] as? [[String: Any]])?.first?["rows"] as? Int) ?? 0
    }

    @Test func `one looks for drift at the traffic of both, and the other takes over`() async throws
    {
        let one = try ServiceFixture(hasLog: true, watch: watching)
        let path = one.folder.path + "/retain.db"
        let log = try #require(one.log)
        let other = try ServiceFixture(log: try openRecord(path), watch: watching)
        let count = one.bank.objects.count
        // Somebody else has the lease, for longer than a test may last: what comes here waits for that one.
        let name = "drift \(try ServedModel(one.bank.saved, name: "churn").digest)"
        let now = Int64(Date.now.timeIntervalSince1970 * 1000)
        #expect(try await log.takeLease(name, holder: "elsewhere", now: now, for: 86_400_000))
        try await predict(one, times: 1)
        #expect(try await drift(one)["looks"] as? Int == 0)
        // It dies, and is missed after a while.
        #expect(try await log.takeLease(name, holder: "elsewhere", now: now, for: 0))
        try await predict(other, times: 1)
        let taken = try await drift(other)
        #expect(taken["looks"] as? Int == 1)
        #expect(rows(taken) == 2 * count, "\(taken)")
        // The first one goes on from what the other knows.
        try await predict(one, times: 1)
        let back = try await drift(one)
        #expect(back["looks"] as? Int == 2)
        #expect(rows(back) == 3 * count, "\(back)")
        try other.log?.close()
    }

    @Test func `both write, and each joins outcomes to predictions of the other`() async throws {
        let one = try ServiceFixture(hasLog: true)
        let other = try ServiceFixture(log: try openRecord(one.folder.path + "/retain.db"))
        let customer = one.bank.objects[0].dropLast() + #", "Id": "k7"}"#
        #expect(try await one.ask("/predict", .post, [:], String(customer)).status == .ok)
        let body = #"{"customer":"k7","left":true,"contacted":true,"cost":2.5,"by":"crm"}"#
        let answer = try await other.ask("/outcomes", .post, [:], body)
        #expect(answer.text == #"{"recorded":1,"unmatched":[]}"#)
        let again = try await one.ask("/outcomes", .post, [:], body)
        #expect(again.text == #"{"recorded":1,"unmatched":[],"repeated":1}"#)
        let page = try await one.ask("/metrics").text
        #expect(page.contains("retain_outcomes_total{result=\"recorded\"} 1\n"))
        #expect(try await one.log?.counts().outcomes == 1)
        try other.log?.close()
    }

    @Test func `a held-out customer who was contacted is named`() async throws {
        let fixture = try ServiceFixture(hasLog: true)
        let log = try #require(fixture.log)
        try await log.add(
            .init(name: "autumn", created: 0, horizonDays: 10, keyID: "k", decision: "{}"),
            members: [
                .init(
                    customer: "h",
                    arm: .heldOut,
                    block: 0,
                    rank: 1,
                    offer: "rebate",
                    probability: 0.5,
                    value: 1,
                    expectedProfit: 1,
                    expectedCost: 1
                )
            ]
        )
        let answer = try await fixture.ask(
            "/outcomes",
            .post,
            [:],
            #"[{"customer":"h","left":false,"contacted":true},{"customer":"n","left":true}]"#
        )
        #expect(answer.text.contains(#""recorded":1,"unmatched":[{"index":1,"#), "\(answer.text)")
        #expect(answer.text.contains(#""held_out":[{"index":0,"problem":"#), "\(answer.text)")
        #expect(answer.text.contains("autumn"))
    }

    @Test func `performance tells what came true and what is below`() async throws {
        let fixture = try ServiceFixture(hasLog: true, watch: watching)
        let log = try #require(fixture.log)
        let objects = fixture.bank.objects
        let customers = (0 ..< 400).map { number in
            String(objects[number % objects.count].dropLast() + #", "Id": "k\#(number)"}"#)
        }
        let body = "[\(customers.joined(separator: ","))]"
        #expect(try await fixture.ask("/predict", .post, [:], body).status == .ok)
        let early = try await fixture.ask("/performance").text
        #expect(early.contains(#""below":false"#) && early.contains(#""checks":[]"#), "\(early)")
        #expect(early.contains(#""expected":{"#) && early.contains(#""money":{"#), "\(early)")
        // Everybody but 30 left: no model of a bank says that.
        try await log.record(
            (0 ..< 400).map { Outcome(subject: .customer("k\($0)"), left: $0 >= 30) }
        )
        let late = try await fixture.ask("/performance").text
        #expect(late.contains(#""below":true"#) && late.contains(#""outcomes":400"#), "\(late)")
        #expect(late.contains("calibration_in_the_large"))
        let page = try await fixture.ask("/metrics").text
        #expect(page.contains("retain_performance_below{check=\"calibration_in_the_large\"} 1\n"))
        #expect(page.contains("retain_performance_outcomes 400\n"))
    }
}
