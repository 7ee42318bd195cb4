import ChurnModel
import Evaluation
import Foundation
import Lifecycle
import NeuralNetwork
import Schema
import TestSupport
import Testing
import Tracking
import Training

@Suite struct ReproductionTests {
    private static func saved(_ path: String) throws -> TrainingWorkflow.Result {
        try trained(path) { $0.loop.epochs = 3 }
    }

    @Test(arguments: [ModelKind.seed, .best])
    func `training anew gives the same bits`(kind: ModelKind) throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(400)
        let outcome = try trained(path, model: kind) {
            $0.loop.epochs = 2
            $0.members = min(2, $0.members)
            $0.hidden = [4, 4]
        }
        // The folder's own form, and a copy of the file under another name.
        try outcome.save(to: folder.path + "/model")
        let copy = try folder.file("copy.csv", folder.text("customers-1.csv"))
        let report = try Reproduction(ModelFolder.load(from: folder.path + "/model"))
            .run(copy, threads: 2)
        #expect(report.isIdentical, "\(report.text)")
        #expect(report.parameters > 90 && report.values > 1_000)
        #expect(report.networks == outcome.model.parts.count)
        #expect(report.text.hasPrefix("Identical: trained anew on"))
    }

    @Test func `a challenger's training is reproduced`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.treatedCustomers(900) { row, _ in row % 3 == 0 ? "yes" : "no" }
        let old = try folder.customers(400, seed: 7)
        let (_, inferred) = try CustomerData.inferring(
            path,
            SchemaInference(target: "Exited"),
            threads: 1
        )
        var schema = inferred.schema
        schema.columns.removeAll { $0.name == "offer" }
        var project = Project(schema: schema, training: TrainingSettings(.seed))
        project.training.loop.epochs = 3
        let file = try CustomerFile(path, threads: 1)
        let material = TrainingMaterial(
            try CustomerData(file, schema: schema),
            treated: try TreatedCustomers(in: file, by: "offer"),
            treatedWeight: 0.5,
            beside: [try CustomerData(old, schema: schema, threads: 1)]
        )
        let outcome = try TrainingWorkflow(project, seed: 1, threads: 2).run(material)
        let reproduction = try Reproduction(GateModels.saved(outcome))
        let report = try reproduction.run(path, beside: [old], threads: 2)
        #expect(report.isIdentical, "\(report.text)")
        #expect(try !reproduction.run(path, threads: 2).isIdentical)
    }

    @Test func `a changed byte of data is the data's fault`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(400)
        let saved = try GateModels.saved(Self.saved(path))
        let text = try folder.text("customers-1.csv")
        let other = try folder.file("other.csv", text + "\n")
        let report = try Reproduction(saved).run(other, threads: 1)
        #expect(report.difference?.cause == .data)
        #expect(report.difference?.what == "SHA-256 of the data")
        #expect(report.text.contains("Likely cause: data: "))
        #expect(NotReproduced(report).description.contains("likely cause: data"))
    }

    @Test func `a changed setting is the settings' fault`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(400)
        let outcome = try Self.saved(path)
        var record = outcome.record
        let project = Project(
            schema: outcome.model.schema,
            costs: outcome.model.costs,
            training: record.settings
        )
        record.settings.loop.learningRate *= 2
        let saved = try GateModels.saved(outcome, record: record)
        let report = try Reproduction(saved, evidence: RunEvidence(project: project))
            .run(path, threads: 1)
        let difference = try #require(report.difference)
        #expect(difference.cause == .settings && difference.explanation.contains("(training)"))
        #expect(difference.what.hasPrefix("network_0.dense_0.weight[0, "), "\(difference.what)")
    }

    @Test func `a changed tensor is found by its place`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(400)
        let outcome = try Self.saved(path)
        var network = outcome.model.parts[0].network
        let tensor = try #require(network.tensors.first { $0.name == "dense_1.weight" })
        let place = tensor.range.lowerBound + 23
        network.parameters[place] = network.parameters[place].nextUp
        let model = ChurnModel(
            schema: outcome.model.schema,
            parts: [ModelPart(features: outcome.model.parts[0].features, network: network)],
            threshold: outcome.model.threshold,
            costs: outcome.model.costs
        )
        let report = try Reproduction(GateModels.saved(outcome, model: model))
            .run(path, threads: 1)
        #expect(report.difference?.what == "network_0.dense_1.weight[2, 3]")
        #expect(report.difference?.cause == .model)

        var record = outcome.record
        record.retainVersion = "0.0.9"
        let older = try Reproduction(GateModels.saved(outcome, model: model, record: record))
            .run(path, threads: 1)
        #expect(older.difference?.cause == .version)
        #expect(older.difference?.explanation.contains("made by Retain 0.0.9") == true)
        let built = RunEvidence(compiler: "Swift 5", ownCompiler: "Swift 6", commit: "abc")
        let rebuilt = try Reproduction(GateModels.saved(outcome, model: model), evidence: built)
            .run(path, threads: 1)
        #expect(rebuilt.difference?.cause == .version)
        #expect(rebuilt.difference?.explanation.contains("commit abc") == true)
    }

    @Test func `a changed metric or threshold is found`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(400)
        let outcome = try Self.saved(path)
        var record = outcome.record
        let value = try #require(record.test?.metrics[0].value)
        record.test?.metrics[0].value = value.nextUp
        let report = try Reproduction(GateModels.saved(outcome, record: record))
            .run(path, threads: 1)
        #expect(report.difference?.what == "test.metrics[0].value")
        #expect(report.difference?.recorded == "\(value.nextUp)")
        #expect(report.difference?.again == "\(value)")

        let model = ChurnModel(
            schema: outcome.model.schema,
            parts: outcome.model.parts,
            threshold: 0.25,
            costs: outcome.model.costs
        )
        let other = try Reproduction(GateModels.saved(outcome, model: model)).run(path, threads: 1)
        #expect(other.difference?.what == "threshold" && other.difference?.recorded == "0.25")
    }

    @Test func `data is found by its digest`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.customers(300)
        let record = try Self.saved(path).record
        let inner = folder.path + "/a/b"
        try FileManager.default.createDirectory(atPath: inner, withIntermediateDirectories: true)
        _ = try folder.file("a/other.csv", "x\n1\n")
        let hidden = try folder.file("a/b/renamed.CSV", folder.text("customers-1.csv"))
        try FileManager.default.removeItem(atPath: path)
        let search = DataSearch(for: record, of: nil, below: [folder.path])
        #expect(search.first == [path])
        #expect(try search.path(digest: record.data.digest) == hidden)

        let error = #expect(throws: DataNotFound.self) {
            try search.path(digest: String(repeating: "0", count: 64))
        }
        #expect(error?.seen == 2)
        #expect(error?.description.contains("name it with --data FILE") == true)
        #expect(throws: DataNotFound.self) { try search.path(digest: nil) }
        #expect(throws: DataNotFound.self) {
            try DataSearch(folders: [folder.path], limit: 1).path(digest: record.data.digest ?? "")
        }
    }

    @Test(
        arguments: [
            ("{\"uri\": \"data/c.csv\"}", "data/c.csv"), ("{\"path\": \"/c.csv\"}", "/c.csv"),
            ("{\"uri\": \"file:///c.csv\"}", "/c.csv"), ("plain.csv", "plain.csv"),
            ("{\"url\": \"https://a/b.csv\"}", nil), ("{}", nil),
        ] as [(String, String?)]
    )
    func `a run tells where its data was`(source: String, path: String?) throws {
        let folder = try TemporaryFolder()
        let record = try Self.saved(folder.customers(300)).record
        let info = RunInfo(
            id: "1",
            experimentID: "0",
            name: "r",
            user: "u",
            status: .finished,
            start: 0,
            end: nil,
            artifactURI: ""
        )
        let input = DatasetInput(
            name: "c",
            digest: "d",
            source: source,
            schema: "",
            profile: "",
            context: "train"
        )
        let search = DataSearch(for: record, of: Run(info: info, inputs: [input]), below: ["."])
        #expect(search.first == (path.map { [$0] } ?? []) + ["customers-1.csv"])
    }
}
