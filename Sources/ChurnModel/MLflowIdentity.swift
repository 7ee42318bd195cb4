/// What a model is called where MLflow keeps it; written into its `MLmodel`.
public struct MLflowIdentity: Equatable, Sendable {
    /// The run that made it.
    public var runID: String
    /// Its own identifier where the server knows logged models (MLflow 3).
    public var modelID: String?
    /// Its folder among the run's artifacts, or its address.
    public var artifactPath: String
    /// When it was logged: `2026-11-23 16:31:48.551575`, universal time.
    public var created: String

    /// Creates an identity.
    public init(runID: String, modelID: String?, artifactPath: String, created: String) {
        self.runID = runID
        self.modelID = modelID
        self.artifactPath = artifactPath
        self.created = created
    }
}

extension ModelFolder {
    /// The files of a model's folder, known under an identity; everything but `MLmodel` and the manifest stays.
    ///
    /// - Throws: `ModelFolderError` where they are no model's folder.
    public static func labelled(
        _ files: [ModelFile],
        as identity: MLflowIdentity
    ) throws -> [ModelFile] {
        let saved = try SavedModel(files: files)
        let label = ModelFile(
            path: MLflowFiles.modelPath,
            text: MLflowFiles.mlModel(
                saved.model.inputs(saved.reference),
                uuid: String(saved.digest.prefix(32)),
                identity: identity
            )
        )
        let content =
            files.filter {
                ![MLflowFiles.modelPath, Manifest.path, Manifest.addedByMLflow].contains($0.path)
            } + [label]
        return content + [
            try ModelFile(path: Manifest.path, json: Manifest(of: content))
        ]
    }
}
