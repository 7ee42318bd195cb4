public import ChurnModel
public import Drift
private import Evaluation
private import NeuralNetwork
private import Tabular

/// From decoded customers to a fitted, judged model: leak gate, split, fit, evaluate.
public struct TrainingWorkflow: Sendable {
    /// Schema, costs and settings.
    public let project: Project
    /// The seed of everything random.
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
    public struct Outcome: Sendable {
        /// The fitted model.
        public let model: ChurnModel
        /// How it came to be and how good it is.
        public let record: TrainingRecord
        /// The distribution of the rows it was fitted on.
        public let reference: DriftReference
    }

    /// Trains a model.
    ///
    /// - Parameters:
    ///   - data: Decoded by the project's schema.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Returns: The model and what is known of it.
    /// - Throws: `LeakGate`, `TrainingError`, `FeatureError`, or what `onProgress` throws.
    /// - Complexity: O(epochs · rows · parameters).
    public func run(
        _ data: CustomerData,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws -> Outcome {
        try run(TrainingMaterial(data), onProgress: onProgress)
    }

    /// Trains a model on more than a plain file.
    ///
    /// - Parameters:
    ///   - material: Decoded by the project's schema.
    ///   - onProgress: Called after each epoch, on any thread; may throw to stop.
    /// - Returns: The model and what is known of it.
    /// - Throws: `LeakGate`, `TrainingError`, `FeatureError`, or what `onProgress` throws.
    /// - Complexity: O(epochs · rows · parameters).
    public func run(
        _ material: TrainingMaterial,
        onProgress: @escaping @Sendable (TrainingProgress) throws -> Void = { _ in }
    ) throws -> Outcome {
        let settings = project.training
        let data = material.data
        try TrainingError.check(labels: data.labels)
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
            schema: project.schema,
            parts: fitting.parts,
            calibration: calibration?.calibration ?? .none,
            conformal: conformal,
            threshold: try ThresholdPolicy.breakEven(project.costs)
                .threshold(labels: [], probabilities: []),
            costs: project.costs
        )
        let scores = try model.predict(test.table)
        let probabilities = scores.map(Double.init)
        return Outcome(
            model: model,
            record: TrainingRecord(
                retainVersion: RetainVersion.current,
                seed: seed,
                settings: settings,
                data: TrainingRecord.Data(
                    material,
                    training: fitting.training.labels.count,
                    validation: fitting.validationRows,
                    test: test.labels.count
                ),
                importances: fitting.importances,
                adaptation: fitting.adaptation,
                histories: fitting.histories,
                calibration: calibration,
                coverage: try test.labels.isEmpty
                    ? nil
                    : conformal.map {
                        try CoverageReport(
                            labels: test.labels,
                            probabilities: probabilities,
                            classifier: $0
                        )
                    },
                test: test.labels.isEmpty
                    ? nil
                    : try model.evaluated(
                        probabilities,
                        on: test.table,
                        labels: test.labels,
                        seed: seed
                    )
            ),
            reference: DriftReference(
                fitting.training.table,
                schema: project.schema,
                scores: scores.isEmpty ? try model.predict(fitting.training.table) : scores
            )
        )
    }
}
