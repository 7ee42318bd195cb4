import Foundation
import Testing
import Tracking

/// One of each thing that a store takes, for the forms of file that it may meet.
enum Everything {
    static let model = "churn"

    static func write(to store: any TrackingStore) async throws {
        let experiment =
            if let found = try await store.experiment(named: "größe ü") {
                found
            } else {
                try await store.createExperiment(named: "größe ü")
            }
        let run = NewRun(
            experimentID: experiment.id,
            name: "first",
            user: "ada",
            start: 1_700_000_000_000,
            tags: ["mlflow.source.name": "train", "mlflow.source.type": "LOCAL"]
        )
        let id = try await store.createRun(run).id
        let input = DatasetInput(
            name: "customers.csv",
            digest: "abcdef12",
            source: #"{"uri": "customers.csv"}"#,
            schema: #"{"mlflow_colspec": []}"#,
            profile: #"{"num_rows": 3}"#,
            context: "train"
        )
        // Twice each: what is said again is there once.
        for _ in 0 ..< 2 {
            try await store.log(batch, to: id)
            try await store.log([input], to: id)
            try await store.putArtifact(Array("<svg/>".utf8), at: "plots/roc curve.svg", in: id)
        }
        let logged = try await store.logModel(named: "model", in: id) { identity in
            let text =
                "artifact_path: model\nflavors:\n  onnx: {data: model.onnx}\nrun_id: \(identity.runID)\n"
            return [
                ArtifactFile(path: "MLmodel", bytes: Array(text.utf8)),
                ArtifactFile(path: "model.onnx", bytes: [1, 2, 3]),
            ]
        }
        if try await store.registeredModel(model) == nil {
            try await store.createRegisteredModel(model, description: "who leaves")
        }
        try await store.setTag("team", "retention", ofModel: model)
        let version = try await store.createVersion(
            NewModelVersion(name: model, model: logged, runID: id, tags: ["n": "1"])
        ).version
        try await store.setTag("gate", "passed", ofVersion: version, of: model)
        try await store.setAlias("champion", of: model, to: version)
        try await store.setAlias("challenger", of: model, to: version)
        try await store.deleteAlias("challenger", of: model)
        try await store.describe("better", version: version, of: model)
        try await store.update(id, status: .finished, end: 1_700_000_001_000)
    }

    static var batch: RunBatch {
        RunBatch(
            metrics: (0 ..< 5).map {
                RunMetric("loss", 1 / Double($0 + 1), timestamp: 10, step: $0)
            }
                + [
                    RunMetric("none", .nan, timestamp: 1),
                    RunMetric("most", .infinity, timestamp: 1),
                ],
            params: ["epochs": "50", "größe": "ü"],
            tags: ["kind": "best"]
        )
    }

    /// Looks at all of it; and that there are so many registered models, if that is known.
    static func check(_ store: any TrackingStore, models: Int?) async throws {
        let experiment = try #require(try await store.experiment(named: "größe ü"))
        let runs = try await store.runs(
            RunQuery(
                experimentIDs: [experiment.id],
                filter: try RunFilter(
                    parsing:
                        "metrics.loss < 0.3 AND params.epochs = '50' AND datasets.name LIKE 'cust%'"
                )
            )
        )
        let run = try #require(runs.first)
        #expect(run.params == batch.params)
        #expect(run.metrics["loss"] == batch.metrics[4])
        #expect(run.metrics["none"]?.value.isNaN == true)
        #expect(run.metrics["most"]?.value == .greatestFiniteMagnitude)
        #expect(run.tags["kind"] == "best")
        #expect(run.inputs.map(\.context) == ["train"])
        #expect(run.info.status == .finished)
        #expect(try await store.history(of: "loss", in: run.info.id) == Array(batch.metrics[..<5]))
        #expect(
            try await store.artifacts(under: "", in: run.info.id).map(\.path) == ["model", "plots"]
        )
        #expect(try await store.modelFiles(at: "runs:/\(run.info.id)/model").count == 2)
        let versions = try await store.versions(of: model)
        #expect(versions.map(\.version) == Array(1 ... versions.count))
        let last = try #require(versions.last)
        #expect(last.aliases == ["champion"])
        #expect(last.description == "better" && last.tags == ["gate": "passed", "n": "1"])
        #expect(
            try await store.modelFiles(at: last.source).map(\.path) == ["MLmodel", "model.onnx"]
        )
        let registered = try await store.registeredModels()
        if let models { #expect(registered.count == models) }
        #expect(registered.contains { $0.name == model && $0.tags == ["team": "retention"] })
    }
}
