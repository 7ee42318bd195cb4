import ChurnModel
import Foundation
import Lifecycle
import NeuralNetwork
import TestSupport
import Testing
import Tracking
import Training

@Suite struct ModelPromotionTests {
    /// A registered model in a store of its own.
    private struct Registry {
        let models: GateModels
        let store: LocalStore
        let promotion: ModelPromotion
        private let gate = PromotionGate(PromotionBounds())

        init() async throws {
            models = try GateModels()
            store = try LocalStore(models.folder.path + "/mlflow.db")
            try await store.createRegisteredModel("churn", description: "")
            promotion = ModelPromotion(store, name: "churn", who: "ada") { 1_700_000_000_000 }
        }

        @discardableResult
        func register(_ saved: SavedModel) async throws -> Int {
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
            return try await store.createVersion(
                NewModelVersion(name: "churn", model: logged, runID: run.id)
            ).version
        }

        func promote(_ version: Int, why: String = "") async throws -> GateReport {
            try await promotion.promote(version, through: gate, on: models.others(), why: why)
        }

        var champion: Int? {
            get async throws { try await store.version(alias: "champion", of: "churn")?.version }
        }
    }

    @Test func `the champion moves only through the gate`() async throws {
        let registry = try await Registry()
        let good = registry.models.good
        try await registry.register(good)
        try await registry.register(registry.models.bad())
        try await registry.register(good)
        try await registry.promotion.noteRegistration(of: 3, why: "")
        #expect(try await registry.promote(1, why: "first").passed)
        #expect(try await registry.champion == 1)
        let refused = try await registry.promote(2)
        #expect(!refused.passed && refused.champion == "version 1 of churn")
        #expect(try await registry.champion == 1)
        #expect(try await registry.promote(3).passed)
        #expect(try await registry.champion == 3)

        let trail = try await registry.promotion.trail()
        #expect(trail.entries.map(\.event.action) == [.register, .promote, .refuse, .promote])
        #expect(trail.entries.map(\.event.version) == [3, 1, 2, 3])
        #expect(trail.entries[1].event.why == "first" && trail.entries[1].event.who == "ada")
        #expect(trail.entries[2].event.gate?.passed == false)
        #expect(trail.remarks.isEmpty)
        await #expect(throws: PromotionError.alreadyChampion(name: "churn", version: 3)) {
            try await registry.promote(3)
        }

        #expect(try await registry.promotion.rollback(why: "calls") == 1)
        #expect(try await registry.champion == 1)
        await #expect(throws: PromotionError.noEarlierChampion(name: "churn", champion: 1)) {
            try await registry.promotion.rollback(why: "")
        }
    }

    @Test func `a champion moved by hand is flagged and must pass the gate`() async throws {
        let registry = try await Registry()
        try await registry.register(registry.models.good)
        try await registry.register(registry.models.bad())
        #expect(try await registry.promote(1).passed)
        try await registry.store.setAlias("champion", of: "churn", to: 2)
        #expect(try await registry.promotion.trail().remarks.count == 1)
        // Judged against the last champion that passed.
        let report = try await registry.promote(2)
        #expect(!report.passed && report.champion == "version 1 of churn")
        #expect(try await registry.promotion.rollback(why: "") == 1)
        #expect(try await registry.champion == 1)
        #expect(try await registry.promotion.trail().remarks.isEmpty)
    }

    @Test func `a service can tell whether the champion passed the gate`() async throws {
        let registry = try await Registry()
        try await registry.register(registry.models.good)
        try await registry.register(registry.models.good)
        func check(_ number: Int, _ alias: String = "champion") async throws {
            let version = try await registry.store.version(number, of: "churn")
            try await registry.store.checkGate(#require(version), under: alias)
        }
        try await registry.store.setAlias("champion", of: "churn", to: 1)
        await #expect(throws: UngatedChampion(name: "churn", version: 1)) { try await check(1) }
        #expect(try await registry.promote(1).passed)
        try await check(1)

        try await registry.store.setAlias("champion", of: "churn", to: 2)
        await #expect(throws: UngatedChampion(name: "churn", version: 2)) { try await check(2) }
        // Who may be asked beside the champion has no gate.
        try await check(2, "challenger")
        #expect(try await registry.promote(2).passed)
        try await check(2)
        // An earlier champion was judged in its time.
        try await registry.store.setAlias("champion", of: "churn", to: 1)
        try await check(1)
    }

    @Test func `the training file is found for the gate`() async throws {
        let registry = try await Registry()
        try await registry.register(registry.models.good)
        let path = try await registry.promotion.trainingData(
            of: 1,
            below: [registry.models.folder.path]
        )
        #expect(path == registry.models.path)
    }

    @Test func `what is not there is named`() async throws {
        let registry = try await Registry()
        let error = await #expect(throws: TrackingError.self) { try await registry.promote(9) }
        #expect(error?.kind == .notFound && error?.problem.contains("version 9") == true)
        let other = ModelPromotion(registry.store, name: "no", who: "a") { 0 }
        let missing = await #expect(throws: TrackingError.self) { try await other.trail() }
        #expect(missing?.problem.contains("retain models list") == true)
    }
}
