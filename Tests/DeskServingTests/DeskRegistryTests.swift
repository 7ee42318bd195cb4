import ChurnModel
import Desk
import DeskServing
import Foundation
import Lifecycle
import Record
import Serving
import TestSupport
import Testing
import Tracking
import Training

/// What the desk tells of versions and of drift, from a real registry and a real record.
@Suite struct DeskRegistryTests {
    private func register(_ saved: SavedModel, in store: LocalStore) async throws {
        let files = try ModelFolder.files(
            saved.model,
            metrics: saved.record(),
            card: saved.card,
            reference: saved.reference
        )
        let run = try await store.createRun(
            NewRun(experimentID: "0", name: "r", user: "u", start: 1)
        )
        let logged = try await store.logModel(named: "model", in: run.id) { _ in
            files.map { ArtifactFile(path: $0.path, bytes: $0.bytes) }
        }
        _ = try await store.createVersion(
            NewModelVersion(name: "churn", model: logged, runID: run.id)
        )
    }

    @Test func `versions tell what the gate said, and who would enter the list`() async throws {
        let desk = try DeskFixture(isTracked: true)
        let store = try LocalStore(desk.folder.path + "/mlflow.db")
        try await store.createRegisteredModel("churn", description: "")
        try await register(desk.service.current.saved, in: store)
        let other = try DeskFixture.model("other", in: desk.folder, epochs: 1, seed: 43)
        try await register(other, in: store)
        let bounds = PromotionBounds()
        let promotion = ModelPromotion(store, name: "churn", who: "ada") { 1_700_000_000_000 }
        let judged = try desk.folder.customers(3_000, seed: 9)
        for version in 1 ... 2 {
            _ = try await promotion.promote(
                version,
                through: PromotionGate(bounds),
                on: try CustomerFile(judged, threads: 2),
                why: ""
            )
        }
        let trail = try await promotion.trail()
        #expect(trail.entries.map(\.event.action) == [.promote, .refuse])
        try await desk.campaign()
        let page = await desk.get("/desk/model").text
        #expect(page.contains("let through on 14\u{A0}Nov\u{A0}2023 by ada"))
        #expect(page.contains("refused on 14\u{A0}Nov\u{A0}2023: "))
        #expect(page.contains("ranking (AUC): 0."))
        #expect(!page.contains("Who would enter"))
        let moves = await desk.get("/desk/model?against=2").text
        #expect(moves.contains("The 48 of highest risk among 2,000 customers"))
        let count = try #require(moves.firstMatch(of: /Enter: (\d+)/).map { Int($0.output.1) })
        #expect(try #require(count) > 0)
        #expect(await desk.get("/desk/model?against=9").status == 200)
    }

    @Test func `drift tells its history and compares whole rows`() async throws {
        let desk = try DeskFixture()
        try await desk.campaign()
        let day: Int64 = 86_400_000
        let now = Int64(Date.now.timeIntervalSince1970 * 1_000)
        func entry(_ ago: Int64, _ column: String, _ isDrifted: Bool, model: String) -> AuditEntry {
            AuditEntry(
                time: now - ago * day,
                kind: "drift.verdict.changed",
                detail: """
                    {"model": "\(model)", "changed": {"column": "\(column)", "drift": \(isDrifted)}}
                    """
            )
        }
        #expect(await desk.get("/desk/drift").text.contains("No verdict has changed so far."))
        let label = desk.service.current.label
        try await desk.record.keep(
            [
                entry(9, "Age", true, model: label), entry(7, "Balance", true, model: label),
                entry(5, "Tenure", true, model: "another"), entry(3, "Age", false, model: label),
            ],
            state: Data(),
            named: "test"
        )
        let page = await desk.get("/desk/drift").text
        #expect(page.contains("now 1."))
        let rows = await desk.get("/desk/drift?rows=1").text
        #expect(rows.contains("Whole rows told apart") && rows.contains("0.5 is not at all."))
    }
}
