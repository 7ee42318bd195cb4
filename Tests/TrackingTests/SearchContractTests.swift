import Testing
import Tracking

/// What both stores must find.
@Suite(.serialized) struct SearchContractTests {
    /// Conditions, and the names of the runs that fit, latest first.
    static let cases: [(String, [String])] = [
        ("metrics.loss < 0.35", ["b", "a"]),
        ("metrics.loss >= 0.3 AND params.model = 'best'", ["c"]),
        ("metrics.loss > 0.35 OR params.model = 'fast'", ["c", "b"]),
        ("(metrics.loss > 0.35 OR params.model = 'fast') AND status = 'FINISHED'", ["c", "b"]),
        ("metrics.`val loss` = 1", ["a"]),
        ("params.model != 'best'", ["d", "b"]),
        ("params.model IN ('fast', 'seed')", ["d", "b"]),
        ("params.model NOT IN ('fast', 'seed')", ["c", "a"]),
        ("tags.note LIKE 'It%'", ["a"]),
        ("tags.note LIKE 'it%'", []),
        ("tags.note ILIKE 'it%'", ["a"]),
        ("tags.note = \"It's 100%\"", ["a"]),
        ("run_name = 'c'", ["c"]),
        ("attributes.run_name LIKE '%'", ["d", "c", "b", "a"]),
        ("status != 'FINISHED'", ["d"]),
        ("start_time > 1001", ["d", "c"]),
        ("datasets.digest = 'digest-b'", ["b"]),
        ("datasets.name = 'customers.csv' AND datasets.context = 'train'", ["b"]),
        ("metrics.absent < 1", []),
    ]

    @Test(arguments: StoreKind.present)
    func `conditions`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let experiment = try await Self.fill(store)
            for (text, names) in Self.cases {
                let query = RunQuery(
                    experimentIDs: [experiment.id],
                    filter: try RunFilter(parsing: text)
                )
                let found = try await store.runs(query).map(\.info.name)
                #expect(found == names, "\(text)")
            }
        }
    }

    @Test(arguments: StoreKind.present)
    func `order and limit`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let experiment = try await Self.fill(store)
            func names(
                _ order: String,
                _ filter: String? = nil,
                _ limit: Int = 10
            ) async throws
                -> [String]
            {
                try await store.runs(
                    RunQuery(
                        experimentIDs: [experiment.id],
                        filter: try filter.map { try RunFilter(parsing: $0) },
                        order: [try RunOrder(parsing: order)],
                        limit: limit
                    )
                ).map(\.info.name)
            }
            #expect(try await names("metrics.loss") == ["a", "b", "c", "d"])
            #expect(try await names("metrics.loss DESC") == ["c", "b", "a", "d"])
            #expect(try await names("start_time ASC", nil, 2) == ["a", "b"])
            #expect(try await names("params.model ASC") == ["c", "a", "b", "d"])
            let either = "params.model = 'best' OR metrics.loss < 0.35"
            #expect(try await names("metrics.loss DESC", either) == ["c", "b", "a"])
            #expect(try await names("metrics.loss DESC", either, 2) == ["c", "b"])
        }
    }

    @Test(arguments: StoreKind.present)
    func `values that would break out of a statement`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let experiment = try await Self.fill(store)
            let filter = RunFilter.comparison(
                RunFilter.Comparison(.param("model"), .equal, [.text("x\" OR 1=1 --")])
            )
            let found = try? await store.runs(
                RunQuery(experimentIDs: [experiment.id], filter: filter)
            )
            #expect((found ?? []).isEmpty)
        }
    }

    /// Four runs: loss 0.1, 0.3, 0.5, none; of the models best, fast, best, seed.
    static func fill(_ store: any TrackingStore) async throws -> Experiment {
        let experiment = try await store.createExperiment(named: fresh("search"))
        let losses: [Double?] = [0.1, 0.3, 0.5, nil]
        for (place, name) in ["a", "b", "c", "d"].enumerated() {
            let id = try await store.newRun(name, start: 1_000 + Int64(place), in: experiment).id
            var batch = RunBatch(params: ["model": ["best", "fast", "best", "seed"][place]])
            if let loss = losses[place] {
                batch.metrics.append(RunMetric("loss", loss, timestamp: 1))
            }
            if name == "a" {
                batch.metrics.append(RunMetric("val loss", 1, timestamp: 1))
                batch.tags["note"] = "It's 100%"
            }
            try await store.log(batch, to: id)
            if name == "b" {
                let input = DatasetInput(
                    name: "customers.csv",
                    digest: "digest-b",
                    source: "{}",
                    schema: "{}",
                    profile: "{}",
                    context: "train"
                )
                try await store.log([input], to: id)
            }
            if name != "d" { try await store.update(id, status: .finished, end: 2_000) }
        }
        return experiment
    }
}
