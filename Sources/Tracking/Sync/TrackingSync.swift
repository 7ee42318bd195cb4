/// Replays what this machine's store holds on a server.
///
/// May be stopped at any point and said again: what is there already is found and completed, nothing is lost
/// and nothing is there twice.
public struct TrackingSync: Sendable {
    let local: LocalStore
    let server: any TrackingStore
    let labelled: @Sendable ([ArtifactFile], ModelIdentity) throws -> [ArtifactFile]

    /// Prepares a replay.
    ///
    /// - Parameters:
    ///   - local: Where runs lie.
    ///   - server: Where they go.
    ///   - labelled: Makes a model folder known by the name that the server gives it.
    public init(
        from local: LocalStore,
        to server: any TrackingStore,
        labelled: @escaping @Sendable ([ArtifactFile], ModelIdentity) throws -> [ArtifactFile]
    ) {
        self.local = local
        self.server = server
        self.labelled = labelled
    }

    /// What was done.
    public struct Report: Codable, Equatable, Sendable {
        /// Runs that went to the server now.
        public var runs = 0
        /// Versions that went to the server now.
        public var versions = 0
        /// Runs that were there already.
        public var present = 0
        /// Runs that have not ended and stay until they do.
        public var unfinished = 0
        /// What someone has to look at.
        public var notices: [String] = []
    }

    /// Replays every run that has ended, then every version.
    ///
    /// - Parameter onRun: Called before each run that is sent, with its name and how many are done of how many.
    /// - Returns: What was done.
    /// - Throws: `TrackingError`; what was sent by then is kept.
    public func run(
        onRun: (_ name: String, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
    ) async throws -> Report {
        var report = Report()
        let (ended, unfinished) = try local.runIDsByStart()
        report.unfinished = unfinished
        let missing = try ended.filter {
            try local.counterpart(.run, $0, at: server.address)?.isComplete != true
        }
        report.present = ended.count - missing.count
        let experiments = try await local.experiments()
        for (done, id) in missing.enumerated() {
            let run = try await local.run(id)
            onRun(run.info.name, done, missing.count)
            let experiment = experiments.first { $0.id == run.info.experimentID }?.name
            try await send(run, experiment: experiment ?? "Default")
            report.runs += 1
        }
        try await sendVersions(&report)
        return report
    }

    private func send(_ run: Run, experiment: String) async throws {
        let remote = try await counterpart(of: run, experiment: experiment)
        try local.note(
            .run,
            run.info.id,
            at: server.address,
            Counterpart(remoteID: remote, isComplete: false)
        )
        _ = try await server.complete(remote, with: try await content(of: run))
        try local.note(
            .run,
            run.info.id,
            at: server.address,
            Counterpart(remoteID: remote, isComplete: true)
        )
    }

    /// The run on the server: the one noted, the one that an interrupted replay has made, or a new one.
    private func counterpart(of run: Run, experiment: String) async throws -> String {
        if let noted = try local.counterpart(.run, run.info.id, at: server.address) {
            return noted.remoteID
        }
        let experiment = try await server.ensuredExperiment(named: experiment)
        let found = try await server.runs(
            RunQuery(
                experimentIDs: [experiment.id],
                filter: .comparison(
                    RunFilter.Comparison(.tag(SyncTag.run), .equal, [.text(run.info.id)])
                ),
                limit: 1
            )
        )
        if let found = found.first { return found.info.id }
        var tags = run.tags.filter { !SyncTag.ownedByStore.contains($0.key) }
        tags[SyncTag.run] = run.info.id
        return try await server.createRun(
            NewRun(
                experimentID: experiment.id,
                name: run.info.name,
                user: run.info.user,
                start: run.info.start,
                tags: tags
            )
        ).id
    }
}

/// The tags by which a replay knows what it has made.
enum SyncTag {
    /// On the server: the identifier that the run has on the machine it comes from.
    static let run = "retain.sync.run"
    /// On the server: the run and the version on the machine it comes from.
    static let version = "retain.sync.version"
    static let parent = "mlflow.parentRunId"
    /// Tags that each store writes itself.
    static let ownedByStore: Set = [ModelHistory.tag, "mlflow.runName", "mlflow.user"]
}

extension TrackingSync {
    /// Everything that a run has left behind here.
    func content(of run: Run) async throws -> RunContent {
        var metrics: [RunMetric] = []
        for key in run.metrics.keys.sorted() {
            metrics += try await local.history(of: key, in: run.info.id)
        }
        var tags = run.tags.filter { !SyncTag.ownedByStore.contains($0.key) }
        if let parent = tags[SyncTag.parent],
            let noted = try local.counterpart(.run, parent, at: server.address)
        {
            tags[SyncTag.parent] = noted.remoteID
        }
        return RunContent(
            batch: RunBatch(metrics: metrics, params: run.params, tags: tags),
            inputs: run.inputs,
            artifacts: try await files(of: run),
            model: try await model(of: run),
            status: run.info.status,
            end: run.info.end
        )
    }

    /// The model that the run logged; nil where it logged none.
    func model(of run: Run) async throws -> ModelFolderContent? {
        guard let name = run.modelNames.last else { return nil }
        return ModelFolderContent(
            name: name,
            files: try await local.modelFiles(at: "\(ModelAddress.run(run.info.id, path: name))"),
            labelled: labelled
        )
    }

    /// The run's files, but those of its models.
    private func files(of run: Run) async throws -> [ArtifactFile] {
        var files: [ArtifactFile] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for item in try await local.artifacts(under: folder, in: run.info.id)
            where !run.modelNames.contains(item.path) {
                if item.isFolder {
                    folders.append(item.path)
                } else {
                    let bytes = try await local.artifact(at: item.path, in: run.info.id)
                    files.append(ArtifactFile(path: item.path, bytes: bytes))
                }
            }
        }
        return files
    }
}

extension Run {
    /// The folders among its artifacts that are models.
    var modelNames: [String] {
        tags[ModelHistory.tag].map(ModelHistory.names(in:)) ?? []
    }
}
