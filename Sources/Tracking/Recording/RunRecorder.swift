/// Keeps a run: on the store that was asked for, or on this machine while that can't be reached.
public struct RunRecorder: Sendable {
    /// The store that was asked for; nil where it could not even be opened.
    private let store: any TrackingStore
    /// Opens the store of this machine; nil where `store` is that one.
    private let fallback: (@Sendable () throws -> LocalStore)?
    private let experiment: String

    /// Creates a recorder.
    ///
    /// - Parameters:
    ///   - store: Where runs go.
    ///   - fallback: Where they go while it can't be reached; nil for nowhere else.
    ///   - experiment: The name under which runs are gathered; made where it is not there.
    public init(
        _ store: any TrackingStore,
        fallback: (@Sendable () throws -> LocalStore)? = nil,
        experiment: String
    ) {
        self.store = store
        self.fallback = fallback
        self.experiment = experiment
    }

    /// A run that goes on.
    public struct Started: Sendable {
        /// Its identifier.
        public let id: String
        /// The store that has it.
        public let store: any TrackingStore
        /// What to tell where this is not the store that was asked for; else nil.
        public let notice: String?
        fileprivate let run: NewRun
    }

    /// A run that is written down.
    public struct Recorded: Sendable {
        /// Its identifier.
        public let id: String
        /// The store that has it.
        public let store: any TrackingStore
        /// The model as that store knows it.
        public let model: LoggedModel?
        /// What to tell where this is not the store that was asked for; else nil.
        public let notice: String?
    }

    /// Begins a run.
    ///
    /// - Throws: `TrackingError` where neither store takes it.
    public func begin(
        name: String,
        user: String,
        start: Int64,
        tags: [String: String]
    ) async throws -> Started {
        var run = NewRun(
            experimentID: "",
            name: name,
            user: user,
            start: start,
            tags: tags.withoutSecrets
        )
        do {
            run.experimentID = try await Self.proven(store, experiment).id
            return Started(
                id: try await store.createRun(run).id,
                store: store,
                notice: nil,
                run: run
            )
        } catch let error as TrackingError where error.kind == .unreachable {
            guard let local = try fallback?() else { throw error }
            run.experimentID = try await Self.proven(local, experiment).id
            return Started(
                id: try await local.createRun(run).id,
                store: local,
                notice: Self.notice(error, local),
                run: run
            )
        }
    }

    /// Makes sure that runs can be kept, before work begins whose end they are to tell.
    ///
    /// - Parameter patience: A server that does not answer is not waited for longer; it may answer later.
    /// - Throws: `TrackingError` where neither store takes a run; `FileError` where the disk takes none.
    public func prove(within patience: Duration) async throws {
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await Self.proven(store, experiment) }
                group.addTask { try await Task.sleep(for: patience) }
                try await group.next()
                group.cancelAll()
            }
        } catch let error as TrackingError where error.kind == .unreachable {
            guard let local = try fallback?() else { throw error }
            _ = try await Self.proven(local, experiment)
        }
    }

    /// The experiment in a store that takes runs of it.
    private static func proven(
        _ store: any TrackingStore,
        _ name: String
    ) async throws -> Experiment {
        let experiment = try await store.ensuredExperiment(named: name)
        try (store as? LocalStore)?.proveRoom(for: experiment)
        return experiment
    }

    /// Writes down everything that a run left behind.
    ///
    /// - Throws: `TrackingError` where neither store takes it.
    public func end(_ started: Started, with content: RunContent) async throws -> Recorded {
        do {
            let model = try await started.store.complete(started.id, with: content)
            return Recorded(
                id: started.id,
                store: started.store,
                model: model,
                notice: started.notice
            )
        } catch let error as TrackingError where error.kind == .unreachable {
            guard let local = try fallback?() else { throw error }
            var run = started.run
            run.experimentID = try await local.ensuredExperiment(named: experiment).id
            let id = try await local.createRun(run).id
            // So that `retain sync` goes on with the run that the server has begun.
            try local.note(
                .run,
                id,
                at: store.address,
                Counterpart(remoteID: started.id, isComplete: false)
            )
            let model = try await local.complete(id, with: content)
            return Recorded(
                id: id,
                store: local,
                model: model,
                notice: Self.notice(error, local)
            )
        }
    }

    private static func notice(_ error: TrackingError, _ local: LocalStore) -> String {
        "\(error.description)\nThe run is kept in \(local.address) meanwhile;"
            + " `retain sync` sends it to the server once that answers."
    }
}

extension RunStore {
    /// The experiment of this name, made where it is not there.
    public func ensuredExperiment(named name: String) async throws -> Experiment {
        if let found = try await experiment(named: name) { return found }
        do {
            return try await createExperiment(named: name)
        } catch let error as TrackingError where error.kind == .alreadyExists {
            // Someone else made it in between; else it was deleted, and stays so.
            if let found = try await experiment(named: name) { return found }
            throw TrackingError(
                .invalid,
                at: address,
                "the experiment \"\(name)\" is deleted; restore it, or name another by"
                    + " MLFLOW_EXPERIMENT_NAME or --experiment"
            )
        }
    }
}
