/// What the document says of a service beside its schema.
public struct ServiceDescription: Equatable, Sendable {
    /// Name of the model that answers.
    public var modelName: String
    /// Its version.
    public var modelVersion: String
    /// Version of Retain.
    public var programVersion: String
    /// Whether callers need keys.
    public var requiresKeys: Bool
    /// Largest body of a request, in bytes.
    public var bodyLimit: Int

    /// Describes a service.
    public init(
        modelName: String,
        modelVersion: String,
        programVersion: String,
        requiresKeys: Bool,
        bodyLimit: Int
    ) {
        self.modelName = modelName
        self.modelVersion = modelVersion
        self.programVersion = programVersion
        self.requiresKeys = requiresKeys
        self.bodyLimit = bodyLimit
    }
}
