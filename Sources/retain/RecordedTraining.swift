import Tracking
import Training

/// Training that keeps a record of itself.
struct RecordedTraining {
    let recorder: RunRecorder
    /// Who trains.
    let user: String
    /// Name of the run; nil for the model and the seed.
    var runName: String?
    /// The customer file as it was named.
    let source: String
    /// The name of which the model becomes a version; nil for none.
    let registeredName: String?
    /// What else is told about the run.
    var tags: [String: String] = [:]

    /// What came of it.
    struct Result {
        let outcome: TrainingWorkflow.Outcome
        let recorded: RunRecorder.Recorded
        let version: ModelVersion?
    }

    /// Trains, keeps the record, and registers the model where that is asked for.
    ///
    /// The record is begun beside the training, so that neither waits for the other.
    ///
    /// - Throws: What training throws; the record then says so. `TrackingError` where no store takes the record.
    func run(
        _ customers: CustomerData,
        _ project: Project,
        seed: UInt64,
        train: () throws -> TrainingWorkflow.Outcome
    ) async throws -> Result {
        let start = milliseconds()
        async let beginning = recorder.begin(
            name: runName ?? "\(project.training.model.rawValue)-\(seed)",
            user: user,
            start: start,
            tags: await sourceTags().merging(tags) { $1 }
        )
        let sampler = SystemSampler(now: milliseconds)
        let outcome: TrainingWorkflow.Outcome
        do {
            outcome = try train()
        } catch {
            // What went wrong matters more than whether that could be written down.
            if let started = try? await beginning {
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
        let recorded = try await recorder.end(try await beginning, with: content)
        return Result(
            outcome: outcome,
            recorded: recorded,
            version: try await register(recorded)
        )
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
