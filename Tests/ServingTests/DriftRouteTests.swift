import ChurnModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import NIOCore
import Record
import Serving
import Testing

/// Traffic of a made-up bank, watched against the 101 rows that its model learned from.
@Suite struct DriftRouteTests {
    private let watching = DriftWatching(pause: .zero, windowRows: 300)
    private let webhooks = WebhookQueue(
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )

    private struct Answer: Decodable {
        struct Column: Decodable {
            var column: String
            var drift: Bool
            var effect: Double
            var leastEffect: Double
            var evidence: Double
            var evidenceNeeded: Double
            var rows: Int
            var sinceLook: Int?
        }
        var drift: Bool
        var looks: Int
        var windowRows: Int
        var columns: [Column]
        var drifted: Set<String> { Set(columns.filter(\.drift).map(\.column)) }
    }

    private func fixture(_ log: (any RecordStore)? = nil) throws -> ServiceFixture {
        try ServiceFixture(hasLog: log == nil, log: log, watch: watching, webhooks: webhooks)
    }

    private func drift(_ fixture: ServiceFixture) async throws -> Answer {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        let answer = try await fixture.ask("/drift")
        #expect(answer.status == .ok)
        return try decoder.decode(Answer.self, from: Data(answer.text.utf8))
    }

    private func predict(_ objects: [String], times: Int, _ fixture: ServiceFixture) async throws {
        for _ in 0 ..< times {
            let body = "[\(objects.joined(separator: ","))]"
            #expect(try await fixture.ask("/predict", .post, [:], body).status == .ok)
        }
    }

    /// The customers from sixty on.
    private func old(_ fixture: ServiceFixture) -> [String] {
        fixture.bank.objects.filter { object in
            object.firstMatch(of: #/"Age": ([0-9.]+)/#).flatMap { Double($0.1) }.map { $0 > 60 }
                ?? false
        }
    }

    @Test func `traffic like the reference changes nothing, another does`() async throws {
        let fixture = try fixture()
        let log = try #require(fixture.log)
        #expect(try await drift(fixture).looks == 0)
        try await predict(fixture.bank.objects, times: 8, fixture)
        let before = try await drift(fixture)
        #expect(!before.drift && before.looks == 8 && before.windowRows == 300)
        #expect(Set(before.columns.map(\.column)) == ["Age", "Land", "score"])
        #expect(before.columns.allSatisfy { $0.effect < 0.01 && $0.rows >= 300 })
        #expect(try await log.audit(newest: 9).isEmpty)

        try await predict(old(fixture), times: 8, fixture)
        let after = try await drift(fixture)
        #expect(after.drifted.contains("Age") && !after.drifted.contains("Land"))
        let age = try #require(after.columns.first)
        #expect(age.column == "Age" && age.effect > 0.4 && age.evidence > age.evidenceNeeded)
        #expect((9 ... 11).contains(age.sinceLook ?? 0))
        let page = try await fixture.ask("/metrics")
        #expect(page.sample("retain_drift_verdict{column=\"Age\"}") == 1)
        #expect(page.sample("retain_drift_verdict{column=\"Land\"}") == 0)
        #expect((page.sample("retain_drift_evidence_ratio{column=\"Age\"}") ?? 0) >= 1)
        #expect(page.sample("retain_drift_effect_ratio{column=\"Age\"}") == age.effect)
        // Told when it changed, and not each time.
        let told = try await log.audit(newest: 9)
        #expect(told.count == after.drifted.count)
        #expect(
            told.allSatisfy {
                $0.kind == "drift.verdict.changed" && $0.detail.contains("\"drift\":true")
            }
        )
        #expect(page.sample("retain_webhooks_total{result=\"dropped\"}") == 0)

        try await predict(fixture.bank.objects, times: 12, fixture)
        #expect(try await drift(fixture).drifted.isEmpty)
        #expect(try await log.audit(newest: 9).count == 2 * told.count)
    }

    @Test func `expected and realised performance stand beside each other`() async throws {
        let fixture = try fixture()
        let customer = fixture.bank.objects[0].dropLast()
        for (id, left, treated) in [("a", true, false), ("b", false, false), ("c", true, true)] {
            let body = "\(customer), \"Id\": \"\(id)\"}"
            #expect(try await fixture.ask("/predict", .post, [:], body).status == .ok)
            let outcome = #"{"customer":"\#(id)","left":\#(left),"treated":\#(treated)}"#
            #expect(
                try await fixture.ask("/outcomes", .post, [:], outcome).text.contains(
                    "\"recorded\":1"
                )
            )
        }
        let answer = try await fixture.ask("/drift")
        let json = try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any]
        let performance = try #require(json?["performance"] as? [String: Any])
        let probability = try Double(fixture.bank.saved.model.predict(fixture.bank.table)[0])
        let expected = try #require(performance["expected"] as? [String: Any])
        let rate = (expected["leaver_rate"] as? [String: Any])?["value"] as? Double
        #expect(expected["rows"] as? Int == 3 && abs((rate ?? 0) - probability) < 1e-6)
        // Whoever was offered something says nothing of how good the model is.
        let weeks = try #require(performance["weeks"] as? [[String: Any]])
        #expect(
            weeks.count == 1 && weeks[0]["rows"] as? Int == 2 && weeks[0]["leavers"] as? Int == 1
        )
        #expect((performance["money"] as? [String: Any])?["difference"] as? Double != nil)
    }

    @Test func `a new process goes on where the last one ended`() async throws {
        let first = try fixture()
        try await predict(first.bank.objects, times: 2, first)
        try await predict(old(first), times: 8, first)
        let known = try await drift(first)
        let log = try #require(first.log)
        let second = try fixture(log)
        // The watch takes up its work with the first prediction.
        try await predict(Array(old(second).prefix(1)), times: 1, second)
        let goesOn = try await drift(second)
        #expect(goesOn.looks == known.looks + 1 && goesOn.drifted == known.drifted)
        #expect(try await log.audit(newest: 9).count == known.drifted.count)
    }

    @Test func `what was kept and can't be read is told and begun anew`() async throws {
        let first = try fixture()
        let log = try #require(first.log)
        let name = "drift \(first.bank.saved.digest)"
        try await log.keep([], state: Data("rubbish".utf8), named: name)
        try await predict(first.bank.objects, times: 1, first)
        #expect(try await drift(first).looks == 1)
        #expect(try await log.state(named: name)?.first == UInt8(ascii: "{"))
    }

    @Test func `another model is watched anew`() async throws {
        let fixture = try fixture()
        try await predict(old(fixture), times: 8, fixture)
        #expect(try await drift(fixture).drift)
        let registry = Registry()
        let refresh = ServiceRefresh(fixture.service, model: registry.source)
        registry.point(
            at: "4",
            .success(try ServedModel(try SmallBank(seed: 2).saved, name: "churn", version: "4"))
        )
        #expect(await refresh.now())
        try await predict(fixture.bank.objects, times: 1, fixture)
        let anew = try await drift(fixture)
        #expect(!anew.drift && anew.looks == 1)
    }

    @Test func `without a watch there is nothing to tell`() async throws {
        let fixture = try ServiceFixture()
        #expect(try await fixture.ask("/drift").status == .notFound)
        #expect(try await !fixture.ask("/metrics").text.contains("retain_drift"))
    }
}
