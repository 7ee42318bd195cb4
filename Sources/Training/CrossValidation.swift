private import ChurnModel
public import Evaluation
private import Features
private import Kernels
private import NeuralNetwork
private import Schema

/// How good a way to train is: each split's held-out rows judged by a model that has not seen them.
///
/// Everything is fitted anew on each split's other rows: features, columns, networks. Probabilities are the
/// networks', before calibration.
public struct CrossValidation: Codable, Equatable, Sendable {
    /// Which model.
    public let model: ModelKind
    /// The folds.
    public let folds: [Result]
    /// Splits that are not one of several folds.
    public let holdouts: [Result]

    /// What one split gave.
    public struct Result: Codable, Equatable, Sendable {
        /// As in the plan.
        public let name: String
        /// Rows learned from, those that judge epochs included.
        public let trainingRows: Int
        /// Rows judged.
        public let testRows: Int
        /// The headline metrics that don't depend on costs, in order.
        public let metrics: [Metric]
        /// The columns that the model uses.
        public let keptColumns: [String]

        /// One metric's value; nil where the rows don't define it.
        public subscript(_ name: MetricName) -> Double? {
            metrics.first { $0.name == name }?.value
        }
    }

    /// The metrics that are reported.
    public static let metrics: [MetricName] = [
        .accuracy, .rocAUC, .prAUC, .logLoss, .brier, .ece,
    ]

    /// Trains and judges on every split.
    ///
    /// - Parameters:
    ///   - data: Decoded by the project's schema.
    ///   - project: Schema and settings.
    ///   - plan: The splits.
    ///   - seed: Random seed of everything that is drawn.
    ///   - threads: Splits at once; no result depends on it.
    ///   - onProgress: Called after each split, on any thread; may throw to stop.
    /// - Throws: `LeaksFound`, `TrainingError`, `FeatureError`, or what `onProgress` throws.
    public init(
        _ data: CustomerData,
        project: Project,
        plan: FoldPlan,
        seed: UInt64,
        threads: Int,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws {
        try project.schema.checkWeight(in: data.header)
        try LeakGate.check(data.table, labels: data.labels, schema: project.schema)
        let rows = NetworkRecipe.Rows(
            table: data.table,
            labels: data.labels,
            weights: data.relativeWeights
        )
        let progress = StageProgress(
            .validating,
            total: plan.splits.count,
            onProgress: onProgress
        )
        let results = try concurrentMap(plan.splits.count, threads: threads) { number in
            let split = plan.splits[number]
            let result = try Self.judge(split, rows, project: project, seed: seed)
            try progress.take(units: 1)
            return result
        }
        model = project.training.model
        folds = zip(plan.splits, results).filter(\.0.isFold).map(\.1)
        holdouts = zip(plan.splits, results).filter { !$0.0.isFold }.map(\.1)
    }

    private static func judge(
        _ split: FoldPlan.Split,
        _ rows: NetworkRecipe.Rows,
        project: Project,
        seed: UInt64
    ) throws -> Result {
        let learning = rows.selecting(split.kept)
        let test = rows.selecting(split.heldOut)
        let fitting = try ModelFitting(
            learning,
            schema: project.schema,
            settings: project.training,
            seed: seed,
            threads: 1,
            scoresHeldOut: false,
            onProgress: { _ in }
        )
        let probabilities = try ChurnModel.blended(fitting.parts, fitting.trees, test.table)
        return Result(
            name: split.name,
            trainingRows: learning.labels.count,
            testRows: test.labels.count,
            metrics: try headlineMetrics(
                labels: test.labels,
                probabilities: probabilities.map(Double.init)
            )
            .filter { metrics.contains($0.name) },
            keptColumns: fitting.parts.first?.features.features.map(\.name) ?? []
        )
    }
}
