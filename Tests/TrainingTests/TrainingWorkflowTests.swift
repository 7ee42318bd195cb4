import ChurnModel
import Evaluation
import Features
import Foundation
import NeuralNetwork
import Schema
import Simulation
import TestSupport
import Testing
import Training

@Suite struct TrainingWorkflowTests {
    /// Training that is quick enough for a test.
    static func trained(
        _ path: String,
        model: ModelKind = .seed,
        seed: UInt64 = 42,
        threads: Int = 2,
        _ change: (inout TrainingSettings) -> Void = { _ in }
    ) throws -> TrainingWorkflow.Result {
        let (data, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: threads
        )
        var project = Project(schema: inferred.schema, training: TrainingSettings(model))
        project.training.loop.epochs = 5
        change(&project.training)
        return try TrainingWorkflow(project, seed: seed, threads: threads).run(data)
    }

    @Test func `the record tells what happened`() throws {
        let folder = try TemporaryFolder()
        let outcome = try Self.trained(folder.customers(2_000))
        let record = outcome.record
        #expect(record.data.name == "customers-1.csv")
        #expect(record.data.digest?.count == 64)
        #expect(record.data.rows == 2_000)
        #expect(
            record.data.trainingRows + record.data.validationRows + record.data.testRows == 2_000
        )
        #expect(abs(record.data.testRows - 600) <= 1)
        #expect(record.histories[0].epochs.count == 5)
        #expect(outcome.model.parts[0].features.encodedNames.count == 16)
        let test = try #require(record.test)
        #expect(test.rows == record.data.testRows)
        #expect(test.metrics.first { $0.name == .rocAUC }?.value ?? 0 > 0.6)
        #expect(Set(test.slices.map(\.column)) == ["Geography", "Gender", "Card Type"])
    }

    @Test
    func
        `a network trained on 50,000 simulated customers comes within 0.01 AUC of the truth's own`()
        throws
    {
        let folder = try TemporaryFolder()
        let model = try Self.trained(folder.customers(50_000)) {
            $0.loop.epochs = 30
            $0.testShare = 0
        }.model
        let (labels, truth, path) = try folder.customersWithTruth(20_000, seed: 2)
        let data = try CustomerData(path, schema: model.schema, threads: 2)
        #expect(data.labels == labels)
        let ours = rocAUC(labels: labels, scores: try model.predict(data.table).map(Double.init))
        let best = rocAUC(labels: labels, scores: truth)
        #expect(best > 0.85 && best < 0.89)
        #expect(best - ours < 0.01, "truth \(best), network \(ours)")
    }

    @Test func `without a test share every row trains`() throws {
        let folder = try TemporaryFolder()
        let outcome = try Self.trained(folder.customers(500)) {
            $0.testShare = 0
            $0.validationShare = 0
        }
        #expect(outcome.record.test == nil)
        #expect(outcome.record.data.trainingRows == 500)
        #expect(outcome.record.histories[0].epochs.allSatisfy { $0.validationLoss == nil })
    }

    @Test func `the same seed gives the same folder`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(800)
        for (name, seed, threads) in [("a", 7, 1), ("b", 7, 2), ("c", 8, 2)] {
            try Self.trained(path, seed: UInt64(seed), threads: threads)
                .save(to: folder.path + "/" + name)
        }
        let digests = try ["a", "b", "c"].map {
            try ModelFolder.load(from: folder.path + "/" + $0).digest
        }
        #expect(digests[0] == digests[1])
        #expect(digests[0] != digests[2])
    }

    @Test func `a saved model is the model`() throws {
        let folder = try TemporaryFolder()
        let outcome = try Self.trained(folder.customers(600))
        try outcome.save(to: folder.path + "/model")
        let saved = try ModelFolder.load(from: folder.path + "/model")
        #expect(saved.model == outcome.model)
        #expect(try saved.record() == outcome.record)
        #expect(saved.reference == outcome.reference)
        #expect(saved.card.contains("customers-1.csv"))
    }

    @Test func `a leak stops training and says how`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(3_000, complain: true)
        let (_, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: 1
        )
        var schema = inferred.schema
        let place = try #require(schema.columns.firstIndex { $0.name == "Complain" })
        #expect(schema.columns.filter { $0.role == .leak }.map(\.name) == ["Complain"])

        schema.columns[place].role = .feature
        let data = try CustomerData(path, schema: schema, threads: 2)
        let gate = #expect(throws: LeaksFound.self) {
            try TrainingWorkflow(Project(schema: schema), seed: 1).run(data)
        }
        let message = gate?.description ?? ""
        #expect(gate?.findings.map(\.column) == ["Complain"])
        for part in ["\"Complain\"", "AUC ", "role: leak", "leak: allowed"] {
            #expect(message.contains(part), "\(message)")
        }

        schema.columns[place].leakAllowed = true
        var project = Project(schema: schema, training: TrainingSettings(.seed))
        project.training.loop.epochs = 1
        let outcome = try TrainingWorkflow(project, seed: 1).run(data)
        #expect(outcome.model.parts[0].features.encodedNames.contains("Complain"))
    }

    @Test func `held-out rows of the training file are found again`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(700)
        let outcome = try Self.trained(path)
        let again = try CustomerData(path, schema: outcome.model.schema, threads: 1)
        let heldOut = try #require(again.heldOut(of: outcome.record))
        let report = try outcome.model.evaluated(
            on: heldOut.table,
            labels: heldOut.labels,
            seed: outcome.record.seed
        )
        #expect(report == outcome.record.test)
        let other = try CustomerData(
            folder.customers(300, seed: 2),
            schema: outcome.model.schema,
            threads: 1
        )
        #expect(other.heldOut(of: outcome.record) == nil)
    }

    @Test func `broken rows are counted and shown`() throws {
        let folder = try TemporaryFolder()
        var strict = try Self.trained(folder.customers(300)).model.schema
        for place in strict.columns.indices { strict.columns[place].unseen = .error }
        let schema = strict
        let broken = customerText(300).replacing("Germany", with: "Atlantis")
        let path = try folder.file("broken.csv", broken)
        let error = #expect(throws: BrokenRows.self) {
            try CustomerData(path, schema: schema, threads: 1)
        }
        let text = error?.description ?? ""
        #expect(error?.count ?? 0 > 30)
        #expect(text.contains("break the schema") && text.contains("\"Atlantis\""), "\(text)")
        #expect(text.contains("`retain check` lists all"))
    }

    @Test func `too few rows are refused`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.file("tiny.csv", "x,Exited\n1,0\n2,1\n3,0\n4,1\n5,0\n6,0\n")
        let error = #expect(throws: TrainingError.self) { try Self.trained(path) }
        #expect(error?.description.contains("too few to learn from") == true)
    }

    @Test func `divergence is an error`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(300)
        let error = #expect(throws: TrainingError.self) {
            try Self.trained(path) {
                $0.loop.learningRate = .infinity
                $0.loop.epochs = 1
            }
        }
        #expect(error == .diverged)
        #expect(error?.description.contains("lower learning_rate") == true)
    }

    @Test func `an unknown slice is named`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(400)
        let model = try Self.trained(path).model
        let data = try CustomerData(path, schema: model.schema, threads: 1)
        let error = #expect(throws: UnknownSlice.self) {
            try model.evaluated(on: data.table, labels: data.labels, slices: ["Age"], seed: 1)
        }
        #expect(error?.description.contains("it has \"Geography\", \"Gender\"") == true)
        let report = try model.evaluated(
            on: data.table,
            labels: data.labels,
            slices: ["IsActiveMember"],
            seed: 1
        )
        #expect(report.slices.map(\.level) == ["0", "1"])
    }
}

extension TemporaryFolder {
    /// Simulated customers with what the simulator knows of them, and a file without it.
    func customersWithTruth(
        _ rows: Int,
        seed: UInt64
    ) throws -> (labels: [Bool], truth: [Double], path: String) {
        let simulator = BankSimulator(seed: seed, options: .init(trueProbability: true))
        let text = String(decoding: simulator.csv(rows: 0 ..< rows), as: UTF8.self)
        let target = try #require(simulator.columns.firstIndex(of: BankSimulator.target))
        let fields = text.split(separator: "\n").map { $0.split(separator: ",") }
        return (
            fields.map { $0[target] == "1" }, fields.compactMap { $0.last.flatMap { Double($0) } },
            try customers(rows, seed: seed)
        )
    }
}
