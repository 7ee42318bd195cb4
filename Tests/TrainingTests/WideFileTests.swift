import ChurnModel
import Features
import Foundation
import Kernels
import Schema
import TestSupport
import Testing
import Training

/// Files of very many columns.
@Suite struct WideFileTests {
    /// Customers of whom two columns tell who leaves, among many that tell nothing.
    private func customers(_ rows: Int, columns: Int, in folder: TemporaryFolder) throws -> String {
        var generator = SeededGenerator(seed: 23)
        let names = (0 ..< columns).map { "column \($0)" }
        var lines = [(["Exited", "plan", "usage"] + names).joined(separator: ",")]
        for _ in 0 ..< rows {
            let usage = generator.uniform()
            let plan = ["a", "b", "c"][Int(generator.below(3))]
            let noise = names.indices.map { place in
                place % 5 == 0 ? "x\(generator.below(4))" : "\(generator.uniform())"
            }
            let leaves = generator.uniform() < (plan == "b" ? 0.9 : 0.15) * (usage > 0.4 ? 1 : 0.2)
            lines.append(([leaves ? "1" : "0", plan, "\(usage)"] + noise).joined(separator: ","))
        }
        return try folder.file("wide.csv", lines.joined(separator: "\n") + "\n")
    }

    @Test(arguments: [ModelKind.fast, .best])
    func `networks see the columns that tell most, trees see all`(model: ModelKind) throws {
        let folder = try TemporaryFolder()
        let path = try customers(500, columns: 300, in: folder)
        let outcome = try TrainingWorkflowTests.trained(path, model: model) { $0.members = 2 }
        let features = outcome.model.schema.features.map(\.name)
        #expect(features.count == 302)
        #expect(outcome.record.importances.map(\.column) == features)
        for part in outcome.model.parts {
            let seen = part.features.features.map(\.name)
            #expect(seen.contains("plan"))
            #expect(seen.count <= 128)
        }
        let kept = outcome.record.importances.filter(\.isKept).map(\.column)
        #expect(Set(outcome.model.parts[0].features.features.map(\.name)) == Set(kept))
        if let trees = outcome.model.trees { #expect(trees.features.count == 302) }
    }

    @Test func `any threads give the same model`() throws {
        let folder = try TemporaryFolder()
        let path = try customers(200, columns: 160, in: folder)
        let outcomes = try [1, 3].map { threads in
            try TrainingWorkflowTests.trained(path, model: .best, threads: threads) {
                $0.members = 2
            }
        }
        #expect(outcomes[0].model == outcomes[1].model)
        #expect(outcomes[0].record == outcomes[1].record)
        #expect(outcomes[0].reference == outcomes[1].reference)
    }

    @Test func `where nothing helps, networks still see no more than they may`() throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 5)
        let names = (0 ..< 150).map { "n\($0)" }
        let lines = (0 ..< 160).map { _ in
            (["\(generator.below(2))"] + names.map { _ in "\(generator.uniform())" })
                .joined(separator: ",")
        }
        let header = (["Exited"] + names).joined(separator: ",")
        let path = try folder.file("noise.csv", ([header] + lines).joined(separator: "\n") + "\n")
        let outcome = try TrainingWorkflowTests.trained(path, model: .fast) { $0.members = 2 }
        #expect((1 ... 128).contains(outcome.model.parts[0].features.features.count))
    }
}
