import Foundation
import GRDB
import Testing
import Tracking

/// What the file's store keeps besides what every store does.
@Suite struct LocalRulesTests {
    @Test(arguments: [nil, "mlflow_3_17_2"])
    func `every call works on the form of each release`(_ form: String?) async throws {
        let folder = try StoreFolder()
        if let form {
            let real = try MLflowForm.named(form)
            try folder.make(try #require(real.statements), revision: real.revision)
        }
        let store = try folder.store()
        for _ in 0 ..< 2 { try await Everything.write(to: store) }
        try await Everything.check(store, models: 1)
        #expect(try folder.rows("PRAGMA foreign_key_check").isEmpty)
    }

    @Test(
        .enabled(if: ProcessInfo.processInfo.environment["RETAIN_TEST_LOCAL_FILE"] != nil)
    )
    func `a file that stays, for MLflow's own programs to read and upgrade`() async throws {
        let file = try #require(ProcessInfo.processInfo.environment["RETAIN_TEST_LOCAL_FILE"])
        let store = try LocalStore(file)
        try await Everything.write(to: store)
        try await Everything.check(store, models: nil)
    }

    @Test
    func `a run and its tags say the same name and user`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun("first").id
        try await store.log(
            RunBatch(tags: ["mlflow.runName": "second", "mlflow.user": "grace"]),
            to: id
        )
        let run = try await store.run(id)
        #expect(run.info.name == "second" && run.info.user == "grace")
        let other = try await store.createRun(
            NewRun(experimentID: "0", name: "x", user: "", start: 1, tags: ["mlflow.user": "alan"])
        )
        #expect(other.user == "alan")
        #expect(try await store.run(other.id).info == other)
    }

