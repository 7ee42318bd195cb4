/// One execution of training, as MLflow knows it.
public struct Run: Equatable, Sendable {
    /// What it is and how it went.
    public var info: RunInfo
    /// Each metric's last value: of the highest step, then the latest time, then the highest value.
    public var metrics: [String: RunMetric]
    /// What was set beforehand; written once.
    public var params: [String: String]
    /// Its tags, by key; may change.
    public var tags: [String: String]
    /// The data it read.
    public var inputs: [DatasetInput]
    /// Identifiers of the models that it logged on a server that knows logged models (MLflow 3).
    public var modelIDs: [String]

    /// Creates a run.
    public init(
        info: RunInfo,
        metrics: [String: RunMetric] = [:],
        params: [String: String] = [:],
        tags: [String: String] = [:],
        inputs: [DatasetInput] = [],
        modelIDs: [String] = []
    ) {
        self.info = info
        self.metrics = metrics
        self.params = params
        self.tags = tags
        self.inputs = inputs
        self.modelIDs = modelIDs
    }
}

/// What a run is and how it went.
public struct RunInfo: Equatable, Sendable {
    /// 32 hexadecimal digits that the store chose.
    public var id: String
    /// The experiment it belongs to.
    public var experimentID: String
    /// Its name for people.
    public var name: String
    /// Who started it.
    public var user: String
    /// How it went.
    public var status: RunStatus
    /// Milliseconds since 1970.
    public var start: Int64
    /// Milliseconds since 1970; nil while it goes on.
    public var end: Int64?
    /// Where its artifacts lie, as the store says.
    public var artifactURI: String

    /// Creates the description of a run.
    public init(
        id: String,
        experimentID: String,
        name: String,
        user: String,
        status: RunStatus,
        start: Int64,
        end: Int64?,
        artifactURI: String
    ) {
        self.id = id
        self.experimentID = experimentID
        self.name = name
        self.user = user
        self.status = status
        self.start = start
        self.end = end
        self.artifactURI = artifactURI
    }
}

/// How a run went, in MLflow's words.
public enum RunStatus: String, Sendable, CaseIterable {
    /// It goes on, or its program was killed.
    case running = "RUNNING"
    /// It has not begun.
    case scheduled = "SCHEDULED"
    /// It came to its end.
    case finished = "FINISHED"
    /// An error ended it.
    case failed = "FAILED"
    /// Someone ended it.
    case killed = "KILLED"

    /// Whether nothing more will come.
    public var isTerminal: Bool { self != .running && self != .scheduled }
}

/// A number at one step.
public struct RunMetric: Equatable, Sendable {
    /// Its name; `/` groups names in MLflow's pages.
    public var key: String
    /// The number; infinite values come back as the largest finite ones.
    public var value: Double
    /// Milliseconds since 1970.
    public var timestamp: Int64
    /// The epoch or round it belongs to.
    public var step: Int64

    /// Creates a metric.
    public init(_ key: String, _ value: Double, timestamp: Int64, step: Int64 = 0) {
        self.key = key
        self.value = value
        self.timestamp = timestamp
        self.step = step
    }

    /// NaN equals NaN here: it is the same measurement.
    public static func == (one: Self, other: Self) -> Bool {
        one.key == other.key && one.timestamp == other.timestamp && one.step == other.step
            && (one.value == other.value || (one.value.isNaN && other.value.isNaN))
    }
}

/// Data that a run read.
public struct DatasetInput: Equatable, Sendable {
    /// Name of the file.
    public var name: String
    /// Names this content, at most 36 characters.
    public var digest: String
    /// What kind of place the source is, for example `local`.
    public var sourceType: String
    /// Where it came from, JSON.
    public var source: String
    /// Its columns, JSON with the key `mlflow_colspec`.
    public var schema: String
    /// Counts, JSON.
    public var profile: String
    /// What it was for: `train`, `eval`.
    public var context: String

    /// Creates a description of data.
    public init(
        name: String,
        digest: String,
        sourceType: String = "local",
        source: String,
        schema: String,
        profile: String,
        context: String
    ) {
        self.name = name
        self.digest = digest
        self.sourceType = sourceType
        self.source = source
        self.schema = schema
        self.profile = profile
        self.context = context
    }
}
