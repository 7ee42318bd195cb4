import ChurnModel
import Evaluation
import Foundation
import Lifecycle
import NeuralNetwork
import Schema
import TestSupport
import Testing
import Training

@Suite struct PromotionGateTests {
    private let gate = PromotionGate(PromotionBounds())

    @Test func `a good model becomes the first champion`() throws {
        let models = try GateModels()
        let report = try gate.judge(models.good, nil, models.file)
        #expect(report.passed, "\(report.text)")
        #expect(
            report.checks.map(\.question) == [
                .rows, .noLeak, .auc, .logLoss, .profit, .calibrationError, .calibrationInTheLarge,
            ]
        )
        let text = report.text
        #expect(text.contains("There is no champion yet"))
        #expect(text.contains("that the challenger's training held out"), "\(text)")
        #expect(report.judgedRows == 900 && report.rows == 3_000)
        #expect(report[.logLoss]?.side == .below)
    }

    @Test func `equal models pass and worse ones do not`() throws {
        let models = try GateModels()
        let same = try gate.judge(models.good, models.good, models.others())
        #expect(same.passed)
        #expect(same[.logLoss]?.interval == ConfidenceInterval(low: 0, high: 0))
        #expect(same.selection.contains("neither was trained on"))

        let worse = try gate.judge(models.bad(), models.good, models.others())
        #expect(worse.refused.contains(.logLoss) && worse.refused.contains(.profit))
        #expect(!worse.passed)
        #expect(try gate.judge(models.good, models.bad(), models.others()).passed)
        #expect(try !gate.judge(models.bad(), nil, models.others()).refused.isEmpty)

        var lenient = PromotionBounds()
        lenient.toleranceLogLoss = 1
        lenient.toleranceProfit = 1_000
        let allowed = try PromotionGate(lenient).judge(models.bad(), models.good, models.others())
        #expect(!allowed.refused.contains(.logLoss) && !allowed.refused.contains(.profit))
    }

    @Test func `the table of a refusal tells what was measured`() throws {
        let models = try GateModels()
        let report = try gate.judge(models.bad(), models.good, models.others())
        let lines = report.text.split(separator: "\n").map(String.init)
        let row = try #require(lines.first { $0.hasPrefix("log loss ") })
        #expect(row.contains("refused") && row.contains("at most 0.0000"), "\(row)")
        #expect(lines[0].hasPrefix("new against old, on all 2,000 rows of customers-9.csv"))
        #expect(lines.contains { $0.hasPrefix("Refused: log loss: its probabilities are worse") })
        let error = GateRefusal(report).description
        #expect(error.hasPrefix("new was not promoted (log loss, profit per customer"), "\(error)")
        let again = try JSONDecoder().decode(
            GateReport.self,
            from: JSONEncoder().encode(report)
        )
        #expect(again == report)
    }

    @Test func `a miscalibrated model is refused`() throws {
        let models = try GateModels()
        let report = try gate.judge(try models.curved(temperature: 0.25), nil, models.others())
        #expect(report.refused.contains(.calibrationError), "\(report.text)")
        var lenient = PromotionBounds()
        lenient.maxCalibrationError = 0.5
        let allowed = try PromotionGate(lenient)
            .judge(try models.curved(temperature: 0.25), nil, models.others())
        #expect(!allowed.refused.contains(.calibrationError))
    }

    @Test func `a leak is refused`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(3_000, complain: true)
        var schema = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: 1
        ).inferred.schema
        let place = try #require(schema.columns.firstIndex { $0.name == "Complain" })
        schema.columns[place].role = .feature
        schema.columns[place].leakAllowed = true
        var project = Project(schema: schema, training: TrainingSettings(.seed))
        project.training.loop.epochs = 20
        let outcome = try TrainingWorkflow(project, seed: 1)
            .run(CustomerData(path, schema: schema, threads: 1))
        let file = try CustomerFile(path, threads: 1)
        let allowed = try gate.judge(GateModels.saved(outcome), nil, file)
        #expect(allowed.refused == [.auc], "\(allowed.text)")
        schema.columns[place].leakAllowed = false
        let model = ChurnModel(
            schema: schema,
            parts: outcome.model.parts,
            threshold: outcome.model.threshold,
            costs: outcome.model.costs
        )
        let report = try gate.judge(GateModels.saved(outcome, model: model), nil, file)
        #expect(report.refused.prefix(2) == [.noLeak, .auc])
        #expect(report[.noLeak]?.explanation.contains("\"Complain\"") == true)
    }

    @Test func `slices beyond their bounds are refused`() throws {
        let models = try GateModels()
        var bounds = PromotionBounds()
        bounds.slices = [
            SliceBounds(column: "Geography", recallGap: 1, selectionRateGap: 0.05),
            SliceBounds(column: "Gender", calibrationGap: 0.2),
        ]
        let report = try PromotionGate(bounds).judge(models.good, nil, models.others(4_000))
        #expect(report.refused == [.selectionRateGap], "\(report.text)")
        #expect(report.refusals.first?.column == "Geography")
        #expect(report.text.contains("selection rate gap, Geography"))
        #expect(
            report.checks.suffix(3).map(\.question) == [
                .recallGap, .selectionRateGap, .calibrationGap,
            ]
        )

        bounds.slices = [SliceBounds(column: "Surname", recallGap: 1)]
        #expect(throws: UnknownSlice.self) {
            try PromotionGate(bounds).judge(models.good, nil, models.others(500))
        }
    }

    @Test func `a column that no model reads may be a slice`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(2_000)
        let (_, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: 1
        )
        var schema = inferred.schema
        let place = try #require(schema.columns.firstIndex { $0.name == "Gender" })
        schema.columns[place].role = .ignored
        var project = Project(schema: schema, training: TrainingSettings(.seed))
        project.training.loop.epochs = 10
        let outcome = try TrainingWorkflow(project, seed: 1)
            .run(CustomerData(path, schema: schema, threads: 1))
        var bounds = PromotionBounds()
        bounds.slices = [SliceBounds(column: "Gender", recallGap: 1)]
        let report = try PromotionGate(bounds)
            .judge(GateModels.saved(outcome), nil, CustomerFile(path, threads: 1))
        #expect(report[.recallGap]?.value != nil)
    }

    @Test func `only rows that neither has seen count`() throws {
        let models = try GateModels()
        let other = try GateModels.saved(
            trained(models.path, seed: 7) { $0.loop.epochs = 20 }
        )
        let report = try gate.judge(other, models.good, models.file)
        // Of 900 held out by each, about 30 % by both.
        #expect(abs(report.judgedRows - 270) < 50)
        #expect(report.selection.contains("(900 by the challenger's, 900 by the champion's)"))

        let same = try gate.judge(models.good, models.good, models.file)
        #expect(same.judgedRows == 900)
        var strict = PromotionBounds()
        strict.minRows = 400
        let refused = try PromotionGate(strict).judge(other, models.good, models.file)
        #expect(refused.refused == [.rows] && refused.checks.count == 1)
        #expect(refused.text.contains("at least 400 are needed"), "\(refused.text)")
    }

    @Test func `a model trained on every row needs other customers`() throws {
        let models = try GateModels()
        let everything = try GateModels.saved(
            trained(models.path) { $0.testShare = 0 }
        )
        let report = try gate.judge(everything, nil, models.file)
        #expect(report.refused == [.rows] && report.judgedRows == 0)
    }

    @Test func `models of different targets are not compared`() throws {
        let models = try GateModels()
        var schema = models.good.model.schema
        swap(&schema.target.positive, &schema.target.negative)
        for place in schema.columns.indices where schema.columns[place].role == .target {
            schema.columns[place].type = .boolean(no: "1", yes: "0")
        }
        let turned = ChurnModel(
            schema: schema,
            parts: models.good.model.parts,
            threshold: 0.5,
            costs: models.good.model.costs
        )
        let saved = try GateModels.saved(models.data, model: turned)
        let error = #expect(throws: GateError.self) {
            try gate.judge(saved, models.good, models.others())
        }
        #expect(error?.description.contains("register it under a name of its own") == true)
    }
}
