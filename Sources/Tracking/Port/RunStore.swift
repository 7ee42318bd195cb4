/// A place that keeps experiments, runs and what they produced: MLflow's tracking, on disk or on a server.
///
/// Every call that writes what was said may be repeated: parameters, metrics, tags, inputs and artifacts are
/// there once, however often they are sent. What makes something new (`createRun`, `logModel`) is not.
///
/// All throw `TrackingError`; a store of this machine also `FileError` where its disk takes no more.
///
/// ```swift
/// let store: any TrackingStore = try LocalStore("mlflow.db")
/// let experiment = try await store.createExperiment(named: "churn")
/// let run = try await store.createRun(
///     NewRun(experimentID: experiment.id, name: "first", user: "ana", start: 0)
/// )
/// let area = RunMetric("test_roc_auc", 0.86, timestamp: 1_000)
/// try await store.log(RunBatch(metrics: [area], params: ["seed": "42"]), to: run.id)
/// try await store.update(run.id, status: .finished, end: 2_000)
/// let good = try await store.runs(
///     RunQuery(filter: RunFilter(parsing: "metrics.test_roc_auc > 0.8"))
/// )
/// ```
public protocol RunStore: Sendable {
    /// The address people know it by, for example `sqlite:////home/a/mlflow.db`, without secrets.
    var address: String { get }

    /// Every active experiment, in order of creation.
    func experiments() async throws -> [Experiment]

    /// The experiment of this name; nil where there is none that is active.
    func experiment(named name: String) async throws -> Experiment?

    /// Creates an experiment.
    ///
    /// - Throws: `TrackingError` of kind `alreadyExists` where the name is taken, by a deleted one too.
    func createExperiment(named name: String) async throws -> Experiment

    /// Begins a run; its status is `running`.
    func createRun(_ run: NewRun) async throws -> RunInfo

    /// Adds metrics, parameters and tags to a run; any number of them.
    ///
    /// - Throws: `TrackingError` of kind `invalid` where a parameter is there with another value, or a name
    ///   breaks MLflow's rules; nothing of the batch is to be relied on then.
    func log(_ batch: RunBatch, to run: String) async throws

    /// Adds data that the run read.
    func log(_ inputs: [DatasetInput], to run: String) async throws

    /// Sets the status of a run, and its end.
    func update(_ run: String, status: RunStatus, end: Int64?) async throws

    /// One run.
    ///
    /// - Throws: `TrackingError` of kind `notFound`.
    func run(_ id: String) async throws -> Run

    /// Runs that match a query, in its order.
    func runs(_ query: RunQuery) async throws -> [Run]

    /// Every value of a metric, by step, then time.
    func history(of metric: String, in run: String) async throws -> [RunMetric]

    /// Puts a file among a run's artifacts, in the place of an earlier one.
    func putArtifact(_ bytes: [UInt8], at path: String, in run: String) async throws

    /// The files and folders directly below a folder of the run's artifacts, by name; `""` is the top.
    func artifacts(under path: String, in run: String) async throws -> [ArtifactInfo]

    /// A file of the run's artifacts.
    ///
    /// - Throws: `TrackingError` of kind `notFound`.
    func artifact(at path: String, in run: String) async throws -> [UInt8]

    /// Logs a model folder under a name (its folder among the artifacts, or its name on the Models page).
    ///
    /// - Parameters:
    ///   - name: `model`, by custom.
    ///   - run: The run that made it.
    ///   - files: The folder's files for the identity that the store gives it.
    /// - Returns: The address under which the store keeps it.
    /// - Throws: `TrackingError` of kind `notFound` where there is no such run, and what `files` throws.
    func logModel(
        named name: String,
        in run: String,
        files: @Sendable (ModelIdentity) throws -> [ArtifactFile]
    ) async throws -> LoggedModel

    /// The files of a model folder, by path.
    ///
    /// - Parameter source: `runs:/ID/model`, `models:/m-…`, or a version's `source` in this store.
    /// - Returns: The files, by path.
    /// - Throws: `TrackingError` of kind `notFound`.
    func modelFiles(at source: String) async throws -> [ArtifactFile]
}

