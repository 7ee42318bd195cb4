public import Search
public import Tracking

/// What a search for settings leaves behind: a run, and one below it for each trial.
public struct TuningRun: Sendable {
    /// Its name for people.
    public let name: String
    /// Milliseconds since 1970.
    public let start: Int64
    private let end: Int64
    private let params: [String: String]
    private let trials: [Trial]

    /// Describes a search.
    ///
    /// - Parameters:
    ///   - trials: Every trial, those of earlier sessions included.
    ///   - model: Which model was tuned.
    ///   - seed: Random seed of everything that is drawn.
    ///   - folds: Folds of a trial.
    ///   - start: Milliseconds since 1970.
    ///   - end: Milliseconds since 1970.
    public init(
        _ trials: [Trial],
        model: ModelKind,
        seed: UInt64,
        folds: Int,
        start: Int64,
        end: Int64
    ) {
        self.trials = trials
        name = "tune-\(model.rawValue)-\(seed)"
        params = ["model": model.rawValue, "seed": "\(seed)", "folds": "\(folds)"]
        self.start = start
        self.end = end
    }

    /// The search as a whole: each trial's score, and the winner's settings.
    public func content(_ files: [ArtifactFile]) -> RunContent {
        var metrics = trials.compactMap { trial in
            trial.score.map {
                RunMetric("trial_log_loss", $0, timestamp: end, step: Int64(trial.number))
            }
        }
        if let score = trials.best?.score {
            metrics.append(RunMetric("best_log_loss", score, timestamp: end))
        }
        return RunContent(
            batch: RunBatch(
                metrics: metrics,
                params: params.merging(trials.best?.params ?? [:]) { one, _ in one },
                tags: ["retain.best_trial": trials.best.map { "\($0.number)" } ?? "none"]
            ),
            artifacts: files,
            status: .finished,
            end: end
        )
    }

    /// Each trial: its name, its seconds, and what it left behind.
    public func trialContents() -> [(name: String, content: RunContent)] {
        trials.map { trial in
            var metrics = trial.scores.enumerated().map { fold, score in
                RunMetric("fold_log_loss", score, timestamp: end, step: Int64(fold))
            }
            metrics.append(RunMetric("training_seconds", trial.seconds, timestamp: end))
            if let score = trial.score {
                metrics.append(RunMetric("log_loss", score, timestamp: end))
            }
            let content = RunContent(
                batch: RunBatch(
                    metrics: metrics,
                    params: params.merging(trial.params) { one, _ in one },
                    tags: ["retain.trial": trial.stateText]
                ),
                status: trial.stateText.hasPrefix("failed") ? .failed : .finished,
                end: end
            )
            return ("trial-\(trial.number)", content)
        }
    }
}

extension Trial {
    fileprivate var params: [String: String] {
        point.entries.reduce(into: [:]) { $0[$1.name] = $1.value.text }
    }

    fileprivate var stateText: String {
        switch state {
        case .complete: "complete"
        case .pruned: "pruned"
        case .failed(let reason): "failed: \(reason)"
        }
    }
}
