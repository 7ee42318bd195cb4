/// All that a run leaves behind, whatever store takes it.
public struct RunContent: Sendable {
    /// Parameters, tags, and the metrics of every step.
    public var batch: RunBatch
    /// The data it read.
    public var inputs: [DatasetInput]
    /// Its files, but the model's.
    public var artifacts: [ArtifactFile]
    /// The model it made; nil where there is none.
    public var model: ModelFolderContent?
    /// How it went.
    public var status: RunStatus
    /// Milliseconds since 1970.
    public var end: Int64?

    /// Creates a content.
    public init(
        batch: RunBatch = RunBatch(),
        inputs: [DatasetInput] = [],
        artifacts: [ArtifactFile] = [],
        model: ModelFolderContent? = nil,
        status: RunStatus,
        end: Int64?
    ) {
        self.batch = batch
        self.inputs = inputs
        self.artifacts = artifacts
        self.model = model
        self.status = status
        self.end = end
    }
}

/// A model folder, and how it is made known by the name that a store gives it.
public struct ModelFolderContent: Sendable {
    /// Its folder among the run's artifacts, or its name on the Models page.
    public var name: String
    /// The folder's files.
    public var files: [ArtifactFile]
    /// The same files for an identity.
    public var labelled: @Sendable ([ArtifactFile], ModelIdentity) throws -> [ArtifactFile]

    /// Creates a folder's content.
    public init(
        name: String = "model",
        files: [ArtifactFile],
        labelled: @escaping @Sendable ([ArtifactFile], ModelIdentity) throws -> [ArtifactFile]
    ) {
        self.name = name
        self.files = files
        self.labelled = labelled
    }
}

extension RunStore {
    /// Adds everything that a run left behind, and its end last: a run that counts as finished is whole.
    ///
    /// May be repeated after any interruption; nothing is there twice.
    ///
    /// - Returns: The model as the store knows it; nil where there is none.
    public func complete(_ run: String, with content: RunContent) async throws -> LoggedModel? {
        if !content.inputs.isEmpty { try await log(content.inputs, to: run) }
        try await log(content.batch.withoutSecrets, to: run)
        for file in content.artifacts { try await putArtifact(file.bytes, at: file.path, in: run) }
        var logged: LoggedModel?
        if let model = content.model {
            logged = try await logModel(named: model.name, in: run) { identity in
                try model.labelled(model.files, identity)
            }
        }
        try await update(run, status: content.status, end: content.end)
        return logged
    }
}