    @Test
    func `an end stays until another is said`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        try await store.update(id, status: .finished, end: 7)
        try await store.update(id, status: .failed, end: nil)
        let info = try await store.run(id).info
        #expect(info.end == 7 && info.status == .failed)
    }

    @Test
    func `deleted runs are found by identifier only, and take nothing`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        let experiment = try await store.run(id).info.experimentID
        try folder.change("UPDATE runs SET lifecycle_stage = 'deleted'")
        #expect(try await store.run(id).info.id == id)
        #expect(try await store.runs(RunQuery()).isEmpty)
        #expect(try await store.runs(RunQuery(experimentIDs: [experiment])).isEmpty)
        #expect(await kind { try await store.log(RunBatch(tags: ["a": "b"]), to: id) } == .invalid)
        #expect(await kind { try await store.update(id, status: .failed, end: 1) } == .invalid)
        try folder.change(
            "UPDATE experiments SET lifecycle_stage = 'deleted' WHERE name != 'Default'"
        )
        #expect(try await store.experiments().map(\.name) == ["Default"])
        let late = NewRun(experimentID: experiment, name: "late", user: "ada", start: 1)
        #expect(await kind { _ = try await store.createRun(late) } == .invalid)
    }

    @Test
    func `values of another kind than asked for stop nothing`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        try await store.log(
            RunBatch(metrics: [RunMetric("m", 1, timestamp: 1)], params: ["p": "1"]),
            to: id
        )
        try folder.change(
            "UPDATE runs SET start_time = 'soon', end_time = 2.5, name = NULL, user_id = x'FF00'"
        )
        try folder.change("UPDATE latest_metrics SET value = 'much', timestamp = NULL")
        try folder.change("UPDATE metrics SET value = 'much', timestamp = x'00'")
        let run = try await store.run(id)
        #expect(run.info.start == 0 && run.info.name.isEmpty)
        #expect(run.metrics["m"]?.value.isNaN == true)
        #expect(try await store.history(of: "m", in: id).count == 1)
        try folder.change("UPDATE runs SET experiment_id = NULL, status = NULL")
        #expect(try await store.run(id).info.status == .running)
        #expect(try await store.runs(RunQuery()).isEmpty)
    }

    @Test
    func `values are cut where MLflow counts, and the same again is the same`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        // One sign for Swift, two of Unicode each.
        let flags = String(repeating: "🇮🇹", count: 6_000)
        for _ in 0 ..< 2 { try await store.log(RunBatch(params: ["flags": flags]), to: id) }
        let kept = try #require(try await store.run(id).params["flags"])
        #expect(kept.unicodeScalars.count == TrackingLimits.paramLength)
    }

    @Test
    func `each model of a run is in its history, once`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        let foreign = #"[{"artifact_path": "old", "flavors": {"a": [1, {"b": "]"}]}}]"#
        try await store.log(RunBatch(tags: ["mlflow.log-model.history": foreign]), to: id)
        for name in ["model", "a \"quoted\" one", "model"] {
            _ = try await store.logModel(named: name, in: id) { _ in
                [ArtifactFile(path: "MLmodel", bytes: Array("model_uuid: '0a1b'\n".utf8))]
            }
        }
        let text = try #require(try await store.run(id).tags["mlflow.log-model.history"])
        let list = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]]
        #expect(
            list?.map { $0["artifact_path"] as? String } == ["old", "model", "a \"quoted\" one"]
        )
        #expect(list?[1]["model_uuid"] as? String == "0a1b")
        #expect(list?[1]["run_id"] as? String == id)
        let flavors = list?[1]["flavors"] as? [String: Any]
        #expect(Set(flavors?.keys ?? [:].keys) == ["onnx", "python_function"])
        #expect(text.hasPrefix(foreign.dropLast()))
    }

    @Test
    func `a version's source is the folder, wherever it is asked for from`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        let files = [ArtifactFile(path: "größe ü/MLmodel", bytes: [1])]
        let logged = try await store.logModel(named: "model", in: id) { _ in files }
        #expect(logged.source.hasPrefix(folder.path + "/mlruns/"))
        #expect(logged.source.hasSuffix("/\(id)/artifacts/model"))
        for source in [logged.source, "file://" + logged.source, "runs:/\(id)/model"] {
            #expect(try await store.modelFiles(at: source) == files, "\(source)")
        }
        for source in ["s3://bucket/model", "models:/churn/1"] {
            #expect(await kind { _ = try await store.modelFiles(at: source) } == .unsupported)
        }
        for source in ["runs:/\(id)", "runs:/none/model", folder.path + "/none"] {
            #expect(await kind { _ = try await store.modelFiles(at: source) } == .notFound)
        }
    }

    @Test(
        arguments: ["..", "../..", "model/../..", "/etc", ""]
    )
    func `no way leads out of a run's folder`(_ path: String) async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        try await store.putArtifact([1], at: "model/x", in: id)
        await #expect(throws: TrackingError.self) {
            try await store.modelFiles(at: "runs:/\(id)/\(path)")
        }
        await #expect(throws: TrackingError.self) {
            try await store.logModel(named: path, in: id) { _ in
                [ArtifactFile(path: "x", bytes: [])]
            }
        }
        await #expect(throws: TrackingError.self) {
            try await store.logModel(named: "m", in: id) { _ in
                [ArtifactFile(path: path, bytes: [])]
            }
        }
        await #expect(throws: TrackingError.self) {
            if path.isEmpty { throw TrackingError(.invalid, at: "", "the top is no escape") }
            _ = try await store.artifacts(under: path, in: id)
        }
    }

    @Test
    func `links are not followed`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        try await store.putArtifact([1], at: "model/x", in: id)
        let artifacts = try await store.run(id).info.artifactURI
        let outside = try StoreFolder()
        try Data([7]).write(to: URL(fileURLWithPath: outside.path + "/secret"))
        let links = ["link": outside.path, "model/file": outside.path + "/secret"]
        for (name, target) in links {
            try FileManager.default.createSymbolicLink(
                atPath: artifacts + "/" + name,
                withDestinationPath: target
            )
        }
        for path in ["link/secret", "model/file"] {
            #expect(await kind { _ = try await store.artifact(at: path, in: id) } == .invalid)
            #expect(await kind { try await store.putArtifact([2], at: path, in: id) } == .invalid)
        }
        #expect(await kind { _ = try await store.artifacts(under: "link", in: id) } == .invalid)
        #expect(try Data(contentsOf: URL(fileURLWithPath: outside.path + "/secret")) == Data([7]))
    }

    @Test
    func `files with hidden names are files too`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        try await store.putArtifact([1], at: ".config/.keep", in: id)
        #expect(try await store.artifacts(under: "", in: id).map(\.path) == [".config"])
        #expect(
            try await store.artifacts(under: ".config", in: id).map(\.path) == [".config/.keep"]
        )
    }

    @Test
    func `10,000 metrics and 10,000 runs`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let id = try await store.newRun().id
        let metrics = (0 ..< 10_000).map {
            RunMetric("m\($0 % 10)", Double($0), timestamp: 1, step: Int64($0))
        }
        let clock = ContinuousClock()
        let logging = try await clock.measure {
            try await store.log(RunBatch(metrics: metrics), to: id)
        }
        #expect(try await store.run(id).metrics["m9"]?.value == 9_999)
        try folder.change(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
            INSERT INTO runs (run_uuid, name, status, start_time, lifecycle_stage, experiment_id)
            SELECT printf('%032d', i), 'r' || i, 'FINISHED', i, 'active', 0 FROM n
            """
        )
        try folder.change(
            """
            INSERT INTO latest_metrics ("key", value, timestamp, step, is_nan, run_uuid)
            SELECT 'loss', start_time / 10000.0, 1, 0, 0, run_uuid FROM runs WHERE experiment_id = 0
            """
        )
        let query = RunQuery(
            filter: try RunFilter(parsing: "metrics.loss < 0.5 AND status = 'FINISHED'"),
            order: [try RunOrder(parsing: "metrics.loss DESC")],
            limit: 10_000
        )
        var found: [Run] = []
        let search = try await clock.measure { found = try await store.runs(query) }
        #expect(found.count == 4_999)
        #expect(found.first?.info.name == "r4999")
        print("10,000 metrics: \(logging); 10,000 runs searched, 4,999 found: \(search)")
    }

    @Test
    func `the journal of replays; what has ended, oldest first`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        let place = "https://example.org"
        #expect(try store.counterpart(.run, "a", at: place) == nil)
        try store.note(.run, "a", at: place, Counterpart(remoteID: "1", isComplete: false))
        try store.note(.run, "a", at: place, Counterpart(remoteID: "1", isComplete: true))
        #expect(
            try store.counterpart(.run, "a", at: place)
                == Counterpart(remoteID: "1", isComplete: true)
        )
        #expect(try store.counterpart(.version, "a", at: place) == nil)
        #expect(try store.counterpart(.run, "a", at: "https://example.com") == nil)
    }
}
