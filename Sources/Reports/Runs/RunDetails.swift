import FoundationEssentials
public import Tracking

/// Everything that a store knows about a run.
public struct RunDetails: Sendable {
    /// The run.
    public var run: Run
    /// Its experiment's name.
    public var experiment: String
    /// Files and folders of every level.
    public var artifacts: [ArtifactInfo]
    /// Whether there are more than those.
    public var hasMoreArtifacts: Bool
    /// Registered versions that it made.
    public var versions: [ModelVersion]
    /// How many runs belong to it.
    public var children: Int

    /// Creates a description.
    public init(
        run: Run,
        experiment: String,
        artifacts: [ArtifactInfo] = [],
        hasMoreArtifacts: Bool = false,
        versions: [ModelVersion] = [],
        children: Int = 0
    ) {
        self.run = run
        self.experiment = experiment
        self.artifacts = artifacts
        self.hasMoreArtifacts = hasMoreArtifacts
        self.versions = versions
        self.children = children
    }
}

extension RunDetails {
    /// A model that the run logged.
    struct Model: Equatable {
        /// `runs:/ID/model` or `models:/m-…`.
        let address: String
        /// What can open it, for example `onnx`.
        let flavors: [String]
    }

    /// The models that it logged: of MLflow 2 in a tag, of MLflow 3 by identifier.
    var models: [Model] {
        struct Ignored: Decodable { init(from decoder: any Decoder) {} }
        struct Entry: Decodable {
            var path: String
            var flavors: [String: Ignored]?
            enum CodingKeys: String, CodingKey {
                case path = "artifact_path"
                case flavors
            }
        }
        let text = run.tags[Self.modelTag] ?? "[]"
        let entries = (try? JSONDecoder().decode([Entry].self, from: Data(text.utf8))) ?? []
        var seen: Set<String> = []
        let logged = entries.map {
            Model(
                address: "\(ModelAddress.run(run.info.id, path: $0.path))",
                flavors: ($0.flavors ?? [:]).keys.sorted()
            )
        }.filter { seen.insert($0.address).inserted }
        return logged
            + run.modelIDs.map { Model(address: "\(ModelAddress.logged($0))", flavors: []) }
    }

    static let modelTag = "mlflow.log-model.history"
}

extension DatasetInput {
    /// What is counted in it, by name; empty where the profile is something else.
    var counts: [(name: String, count: Double)] {
        let counts = try? JSONDecoder().decode([String: Double].self, from: Data(profile.utf8))
        return (counts ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }
}
