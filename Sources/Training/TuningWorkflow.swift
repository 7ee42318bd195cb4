private import ChurnModel
private import Kernels
private import Schema
public import Search
private import Synchronization

/// Searches for the settings that predict rows best which training did not see.
///
/// The rows that `test_share` holds out take no part. The others are dealt to folds; a trial trains on all
/// folds but one at a time, and its score is the mean log loss on the folds left out.
public struct TuningWorkflow: Sendable {
    /// Schema, costs and the settings to start from.
    public let project: Project
    /// Random seed of everything that is drawn.
    public let seed: UInt64
    /// Folds of a trial.
    public let folds: Int
    /// Networks fitted at once; no result depends on it.
    public let threads: Int

    /// Creates a workflow.
    public init(_ project: Project, seed: UInt64, folds: Int, threads: Int) {
        self.project = project
        self.seed = seed
        self.folds = folds
        self.threads = threads
    }

    /// The search and what it has found so far.
    public struct Result: Sendable {
        /// Every trial, in order.
        public let trials: [Trial]
        /// The best trial's project; nil where no trial was completed.
        public let best: Project?
        /// Why the search ended.
        public let ending: Search.Ending
    }

    /// Searches until a limit is reached; goes on where a log of the same search is found.
    ///
    /// - Parameters:
    ///   - data: Decoded by the project's schema.
    ///   - path: Where trials are kept, one line each.
    ///   - limits: When to stop; trials of earlier runs count.
    ///   - onTrial: Called after each trial with the best score so far.
    /// - Returns: All trials and the best of them.
    /// - Throws: `LeaksFound`, `TrainingError`, `SearchError`, `TrialLogError`, `FileError`.
    public func run(
        _ data: CustomerData,
        log path: String,
        limits: Search.Limits,
        onTrial: (_ trial: Trial, _ best: Double?) -> Void
    ) throws -> Result {
        let settings = project.training
        try project.schema.checkWeight(in: data.header)
        try LeakGate.check(data.table, labels: data.labels, schema: project.schema)
        let kept = StratifiedSplit(
            labels: data.labels,
            share: settings.testShare,
            seed: seed,
            purpose: .test
        ).kept
        let rows = NetworkRecipe.Rows(
            table: data.table,
            labels: data.labels,
            weights: data.relativeWeights
        )
        .selecting(kept)
        try TrainingError.check(labels: rows.labels)
        let space = try settings.searchSpace()
        let search = try Search(
            space: space,
            start: settings.searchStart(in: space),
            seed: seed,
            halving: SuccessiveHalving(folds: folds),
            fingerprint: [
                .init("data", data.digest ?? "standard input"),
                .init("folds", "\(folds)"),
                .init("version", RetainVersion.current),
                .init("settings", settings.yaml + project.schema.yaml()),
            ]
        )
        var log = try TrialLog(path, of: search)
        var trials: [Trial] = []
        for trial in log.trials {
            trials.append(trial)
            onTrial(trial, trials.best?.score)
        }
        let splits = TuningSplits(rows, recipe: recipe(settings), count: folds, seed: seed)
        let ending = try search.run(
            log: &log,
            limits: limits,
            evaluate: { point, fold in
                try splits.loss(self.recipe(settings.at(point)), fold, threads: self.threads)
            },
            afterTrial: { trial in
                trials.append(trial)
                onTrial(trial, trials.best?.score)
            }
        )
        let best = trials.best.map { trial in
            var project = project
            project.training = settings.at(trial.point)
            return project
        }
        return Result(trials: trials, best: best, ending: ending)
    }

    private func recipe(_ settings: TrainingSettings) -> NetworkRecipe {
        NetworkRecipe(schema: project.schema, settings: settings)
    }
}

/// The folds of a search, and the columns that help on each, which no trial changes.
private final class TuningSplits: Sendable {
    private let folds: [(training: NetworkRecipe.Rows, held: NetworkRecipe.Rows)]
    private let columns: Mutex<[[String]?]>
    private let seed: UInt64

    init(_ rows: NetworkRecipe.Rows, recipe: NetworkRecipe, count: Int, seed: UInt64) {
        let dealt = StratifiedFolds(
            labels: rows.labels,
            count: count,
            seed: seed,
            purpose: 0x7475_6e65
        )
        folds = (0 ..< count).map {
            (rows.selecting(dealt.kept($0)), rows.selecting(dealt.heldOut($0)))
        }
        columns = Mutex(Array(repeating: nil, count: count))
        self.seed = seed
    }

    /// The mean log loss on one fold, of networks trained on the others.
    func loss(_ recipe: NetworkRecipe, _ fold: Int, threads: Int) throws -> Double {
        let (training, held) = folds[fold]
        var recipe = recipe
        recipe.columns = try helpful(recipe, fold, threads: threads)
        let fitted = recipe
        let parts = try concurrentMap(fitted.partCount, threads: threads) { number in
            try fitted.fit(number, to: training, seed: seed, stream: 0) { _ in }.part
        }
        let losses = logLosses(try ChurnModel.mean(parts, held.table), held.labels)
        return losses.reduce(0, +) / Double(max(1, losses.count))
    }

    private func helpful(
        _ recipe: NetworkRecipe,
        _ fold: Int,
        threads: Int
    ) throws -> [String]? {
        if let found = columns.withLock({ $0[fold] }) { return found }
        let kept = try ColumnScreening(
            folds[fold].training,
            recipe: recipe,
            seed: seed,
            threads: threads,
            progress: nil
        )?.kept
        columns.withLock { $0[fold] = kept }
        return kept
    }
}
