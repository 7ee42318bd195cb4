public import ChurnModel
private import Evaluation
private import Features
private import Kernels
public import NeuralNetwork
private import Tabular

/// From decoded customers to a fitted, judged model: leak gate, split, fit, evaluate.
public struct TrainingWorkflow: Sendable {
    /// Schema, costs and settings.
    public let project: Project
    /// The seed of everything random.
    public let seed: UInt64

    /// Creates a workflow.
    public init(_ project: Project, seed: UInt64) {
        self.project = project
        self.seed = seed
    }

    /// What training gives.
    public struct Outcome: Sendable {
        /// The fitted model.
        public let model: ChurnModel
        /// How it came to be and how good it is.
        public let record: TrainingRecord
        /// The distribution of the rows it was fitted on.
        public let reference: ReferenceProfile
    }

    /// Trains a model.
    ///
    /// - Parameters:
    ///   - data: Decoded by the project's schema.
    ///   - onEpoch: Called after each epoch; may throw to stop.
    /// - Returns: The model and what is known of it.
    /// - Throws: `LeakGate`, `TrainingError`, `FeatureError`, or what `onEpoch` throws.
    /// - Complexity: O(epochs · rows · parameters).
    public func run(
        _ data: CustomerData,
        onEpoch: (TrainingLoop.Epoch) throws -> Void
    ) throws -> Outcome {
        let settings = project.training
        try TrainingError.check(labels: data.labels)
        try LeakGate.check(data.table, labels: data.labels, schema: project.schema)

        let split = StratifiedSplit(
            labels: data.labels,
            share: settings.testShare,
            seed: seed,
            purpose: .test
        )
        let learning = split.kept.map { data.labels[$0] }
        let inner = StratifiedSplit(
            labels: learning,
            share: settings.validationShare,
            seed: seed,
            purpose: .validation
        )
        let fitted = Part(data, inner.kept.map { split.kept[$0] })
        let validation = Part(data, inner.heldOut.map { split.kept[$0] })
        try TrainingError.check(labels: fitted.labels)

        let features = try FeaturePlan(project.schema).fit(fitted.table)
        let weights = settings.classWeights.resolved(for: fitted.labels)
        let rows = LabelledRows(
            features: try features.encode(fitted.table).rowMajor(),
            width: features.encodedNames.count,
            labels: fitted.labels,
            classWeights: weights
        )
        let validationRows =
            validation.labels.isEmpty
            ? nil
            : LabelledRows(
                features: try features.encode(validation.table).rowMajor(),
                width: rows.width,
                labels: validation.labels
            )

        var generator = SeededGenerator(seed: seed, stream: Self.networkStream)
        var network = Perceptron(
            .init(inputs: rows.width, hidden: settings.hidden, dropout: Float(settings.dropout)),
            using: &generator
        )
        let history = try TrainingLoop(settings.loop).run(
            &network,
            training: rows,
            validation: validationRows,
            using: &generator,
            onEpoch: onEpoch
        )
        try TrainingError.check(network)

        let model = ChurnModel(
            schema: project.schema,
            features: features,
            network: network,
            calibration: .none,
            threshold: try ThresholdPolicy.breakEven(project.costs)
                .threshold(labels: [], probabilities: []),
            costs: project.costs
        )
        let test = Part(data, split.heldOut)
        return Outcome(
            model: model,
            record: TrainingRecord(
                retainVersion: RetainVersion.current,
                seed: seed,
                settings: settings,
                data: TrainingRecord.Data(
                    name: data.name,
                    digest: data.digest,
                    rows: data.labels.count,
                    positives: data.labels.count { $0 },
                    trainingRows: fitted.labels.count,
                    validationRows: validation.labels.count,
                    testRows: test.labels.count
                ),
                history: history,
                test: test.labels.isEmpty
                    ? nil : try model.evaluated(on: test.table, labels: test.labels, seed: seed)
            ),
            reference: ReferenceProfile(
                fitted.table,
                schema: project.schema,
                scores: try model.predict(fitted.table)
            )
        )
    }

    /// Some rows of the data.
    private struct Part {
        let table: Table
        let labels: [Bool]

        init(_ data: CustomerData, _ rows: [Int]) {
            table = data.table.selecting(rows)
            labels = rows.map { data.labels[$0] }
        }
    }

    private static let networkStream: UInt64 = 0x6e65_7477
}
