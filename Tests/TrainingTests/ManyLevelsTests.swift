import Evaluation
import Foundation
import NeuralNetwork
import Schema
import TestSupport
import Testing
import Training

/// Cities by the hundred: they help where they tell something, and do no harm where they are noise.
@Suite struct ManyLevelsTests {
    /// Invented customers of 400 cities; a city's log-odds of leaving vary by `deviation`.
    private func customers(_ folder: TemporaryFolder, deviation: Double) throws -> String {
        var random = Numbers(state: 11)
        let effects = (0 ..< 400).map { _ in
            // The sum of four uniform numbers is near enough to normal.
            (0 ..< 4).reduce(0.0) { sum, _ in sum + Double.random(in: -1 ... 1, using: &random) }
                * deviation * 0.87
        }
        var text = "id,tenure,city,left\n"
        for number in 0 ..< 4_000 {
            let tenure = Int.random(in: 0 ... 72, using: &random)
            let city = Int.random(in: 0 ..< 400, using: &random)
            let odds = -0.8 - 0.03 * Double(tenure - 36) + effects[city]
            let left = Double.random(in: 0 ..< 1, using: &random) < 1 / (1 + exp(-odds))
            text += "K\(100_000 + number),\(tenure),City \(city),\(left ? "yes" : "no")\n"
        }
        return try folder.file("customers.csv", text)
    }

    private struct Numbers: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// Log loss on rows held out, with the cities and without.
    private func losses(
        _ path: String,
        _ model: ModelKind
    ) throws -> (with: Double, without: Double) {
        let (data, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "left"),
            threads: 2
        )
        #expect(inferred.schema.features.map(\.name) == ["tenure", "city"])
        var project = Project(schema: inferred.schema, training: TrainingSettings(model))
        project.training.loop.epochs = 12
        project.training.members = min(2, project.training.members)
        project.training.hidden = [16]
        let with = try TrainingWorkflow(project, seed: 1, threads: 2).run(data)
        let place = try #require(project.schema.columns.firstIndex { $0.name == "city" })
        project.schema.columns[place].role = .ignored
        let other = try CustomerData(path, schema: project.schema, threads: 2)
        let without = try TrainingWorkflow(project, seed: 1, threads: 2).run(other)
        return (
            try #require(with.record.test?.metrics[.logLoss]?.value),
            try #require(without.record.test?.metrics[.logLoss]?.value)
        )
    }

    @Test(arguments: [ModelKind.seed, .best])
    func `cities that tell something are learned from`(model: ModelKind) throws {
        let folder = try TemporaryFolder()
        let losses = try losses(customers(folder, deviation: 1.3), model)
        #expect(losses.with < losses.without - 0.03, "\(losses)")
    }

    @Test(arguments: [ModelKind.seed, .best])
    func `cities that are noise do no harm`(model: ModelKind) throws {
        let folder = try TemporaryFolder()
        let losses = try losses(customers(folder, deviation: 0), model)
        #expect(losses.with < losses.without + 0.003, "\(losses)")
    }
}
