import ChurnModel
public import Features
import NeuralNetwork
import Schema
public import Trees

/// A model's networks and trees, fitted to rows, and how they came to be.
///
/// What is chosen by rows held out (whether all columns are used, which networks stay, how much the trees count, the
/// calibration) is chosen by rows that no member has seen in any way: in each fold columns are screened, weight decay is
/// found and members are fitted without the fold's rows.
struct ModelFitting: Sendable {
    /// The rows that weights were fitted to.
    let training: NetworkRecipe.Rows
    /// How many rows judged each epoch.
    let validationRows: Int
    let parts: [ModelPart]
    /// The trees beside them; nil where there are none, or they don't count.
    let trees: TreePart?
    let histories: [TrainingLoop.History]
    let importances: [ColumnImportance]
    /// How long and how strictly the networks were trained.
    let adaptation: RowAdaptation
    /// What rows held out said of networks and trees; nil where there are no trees.
    let blend: BlendRecord?
    /// Scores of training rows by members that have not seen them; nil where they were not asked for.
    let heldOut: HeldOutScores?

    /// Finds the columns that help and how long to train, where the settings say so, and fits the members.
    ///
    /// - Parameters:
    ///   - learning: Rows to learn from; the share that the settings say judges each epoch instead.
    ///   - schema: What the columns mean.
    ///   - settings: How to train.
    ///   - seed: Random seed of everything that is drawn.
    ///   - threads: Networks fitted at once; the result does not depend on it.
    ///   - scoresHeldOut: Whether training rows are held out and scored too; a model with trees does it always.
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
        let folds = HeldOutFolds(
            training,
            isScored: scoresHeldOut || settings.usesTrees,
            seed: seed
        )
        let networks = try NetworkFitting(
            folds,
            validation: validation.labels.isEmpty ? nil : validation,
            recipe: NetworkRecipe(schema: schema, settings: settings),
            seed: seed,
            threads: threads,
            onProgress: onProgress
        )
        importances = networks.importances
        adaptation = networks.adaptation
        self.training = training
        validationRows = validation.labels.count
        guard let scores = networks.heldOut, settings.usesTrees else {
            parts = networks.parts
            histories = networks.histories
            trees = nil
            blend = nil
            heldOut = networks.heldOut.map {
                HeldOutScores(
                    labels: $0.labels,
                    probabilities: $0.mean(of: Array(networks.parts.indices))
                )
            }
            return
        }
        let fitted = try TreeFitting(
            folds,
            recipe: TreeRecipe(schema: schema, settings: settings),
            seed: seed,
            threads: threads,
            onProgress: onProgress
        )
        let (kept, weight) = scores.kept(beside: fitted.heldOut)
        parts = kept.map { networks.parts[$0] }
        histories = kept.map { networks.histories[$0] }
        trees = weight.trees > 0 ? fitted.part.weighing(weight.trees) : nil
        heldOut = HeldOutScores(labels: scores.labels, probabilities: weight.probabilities)
        blend = BlendRecord(
            rows: scores.labels.count,
            usesAllColumns: networks.usesAllColumns,
            networks: kept.map { settings.model.encodings[$0] },
            treesWeight: weight.trees,
            networksLogLoss: weight.networksLoss,
            treesLogLoss: weight.treesLoss,
            logLoss: weight.loss,
            ensembles: fitted.ensembles,
            gains: fitted.gains
        )
    }
}

/// What rows held out said of networks and trees.
public struct BlendRecord: Codable, Equatable, Sendable {
    /// Rows that were asked: no member whose scores were compared had seen them.
    public let rows: Int
    /// Whether the networks use all columns, since that did better on rows held out than those that help.
    public let usesAllColumns: Bool
    /// The encodings of the networks that stayed; nil in records of versions that kept all.
    ///
    /// One without which rows held out do better is left out.
    public let networks: [FeatureEncoding]?
    /// The share of the model's margin that is the trees'; the networks have the rest.
    public let treesWeight: Double
    /// Mean log loss of the networks alone, in nats.
    public let networksLogLoss: Double
    /// The same of the trees.
    public let treesLogLoss: Double
    /// The same of both together.
    public let logLoss: Double
    /// How the trees were grown whose margins are averaged.
    public let ensembles: [Ensemble]
    /// Each column's share of what the trees' cuts gained, the most first.
    public let gains: [ColumnGain]

    /// How an ensemble of trees was grown: what rows held out chose.
    public struct Ensemble: Codable, Equatable, Sendable {
        /// What its cuts were judged by.
        public let gain: TreeSettings.Gain
        /// Whether its trees are symmetric; nil in records of versions where all were.
        public let shape: TreeSettings.Shape?
        /// Levels of its trees in turn; empty where they are grown leaf by leaf.
        public let depths: [Int]
        /// How many trees it has.
        public let trees: Int
        /// Mean held-out log loss after each tree, from the first.
        public let curve: [Double]
    }

    /// How much of the trees' gain is a column's.
    public struct ColumnGain: Codable, Equatable, Sendable {
        /// Name in the header.
        public let column: String
        /// Its share, in 0...1.
        public let share: Double
    }
}
