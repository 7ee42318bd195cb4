public import ChurnModel
private import FoundationEssentials
public import Tracking

extension ModelFolder {
    /// A model folder's files, known by the name that a store gives the model.
    ///
    /// - Throws: `ModelFolderError` where they are no model's folder.
    @Sendable
    public static func labelled(
        _ files: [ArtifactFile],
        as identity: ModelIdentity
    ) throws -> [ArtifactFile] {
        try labelled(
            files.map { ModelFile(path: $0.path, bytes: $0.bytes) },
            as: MLflowIdentity(
                runID: identity.runID,
                modelID: identity.modelID,
                artifactPath: identity.artifactPath,
                created: created
            )
        ).map { ArtifactFile(path: $0.path, bytes: $0.bytes) }
    }

    /// Now, as Python prints it.
    private static var created: String {
        Date().formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space)
                .time(includingFractionalSeconds: true)
        ) + "000"
    }
}
