import Synchronization

extension ServerStore: RunStore {
    /// The tag by which a run is found whose creation was not answered.
    private static let mark = "retain.request"

    /// Every active experiment, in order of creation.
    public func experiments() async throws -> [Experiment] {
        struct Query: Encodable {
            var maxResults = 1_000
            var pageToken: String?
        }
        struct Found: Decodable {
            var experiments: [MLflowREST.Experiment]?
            var nextPageToken: String?
        }
        let all = try await pages { token in
            let page: Found = try await connection.post(
                "experiments/search",
                Query(pageToken: token)
            )
            return (page.experiments?.map { Experiment($0) }, page.nextPageToken)
        }
        return all.sorted { (Int($0.id) ?? 0, $0.id) < (Int($1.id) ?? 0, $1.id) }
    }

    /// The experiment of this name; nil where there is none that is active.
    public func experiment(named name: String) async throws -> Experiment? {
        struct Found: Decodable { var experiment: MLflowREST.Experiment }
        return try await ifFound {
            try await connection.get("experiments/get-by-name", [("experiment_name", name)])
                as Found
        }.flatMap { $0.experiment.lifecycleStage == "deleted" ? nil : Experiment($0.experiment) }
    }

    /// Creates an experiment.
    public func createExperiment(named name: String) async throws -> Experiment {
        struct Request: Encodable { var name: String }
        return try await connection.makeOnce("experiments/create", Request(name: name)) {
            try await experiment(named: name)
        } made: { (_: NoAnswer) in
            guard let made = try await experiment(named: name) else {
                throw TrackingError(
                    .notFound,
                    at: address,
                    "the experiment \"\(name)\" was not made"
                )
            }
            return made
        }
    }

    /// Begins a run; its status is `running`.
    public func createRun(_ run: NewRun) async throws -> RunInfo {
        struct Request: Encodable {
            var experimentId: String
            var runName: String
            var userId: String
            var startTime: Int64
            var tags: [MLflowREST.Pair]
        }
        struct Made: Decodable { var run: MLflowREST.Run }
        for key in run.tags.keys { try invalid(TrackingLimits.problem(withKey: key)) }
        var tags = run.tags
        let mark = Self.freshMark
        tags[Self.mark] = mark
        if !run.user.isEmpty { tags["mlflow.user"] = run.user }
        let request = Request(
            experimentId: run.experimentID,
            runName: run.name,
            userId: run.user,
            startTime: run.start,
            tags: MLflowREST.pairs(tags)
        )
        let condition = RunFilter.Comparison(.tag(Self.mark), .equal, [.text(mark)])
        let info = try await connection.makeOnce("runs/create", request) {
            try await runs(
                RunQuery(
                    experimentIDs: [run.experimentID],
                    filter: .comparison(condition),
                    limit: 1
                )
            ).first?.info
        } made: { (answer: Made) in
            RunInfo(answer.run.info)
        }
        artifactAddresses.withLock { $0[info.id] = info.artifactURI }
        return info
    }

    /// Adds metrics, parameters and tags to a run; any number of them.
    public func log(_ batch: RunBatch, to run: String) async throws {
        let keys = Set(batch.metrics.map(\.key)).union(batch.params.keys).union(batch.tags.keys)
        for key in keys.sorted() { try invalid(TrackingLimits.problem(withKey: key)) }
        for part in batch.requests(run: run) { try await connection.tell("runs/log-batch", part) }
    }

    /// Adds data that the run read.
    public func log(_ inputs: [DatasetInput], to run: String) async throws {
        struct Request: Encodable {
            var runId: String
            var datasets: [MLflowREST.Input]
        }
        guard !inputs.isEmpty else { return }
        let request = Request(
            runId: run,
            datasets: inputs.map { input in
                MLflowREST.Input(
                    tags: [MLflowREST.Pair(key: "mlflow.data.context", value: input.context)],
                    dataset: MLflowREST.Dataset(
                        name: input.name,
                        digest: input.digest,
                        sourceType: input.sourceType,
                        source: input.source,
                        schema: input.schema,
                        profile: input.profile
                    )
                )
            }
        )
        do {
            try await connection.tell("runs/log-inputs", request)
        } catch let error as TrackingError where error.kind == .unsupported {
            // Servers before 2.4 know no inputs; the run's tags and parameters say the digest too.
        }
    }

    /// Sets the status of a run, and its end.
    public func update(_ run: String, status: RunStatus, end: Int64?) async throws {
        struct Request: Encodable {
            var runId: String
            var status: String
            var endTime: Int64?
        }
        try await connection.tell(
            "runs/update",
            Request(runId: run, status: status.rawValue, endTime: end)
        )
    }

    /// One run.
    public func run(_ id: String) async throws -> Run {
        struct Found: Decodable { var run: MLflowREST.Run }
        let found: Found = try await connection.get("runs/get", [("run_id", id)])
        return Run(found.run)
    }

    /// Every value of a metric, by step, then time.
    public func history(of metric: String, in run: String) async throws -> [RunMetric] {
        struct Page: Decodable {
            var metrics: [MLflowREST.Metric]?
            var nextPageToken: String?
        }
        let all = try await pages { token in
            let query =
                [("run_id", run), ("metric_key", metric), ("max_results", "25000")]
                + (token.map { [("page_token", $0)] } ?? [])
            let page: Page = try await connection.get("metrics/get-history", query)
            return (page.metrics?.map { RunMetric($0) }, page.nextPageToken)
        }
        return all.sorted {
            ($0.step, $0.timestamp, $0.value) < ($1.step, $1.timestamp, $1.value)
        }
    }
}
