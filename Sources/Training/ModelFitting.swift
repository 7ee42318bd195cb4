import ChurnModel
import NeuralNetwork
import Schema

/// A model's networks, fitted to rows, and how they came to be.
struct ModelFitting: Sendable {
    /// The rows that weights were fitted to.
    let training: NetworkRecipe.Rows
    /// How many rows judged each epoch.
    let validationRows: Int
    let parts: [ModelPart]
    let histories: [TrainingLoop.History]
    let importances: [ColumnImportance]
    /// How long and how strictly the networks were trained.
    let adaptation: RowAdaptation
    /// Scores of training rows by networks that have not seen them; nil where they were not asked for.
    let heldOut: HeldOutScores?

    /// Finds the columns that help and how long to train, where the settings say so, and fits the
    /// networks.
    ///
    /// - Parameters:
    ///   - learning: Rows to learn from; the share that the settings say judges each epoch instead.
    ///   - schema: What the columns mean.
    ///   - settings: How to train.
    ///   - seed: Of everything random.
    ///   - threads: Networks fitted at once; the result does not depend on it.
    ///   - scoresHeldOut: Whether training rows are held out and scored too.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Throws: `FeatureError`, `TrainingError`, and what `onProgress` throws.
    init(
        _ learning: NetworkRecipe.Rows,
        schema: Schema,
        settings: TrainingSettings,
        seed: UInt64,
        threads: Int,
        scoresHeldOut: Bool,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) throws {
        let split = StratifiedSplit(
            labels: learning.labels,
            share: settings.validationShare,
            seed: seed,
            purpose: .validation
        )
        let training = learning.selecting(split.kept)
        let validation = learning.selecting(split.heldOut).judging
        try TrainingError.check(labels: training.labels)
        var recipe = NetworkRecipe(schema: schema, settings: settings)
        let screened = StageProgress(
            .screening,
            total: ColumnScreening.epochs,
            onProgress: onProgress
        )
        let screening = try ColumnScreening(
            training,
            recipe: recipe,
            seed: seed,
            threads: threads,
            onEpoch: screened.take
        )
        recipe.columns = screening?.kept
        adaptation =
            settings.adaptsToRows
            ? try RowAdaptation(
                training,
                recipe: recipe,
                seed: seed,
                threads: threads,
                onProgress: onProgress
            ) : RowAdaptation(settings)
        recipe = recipe.adapted(
            epochs: adaptation.epochs,
            decayFactor: adaptation.decayFactor
        )
        let jobs = FittingJobs(
            recipe,
            training,
            validation: validation.labels.isEmpty ? nil : validation,
            folds: scoresHeldOut && training.canBeFolded
                ? HeldOutScores.foldsScored(rows: training.labels.count) : 0,
            seed: seed
        )
        let progress = StageProgress(
            .fitting,
            total: recipe.settings.loop.epochs * jobs.count,
            onProgress: onProgress
        )
        let fitted = try concurrentMap(jobs.count, threads: threads) { number in
            try jobs.run(number, onEpoch: progress.take)
        }
        parts = fitted.prefix(recipe.partCount).map(\.part)
        histories = fitted.prefix(recipe.partCount).map(\.history)
        heldOut = try jobs.heldOut(fitted.map(\.part))
        importances = screening?.columns ?? []
        self.training = training
        validationRows = validation.labels.count
    }
}

/// The networks to fit: the model's on all rows, then the same on all but each fold held out.
private struct FittingJobs: Sendable {
    let recipe: NetworkRecipe
    let training: NetworkRecipe.Rows
    let validation: NetworkRecipe.Rows?
    let scoredFolds: Int
    let folds: StratifiedFolds
    let seed: UInt64

    init(
        _ recipe: NetworkRecipe,
        _ training: NetworkRecipe.Rows,
        validation: NetworkRecipe.Rows?,
        folds: Int,
        seed: UInt64
    ) {
        self.recipe = recipe
        self.training = training
        self.validation = validation
        scoredFolds = folds
        self.folds = StratifiedFolds(
            labels: training.labels,
            count: HeldOutScores.folds,
            seed: seed,
            purpose: HeldOutScores.purpose
        )
        self.seed = seed
    }

    var count: Int { recipe.partCount * (scoredFolds + 1) }

    func run(
        _ number: Int,
        onEpoch: (TrainingLoop.Epoch) throws -> Void
    ) throws -> (part: ModelPart, history: TrainingLoop.History) {
        let (job, part) = number.quotientAndRemainder(dividingBy: recipe.partCount)
        return try recipe.fit(
            part,
            to: job == 0 ? training : training.selecting(folds.kept(job - 1)),
            validation: job == 0 ? validation : nil,
            seed: seed,
            stream: job == 0 ? 0 : HeldOutScores.purpose + UInt64(job),
            onEpoch: onEpoch
        )
    }

    /// The scores of the folds held out: the mean of the parts' probabilities, as the model's are.
    func heldOut(_ parts: [ModelPart]) throws -> HeldOutScores? {
        guard scoredFolds > 0 else { return nil }
        var labels: [Bool] = []
        var probabilities: [Double] = []
        for fold in 0 ..< scoredFolds {
            let rows = training.selecting(folds.heldOut(fold)).judging
            let start = (fold + 1) * recipe.partCount
            let scores = try ChurnModel.mean(
                Array(parts[start ..< start + recipe.partCount]),
                rows.table
            )
            labels += rows.labels
            probabilities += scores.map(Double.init)
        }
        return HeldOutScores(labels: labels, probabilities: probabilities)
    }
}
