/// A place that keeps registered models: names, their numbered versions, and aliases that point to one.
///
/// All throw `TrackingError`.
public protocol ModelRegistry: Sendable {
    /// Every registered model, by name.
    func registeredModels() async throws -> [RegisteredModel]

    /// The registered model of this name; nil where there is none.
    func registeredModel(_ name: String) async throws -> RegisteredModel?

    /// Registers a name.
    ///
    /// - Throws: `TrackingError` of kind `alreadyExists`.
    func createRegisteredModel(_ name: String, description: String) async throws

    /// Sets tags of a registered model.
    func setTag(_ key: String, _ value: String, ofModel name: String) async throws

    /// Registers a model as the next version of a name.
    func createVersion(_ version: NewModelVersion) async throws -> ModelVersion

    /// Every version of a name, in order; empty where there is no such name.
    func versions(of name: String) async throws -> [ModelVersion]

    /// A version; nil where there is none.
    func version(_ version: Int, of name: String) async throws -> ModelVersion?

    /// The version that an alias points to; nil where there is none.
    func version(alias: String, of name: String) async throws -> ModelVersion?

    /// Points an alias to a version, wherever it pointed before.
    func setAlias(_ alias: String, of name: String, to version: Int) async throws

    /// Removes an alias, if it is there.
    func deleteAlias(_ alias: String, of name: String) async throws

    /// Sets tags of a version.
    func setTag(
        _ key: String,
        _ value: String,
        ofVersion version: Int,
        of name: String
    ) async throws

    /// Replaces a version's description.
    func describe(_ description: String, version: Int, of name: String) async throws
}

/// A name under which versions of a model are registered.
public struct RegisteredModel: Equatable, Sendable {
    /// Its name for people.
    public var name: String
    /// What it is for.
    public var description: String
    /// Its tags, by key.
    public var tags: [String: String]
    /// The version that each alias points to.
    public var aliases: [String: Int]

    /// Creates a registered model.
    public init(
        name: String,
        description: String = "",
        tags: [String: String] = [:],
        aliases: [String: Int] = [:]
    ) {
        self.name = name
        self.description = description
        self.tags = tags
        self.aliases = aliases
    }
}

/// A version to be registered.
public struct NewModelVersion: Equatable, Sendable {
    /// The registered model.
    public var name: String
    /// What `logModel` gave.
    public var model: LoggedModel
    /// The run that made it.
    public var runID: String
    /// What is new in it.
    public var description: String
    /// Its tags, by key.
    public var tags: [String: String]

    /// Describes a version that is about to be registered.
    public init(
        name: String,
        model: LoggedModel,
        runID: String,
        description: String = "",
        tags: [String: String] = [:]
    ) {
        self.name = name
        self.model = model
        self.runID = runID
        self.description = description
        self.tags = tags
    }
}

/// A version of a registered model.
public struct ModelVersion: Equatable, Sendable {
    /// The registered model.
    public var name: String
    /// From 1.
    public var version: Int
    /// Milliseconds since 1970.
    public var created: Int64
    /// What is new in it.
    public var description: String
    /// Where its folder lies, for `RunStore.modelFiles`.
    public var source: String
    /// The run that made it.
    public var runID: String
    /// Its tags, by key.
    public var tags: [String: String]
    /// The aliases that point to it, by name.
    public var aliases: [String]

    /// Creates a version.
    public init(
        name: String,
        version: Int,
        created: Int64,
        description: String = "",
        source: String,
        runID: String,
        tags: [String: String] = [:],
        aliases: [String] = []
    ) {
        self.name = name
        self.version = version
        self.created = created
        self.description = description
        self.source = source
        self.runID = runID
        self.tags = tags
        self.aliases = aliases
    }
}
