import Lifecycle
import Tracking
import Training

/// Training that keeps a record of itself.
///
/// What would make the record impossible is found before training begins; a model that is trained is kept even where its
/// record fails.
struct RecordedTraining {
    let recorder: RunRecorder
    /// Who trains.
    let user: String
    /// Name of the run; nil for the model and the random seed.
    var runName: String?
    /// The customer file as it was named.
    let source: String
    /// The name of which the model becomes a version; nil for none.
    let registeredName: String?
    /// What else is told about the run.
    var tags: [String: String] = [:]

    /// What came of it.
    struct Result {
        let outcome: TrainingWorkflow.Result
        let recorded: RunRecorder.Recorded
        let version: ModelVersion?
    }

    /// A server that does not answer shall not keep training waiting for longer.
    private static let patience = Duration.seconds(5)

    /// Trains, keeps the model and the record, and registers the model where that is asked for.
    ///
    /// - Parameters:
    ///   - customers: Whom to learn from.
    ///   - project: What is asked for.
    ///   - seed: The random seed.
    ///   - train: Trains.
    ///   - keep: Keeps the model elsewhere than in the record, before that is written; returns where.
    /// - Returns: The model, and where it is recorded.
    /// - Throws: What training throws; the record then says so. `TrackingError` where no store takes the record.
    func run(
        _ customers: CustomerData,
        _ project: Project,
        seed: UInt64,
        train: () throws -> TrainingWorkflow.Result,
        keep: (TrainingWorkflow.Result) throws -> String? = { _ in nil }
    ) async throws -> Result {
        let start = milliseconds()
        let beginning = Beginning {
            try await begin(project, seed: seed, start: start)
        }
        try await beginning.settle(within: Self.patience)
        let sampler = SystemSampler(now: milliseconds)
        let recorder = recorder
        Interruption.shared.endsInOrder {
            guard let started = beginning.started else { return }
            let content = RunContent(
                batch: RunBatch(tags: ["retain.error": "\(Interrupted())"]),
                status: .killed,
                end: milliseconds()
            )
            _ = try? await recorder.end(started, with: content)
        }
        defer { Interruption.shared.endsInOrder(nil) }
        let outcome: TrainingWorkflow.Result
        do {
            outcome = try train()
        } catch {
            // What went wrong matters more than whether that could be written down.
            if let started = try? await beginning.value {
                let content = RunContent(
                    batch: RunBatch(
                        metrics: await sampler.end(),
                        tags: ["retain.error": "\(error)"]
                    ),
                    status: error is Interrupted ? .killed : .failed,
                    end: milliseconds()
                )
                _ = try? await recorder.end(started, with: content)
            }
            throw error
        }
        let run = TrainingRun(project, outcome, source: source, start: start, end: milliseconds())
        let content = try run.content(system: await sampler.end())
        return try await record(outcome, content, beginning, keep)
    }

    /// Keeps the model and writes down what came of it: one of both is enough for it not to be lost.
    private func record(
        _ outcome: TrainingWorkflow.Result,
        _ content: RunContent,
        _ beginning: Beginning,
        _ keep: (TrainingWorkflow.Result) throws -> String?
    ) async throws -> Result {
        let kept = Swift.Result { try keep(outcome) }
        do {
            let recorded = try await recorder.end(try await beginning.value, with: content)
            if case .failure(let error) = kept {
                throw StillKept(error, "The model is kept as \(recorded.address).")
            }
            do {
                return Result(
                    outcome: outcome,
                    recorded: recorded,
                    version: try await register(recorded)
                )
            } catch {
                throw StillKept(error, "The model is kept as \(recorded.address), unregistered.")
            }
        } catch let error as StillKept {
            throw error
        } catch {
            guard let place = (try? kept.get()) ?? (try? outcome.rescue()) else { throw error }
            throw StillKept(error, "The model is written to \(place) all the same.")
        }
    }

    /// Begins the record, and makes sure that the name to register is one that the store takes.
    private func begin(
        _ project: Project,
        seed: UInt64,
        start: Int64
    ) async throws -> RunRecorder.Started {
        let started = try await recorder.begin(
            name: runName ?? "\(project.training.model.rawValue)-\(seed)",
            user: user,
            start: start,
            tags: await sourceTags().merging(tags) { $1 }
        )
        // On this machine nothing can be refused, and a name without versions would be left where training fails.
        if let name = registeredName, !(started.store is LocalStore) {
            do {
                try await started.store.ensureRegisteredModel(name, description: "")
            } catch {
                let content = RunContent(
                    batch: RunBatch(tags: ["retain.error": "\(error)"]),
                    status: .failed,
                    end: milliseconds()
                )
                _ = try? await recorder.end(started, with: content)
                throw error
            }
        }
        return started
    }

    /// Makes the model the next version of the name; nil where none is asked for.
    private func register(_ recorded: RunRecorder.Recorded) async throws -> ModelVersion? {
        guard let name = registeredName, let model = recorded.model else { return nil }
        try await recorded.store.ensureRegisteredModel(name, description: "")
        let version = try await recorded.store.createVersion(
            NewModelVersion(name: name, model: model, runID: recorded.id)
        )
        try await ModelPromotion(recorded.store, name: name, who: user, now: milliseconds)
            .noteRegistration(of: version.version, why: "run \(recorded.id)")
        return version
    }
}

extension RunRecorder.Recorded {
    /// The model's address in the store.
    fileprivate var address: String { "runs:/\(id)/model in \(store.address)" }
}
