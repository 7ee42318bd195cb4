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
        var metrics: [Metric] = []
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
            files: try await local.modelFiles(at: "runs:/\(run.info.id)/\(name)"),
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
