import Tracking
import Training

extension RecordingOptions {
    /// Keeps a record of a search: a run, and one below it for each trial.
    ///
    /// - Throws: `TrackingError` where no store takes it.
    func record(_ run: TuningRun, files: [ArtifactFile]) async throws {
        let user = userName(try tracking.configuration())
        try await withRecorder { recorder in
            let tags = await sourceTags()
            let started = try await recorder.begin(
                name: runName ?? run.name,
                user: user,
                start: run.start,
                tags: tags
            )
            for (name, content) in run.trialContents() {
                let trial = try await recorder.begin(
                    name: name,
                    user: user,
                    start: run.start,
                    tags: tags.merging(["mlflow.parentRunId": started.id]) { $1 }
                )
                _ = try await recorder.end(trial, with: content)
            }
            let recorded = try await recorder.end(started, with: run.content(files))
            if let notice = recorded.notice { note(notice) }
            note("Recorded as run \(recorded.id) in \(recorded.store.address).")
        }
    }
}
