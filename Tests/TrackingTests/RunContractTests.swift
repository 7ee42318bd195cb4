import Testing
import Tracking

/// What both stores must do with experiments and runs.
@Suite(.serialized) struct RunContractTests {
    @Test(arguments: StoreKind.present)
    func `experiments are found by name, once`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let name = fresh("größe ü")
            #expect(try await store.experiment(named: name) == nil)
            let made = try await store.createExperiment(named: name)
            #expect(try await store.experiment(named: name)?.id == made.id)
            #expect(try await store.experiments().contains { $0.id == made.id })
            #expect(try await store.experiments().contains { $0.name == "Default" })
            await #expect(throws: TrackingError.self) {
                try await store.createExperiment(named: name)
            }
            #expect(try await store.ensuredExperiment(named: name).id == made.id)
        }
    }

    @Test(arguments: StoreKind.present)
    func `a run has what was said of it`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let info = try await store.newRun("first")
            #expect(info.status == .running)
            #expect(info.id.count == 32)
            var run = try await store.run(info.id)
            #expect(run.info.name == "first")
            #expect(run.info.user == "ada")
            #expect(run.info.start == 1_700_000_000_000)
            #expect(run.info.end == nil)
            #expect(run.tags["team"] == "retention")
            #expect(run.tags["mlflow.user"] == "ada")
            #expect(run.tags["mlflow.runName"] == "first")
            try await store.update(info.id, status: .finished, end: 1_700_000_001_000)
            run = try await store.run(info.id)
            #expect(run.info.status == .finished)
            #expect(run.info.end == 1_700_000_001_000)
            // A finished run still takes what comes late.
            try await store.log(RunBatch(tags: ["late": "yes"]), to: info.id)
            #expect(try await store.run(info.id).tags["late"] == "yes")
        }
    }

    @Test(arguments: StoreKind.present)
    func `what is said twice is there once`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            let input = DatasetInput(
                name: "customers.csv",
                digest: "abcdef12",
                source: #"{"uri": "customers.csv"}"#,
                schema: #"{"mlflow_colspec": []}"#,
                profile: #"{"num_rows": 3}"#,
                context: "train"
            )
            let batch = RunBatch(
                metrics: (0 ..< 5).map {
                    RunMetric("loss", 1 / Double($0 + 1), timestamp: 10, step: $0)
                },
                params: ["epochs": "50", "größe ü": "", "a/b:c d": "x"],
                tags: ["kind": "best"]
            )
            for _ in 0 ..< 2 {
                try await store.log(batch, to: id)
                try await store.log([input], to: id)
            }
            let run = try await store.run(id)
            #expect(run.params == batch.params)
            #expect(run.inputs == [input])
            #expect(try await store.history(of: "loss", in: id) == batch.metrics)
            #expect(run.metrics["loss"] == batch.metrics[4])
            let error = await #expect(throws: TrackingError.self) {
                try await store.log(RunBatch(params: ["epochs": "51"]), to: id)
            }
            #expect(error?.kind == .invalid)
            #expect(try await store.run(id).params["epochs"] == "50")
            try await store.log(RunBatch(tags: ["kind": "fast"]), to: id)
            #expect(try await store.run(id).tags["kind"] == "fast")
        }
    }

    @Test(
        arguments: StoreKind.present
    )
    func `the last value is of the highest step, then time, then value`(
        _ kind: StoreKind
    ) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            let metrics = [
                RunMetric("m", 3, timestamp: 5, step: 1), RunMetric("m", 1, timestamp: 9, step: 0),
                RunMetric("m", 2, timestamp: 6, step: 1), RunMetric("m", 4, timestamp: 6, step: 1),
            ]
            try await store.log(RunBatch(metrics: metrics), to: id)
            #expect(try await store.run(id).metrics["m"]?.value == 4)
            try await store.log(
                RunBatch(metrics: [RunMetric("m", 9, timestamp: 4, step: 1)]),
                to: id
            )
            #expect(try await store.run(id).metrics["m"]?.value == 4)
            #expect(try await store.history(of: "m", in: id).map(\.step) == [0, 1, 1, 1, 1])
        }
    }

    @Test(arguments: StoreKind.present)
    func `NaN stays, infinity becomes the largest number`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            let metrics = [
                RunMetric("nan", .nan, timestamp: 1), RunMetric("up", .infinity, timestamp: 1),
                RunMetric("down", -.infinity, timestamp: 1),
            ]
            try await store.log(RunBatch(metrics: metrics), to: id)
            let run = try await store.run(id)
            #expect(run.metrics["nan"]?.value.isNaN == true)
            #expect(run.metrics["up"]?.value == .greatestFiniteMagnitude)
            #expect(run.metrics["down"]?.value == -.greatestFiniteMagnitude)
            #expect(try await store.history(of: "nan", in: id).first?.value.isNaN == true)
            #expect(try await store.history(of: "absent", in: id).isEmpty)
        }
    }

    @Test(arguments: StoreKind.present)
    func `batches of any length`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            let batch = RunBatch(
                metrics: (0 ..< 2_500).map { RunMetric("m", Double($0), timestamp: 7, step: $0) },
                params: Dictionary(uniqueKeysWithValues: (0 ..< 230).map { ("p\($0)", "\($0)") }),
                tags: ["long": String(repeating: "t", count: 9_000)]
            )
            try await store.log(batch, to: id)
            let run = try await store.run(id)
            #expect(run.params == batch.params)
            #expect(run.tags["long"]?.count == TrackingLimits.tagLength)
            #expect(try await store.history(of: "m", in: id) == batch.metrics)
            try await store.log(
                RunBatch(params: ["long": String(repeating: "p", count: 7_000)]),
                to: id
            )
            #expect(try await store.run(id).params["long"]?.count == TrackingLimits.paramLength)
        }
    }

    @Test(
        arguments: StoreKind.present,
        ["", "a!b", "../x", "/x", "a//b", "a/./b", String(repeating: "k", count: 251)]
    )
    func `names that MLflow refuses`(_ kind: StoreKind, _ key: String) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            for batch in [
                RunBatch(metrics: [RunMetric(key, 1, timestamp: 1)]), RunBatch(params: [key: "1"]),
                RunBatch(tags: [key: "1"]),
            ] {
                let error = await #expect(throws: TrackingError.self) {
                    try await store.log(batch, to: id)
                }
                #expect(error?.kind == .invalid)
            }
        }
    }

    @Test(arguments: StoreKind.present)
    func `what is not there`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let none = String(repeating: "0", count: 32)
            for body in [
                { _ = try await store.run(none) },
                { try await store.update(none, status: .failed, end: 1) },
                { try await store.log(RunBatch(tags: ["a": "b"]), to: none) },
            ] as [() async throws -> Void] {
                let error = await #expect(throws: TrackingError.self) { try await body() }
                #expect(error?.kind == .notFound)
            }
        }
    }
}