/// A place that keeps runs and registered models.
public typealias TrackingStore = ModelRegistry & RunStore

/// A name under which runs are gathered.
public struct Experiment: Equatable, Sendable {
    /// The store's number, as text.
    public var id: String
    /// Its name for people.
    public var name: String
    /// Where the artifacts of its runs go.
    public var artifactLocation: String

    /// Creates an experiment.
    public init(id: String, name: String, artifactLocation: String) {
        self.id = id
        self.name = name
        self.artifactLocation = artifactLocation
    }
}

/// A run that is about to begin.
public struct NewRun: Equatable, Sendable {
    /// The experiment's identifier.
    public var experimentID: String
    /// Its name for people.
    public var name: String
    /// Who starts it.
    public var user: String
    /// Milliseconds since 1970.
    public var start: Int64
    /// Its tags, by key.
    public var tags: [String: String]

    /// Describes a run that is about to begin.
    public init(
        experimentID: String,
        name: String,
        user: String,
        start: Int64,
        tags: [String: String] = [:]
    ) {
        self.experimentID = experimentID
        self.name = name
        self.user = user
        self.start = start
        self.tags = tags
    }
}

/// Metrics, parameters and tags that are added to a run together.
public struct RunBatch: Equatable, Sendable {
    /// Metrics; any number of them.
    public var metrics: [RunMetric]
    /// Parameters, by key.
    public var params: [String: String]
    /// Tags, by key.
    public var tags: [String: String]

    /// Creates a batch.
    public init(
        metrics: [RunMetric] = [],
        params: [String: String] = [:],
        tags: [String: String] = [:]
    ) {
        self.metrics = metrics
        self.params = params
        self.tags = tags
    }
}

/// Which runs, and in what order.
public struct RunQuery: Equatable, Sendable {
    /// Identifiers of the experiments to look in; empty looks in all active ones.
    public var experimentIDs: [String]
    /// The condition that runs must meet; nil takes all.
    public var filter: RunFilter?
    /// What to sort by; then by start, latest first.
    public var order: [RunOrder]
    /// The most that are returned.
    public var limit: Int

    /// Creates a query.
    public init(
        experimentIDs: [String] = [],
        filter: RunFilter? = nil,
        order: [RunOrder] = [],
        limit: Int = 1_000
    ) {
        self.experimentIDs = experimentIDs
        self.filter = filter
        self.order = order
        self.limit = limit
    }
}

/// A file or folder among a run's artifacts.
public struct ArtifactInfo: Equatable, Sendable {
    /// From the top of the run's artifacts.
    public var path: String
    /// Whether it is a folder.
    public var isFolder: Bool
    /// Bytes; nil for folders.
    public var size: Int64?

    /// Creates a description.
    public init(path: String, isFolder: Bool, size: Int64?) {
        self.path = path
        self.isFolder = isFolder
        self.size = size
    }
}

/// A file of a folder that is kept.
public struct ArtifactFile: Equatable, Sendable {
    /// Path inside the folder.
    public var path: String
    /// What is in it.
    public var bytes: [UInt8]

    /// Creates a file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// The identity that a store gives to a model before it takes it.
public struct ModelIdentity: Equatable, Sendable {
    /// The run that made it.
    public var runID: String
    /// `m-` and 32 digits on a server that knows logged models (MLflow 3); else nil.
    public var modelID: String?
    /// What `MLmodel` gives as `artifact_path`: the name among the run's artifacts, or the model's address.
    public var artifactPath: String

    /// Creates an identity.
    public init(runID: String, modelID: String?, artifactPath: String) {
        self.runID = runID
        self.modelID = modelID
        self.artifactPath = artifactPath
    }
}

/// A model that a store has taken.
public struct LoggedModel: Equatable, Sendable {
    /// What a registered version gives as its `source`.
    public var source: String
    /// `m-` and 32 digits where the store knows logged models.
    public var modelID: String?

    /// Creates a description.
    public init(source: String, modelID: String?) {
        self.source = source
        self.modelID = modelID
    }
}
