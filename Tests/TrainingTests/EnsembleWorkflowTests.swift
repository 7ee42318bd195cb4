import ChurnModel
import Evaluation
import Features
import Foundation
import NeuralNetwork
import Schema
import Simulation
import Tabular
import TestSupport
import Testing
import Training

/// `fast` and `best`, from rows to a calibrated model.
@Suite struct EnsembleWorkflowTests {
    @Test(arguments: [ModelKind.fast, .best])
    func `the record tells what was found`(model: ModelKind) throws {
        let folder = try TemporaryFolder()
        let outcome = try TrainingWorkflowTests.trained(folder.customers(2_000), model: model)
        let record = outcome.record
        let encodings = record.blend?.networks ?? model.encodings
        #expect(outcome.model.parts.count == encodings.count)
        #expect(record.histories.count == encodings.count)
        #expect(encodings == model.encodings || encodings.count == 1)
        #expect(record.histories.allSatisfy { $0.epochs.count == 5 })
        let features = outcome.model.schema.features.map(\.name)
        #expect(record.importances.map(\.column) == features)
        let kept = record.importances.filter(\.isKept).map(\.column)
        #expect(kept.contains("Age") && kept.contains("NumOfProducts"))
        let usesAll = record.blend?.usesAllColumns ?? false
        #expect(usesAll ? kept.count == features.count : kept.count < features.count)
        #expect((record.blend == nil) == (model == .fast))
        if let blend = record.blend {
            #expect(blend.rows == record.data.trainingRows)
            #expect(blend.ensembles.count == 2)
            for ensemble in blend.ensembles {
                #expect(ensemble.curve.min() == ensemble.curve[ensemble.trees - 1])
            }
            #expect(blend.logLoss <= min(blend.networksLogLoss, blend.treesLogLoss) + 0.01)
            #expect(abs(blend.gains.reduce(0) { $0 + $1.share } - 1) < 1e-9)
            #expect(outcome.model.trees?.weight ?? 0 == blend.treesWeight)
        }
        #expect(Set(outcome.model.parts[0].features.features.map(\.name)) == Set(kept))
        #expect([1, 2, 4].contains(record.adaptation.decayFactor))

        let calibration = try #require(record.calibration)
        #expect(calibration.rows == record.data.trainingRows)
        #expect(calibration.calibration == outcome.model.calibration)
        let coverage = try #require(record.coverage)
        #expect(coverage.rows == record.data.testRows && coverage.target == 0.9)
        #expect(coverage.coverage ?? 0 > 0.85)
        #expect(coverage.answers.reduce(0) { $0 + $1.rows } == coverage.rows)
    }

    @Test func `any threads give the same model`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(600)
        let outcomes = try [1, 2, 3].map {
            try TrainingWorkflowTests.trained(path, model: .best, threads: $0)
        }
        #expect(outcomes[0].model == outcomes[1].model && outcomes[0].model == outcomes[2].model)
        #expect(outcomes[0].record == outcomes[1].record)
    }

    @Test func `a saved model is the model and scores the same`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(600)
        let outcome = try TrainingWorkflowTests.trained(path, model: .best)
        try outcome.save(to: folder.path + "/model")
        let saved = try ModelFolder.load(from: folder.path + "/model")
        #expect(saved.model == outcome.model)
        #expect(try saved.record() == outcome.record)
        let data = try CustomerData(path, schema: saved.model.schema, threads: 1)
        let together = try outcome.model.predict(data.table)
        #expect(try saved.model.predict(data.table) == together)
        for row in [0, 7, 599] {
            #expect(try saved.model.predict(data.table.selecting([row])) == [together[row]])
        }
    }

    /// With so few rows the recipe for many would learn noise; it must not, without a setting changed.
    @Test(arguments: [500, 1_000])
    func `few rows are no worse than the seed`(rows: Int) throws {
        let folder = try TemporaryFolder()
        let (labels, _, path) = try folder.customersWithTruth(20_000, seed: 2)
        let training = try folder.customers(rows, seed: 5)
        var areas: [ModelKind: Double] = [:]
        var losses: [ModelKind: Double] = [:]
        for kind in [ModelKind.seed, .best] {
            let (data, inferred) = try CustomerData.inferring(
                training,
                SchemaInference(target: "Exited"),
                threads: 2
            )
            var project = Project(schema: inferred.schema, training: TrainingSettings(kind))
            project.training.testShare = 0
            let model = try TrainingWorkflow(project, seed: 1, threads: 2).run(data).model
            let test = try CustomerData(path, schema: model.schema, threads: 2)
            let metrics = try headlineMetrics(
                labels: labels,
                probabilities: try model.predict(test.table).map(Double.init)
            )
            areas[kind] = metrics.first { $0.name == .rocAUC }?.value
            losses[kind] = metrics.first { $0.name == .logLoss }?.value
        }
        #expect(try #require(areas[.best]) > #require(areas[.seed]))
        #expect(try #require(losses[.best]) < #require(losses[.seed]))
    }

    /// Columns may be empty, constant or full of rare levels in the part that a fold learns from.
    @Test func `odd columns train`() throws {
        let folder = try TemporaryFolder()
        let text = (0 ..< 300).map { row in
            let rare = row == 17 ? "9" : ""
            let leaves = row * 7 % 13 < 4
            let strange = row == 3 ? "Elba" : row % 2 == 0 ? "Rome" : "Oslo"
            return "\(row % 50 + (leaves ? 30 : 0)),\(rare),5,\(strange),\(leaves ? 1 : 0)"
        }
        let path = try folder.file(
            "odd.csv",
            "age,rare,same,town,Exited\n" + text.joined(separator: "\n") + "\n"
        )
        let outcome = try TrainingWorkflowTests.trained(path, model: .best)
        let data = try CustomerData(path, schema: outcome.model.schema, threads: 1)
        #expect(try outcome.model.predict(data.table).allSatisfy { $0 >= 0 && $0 <= 1 })
    }
}
