public import ChurnModel
public import Drift
private import Evaluation
private import Explanation
private import NeuralNetwork
private import Schema
private import Tabular

/// From decoded customers to a fitted, judged model: leak gate, split, fit, evaluate.
///
/// ```swift
/// let (data, inferred) = try CustomerData.inferring(
///     "customers.csv",
///     SchemaInference(target: "left"),
///     threads: 2
/// )
/// let project = Project(schema: inferred.schema, training: TrainingSettings(.best))
/// let outcome = try TrainingWorkflow(project, seed: 42, threads: 2).run(data)
/// print(outcome.record.test?.metrics[.rocAUC]?.value ?? .nan)
/// try outcome.save(to: "model")
/// ```
public struct TrainingWorkflow: Sendable {
    /// Schema, costs and settings.
    public let project: Project
    /// Random seed of everything that is drawn.
    public let seed: UInt64
    /// How many networks are fitted at once; no result depends on it.
    public let threads: Int

    /// Creates a workflow.
    public init(_ project: Project, seed: UInt64, threads: Int = 1) {
        self.project = project
        self.seed = seed
        self.threads = threads
    }

    /// What training gives.
    public struct Result: Sendable {
        /// The fitted model.
        public let model: ChurnModel
        /// How it came to be and how good it is.
        public let record: TrainingRecord
        /// The distribution of the rows it was fitted on.
        public let reference: DriftReference
        /// Against whom reasons are told.
        public let references: ReferenceCustomers
    }

    /// Trains a model.
    ///
    /// - Parameters:
    ///   - data: Decoded by the project's schema.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Returns: The model and what is known of it.
    /// - Throws: `LeaksFound`, `TrainingError`, `FeatureError`, or what `onProgress` throws.
    /// - Complexity: O(epochs · rows · parameters).
    public func run(
        _ data: CustomerData,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws -> Result {
        try run(TrainingMaterial(data), onProgress: onProgress)
    }

    /// Trains a model on more than a plain file.
    ///
    /// - Parameters:
    ///   - material: Decoded by the project's schema.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Returns: The model and what is known of it.
    /// - Throws: `LeaksFound`, `TrainingError`, `FeatureError`, or what `onProgress` throws.
    /// - Complexity: O(epochs · rows · parameters).
    public func run(
        _ material: TrainingMaterial,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws -> Result {
        let settings = project.training
        let data = material.data
        try TrainingError.check(labels: data.labels)
        try project.schema.checkWeight(in: data.header)
        try LeakGate.check(data.table, labels: data.labels, schema: project.schema)

        let (learning, test) = material.split(share: settings.testShare, seed: seed)
        let fitting = try ModelFitting(
            learning,
            schema: project.schema,
            settings: settings,
            seed: seed,
            threads: threads,
            scoresHeldOut: settings.calibrates,
            onProgress: onProgress
        )
        let judging = StageProgress(.judging, total: 3, onProgress: onProgress)
        try judging.take(units: 0)
        let calibration = try fitting.heldOut.map {
            try CalibrationChoice(labels: $0.labels, probabilities: $0.probabilities, seed: seed)
        }
        let conformal = try fitting.heldOut.map {
            try ConformalClassifier(
                labels: $0.labels,
                probabilities: $0.calibrated(calibration?.calibration ?? .none),
                coverage: settings.coverage
            )
        }
        let model = ChurnModel(
            schema: project.schema.trained(data.asOf),
            parts: fitting.parts,
            trees: fitting.trees,
            calibration: calibration?.calibration ?? .none,
            conformal: conformal,
            threshold: try ThresholdPolicy.breakEven(project.costs)
                .threshold(labels: [], probabilities: []),
            costs: project.costs,
            reasons: project.reasons,
            levers: project.levers
        )
        let scores = try model.predict(test.table)
        let probabilities = scores.map(Double.init)
        try judging.take(units: 1)
        let judgement =
            try test.labels.isEmpty
            ? nil
            : model.evaluated(probabilities, on: test.table, labels: test.labels, seed: seed)
        try judging.take(units: 1)
        let references = try references(for: model, fitting.training, onProgress)
        return Result(
            model: model,
            record: TrainingRecord(
                retainVersion: RetainVersion.current,
                seed: seed,
                settings: settings,
                data: TrainingRecord.Data(
                    material,
                    project.schema,
                    training: fitting.training.labels.count,
                    validation: fitting.validationRows,
                    test: test.labels.count
                ),
                importances: fitting.importances,
                adaptation: fitting.adaptation,
                histories: fitting.histories,
                blend: fitting.blend,
                calibration: calibration,
                recalibration: try test.labels.isEmpty
                    ? fitting.heldOut.flatMap {
                        try Recalibration(
                            labels: $0.labels,
                            probabilities: $0.calibrated(calibration?.calibration ?? .none)
                        )
                    }
                    : Recalibration(labels: test.labels, probabilities: probabilities),
                coverage: try test.labels.isEmpty
                    ? nil
                    : conformal.map {
                        try CoverageReport(
                            labels: test.labels,
                            probabilities: probabilities,
                            classifier: $0
                        )
                    },
                test: judgement
            ),
            reference: DriftReference(
                fitting.training.table,
                schema: project.schema,
                scores: scores.isEmpty ? try model.predict(fitting.training.table) : scores,
                threads: threads
            ),
            references: references
        )
    }

    /// Reference customers of the rows that the model was fitted on.
    func references(
        for model: ChurnModel,
        _ training: NetworkRecipe.Rows,
        _ onProgress: @escaping @Sendable (TrainingProgress) throws -> Void
    ) throws -> ReferenceCustomers {
        let features = model.schema.features.map(\.name)
        var rows = CodedRows(width: features.count)
        rows.append(Array(training.labels.indices), of: training.table, columns: features)
        let hundred = 100
        return try ReferenceFitting(seed: seed, threads: threads).references(for: model, rows) {
            try onProgress(
                TrainingProgress(
                    stage: .referring,
                    done: Int($0 * Double(hundred)),
                    total: hundred,
                    epoch: nil
                )
            )
        }
    }
}
