import ChurnModel
import Features
import Kernels
import NeuralNetwork
import Schema
import Tabular

/// Everything that fitting a model's networks to rows depends on but the rows and the seed.
struct NetworkRecipe: Equatable, Sendable {
    let schema: Schema
    var settings: TrainingSettings
    /// The features to use; nil for all.
    var columns: [String]?

    /// Rows with their truth.
    struct Rows: Sendable {
        let table: Table
        let labels: [Bool]
        /// How much each row counts in learning, shape [rows]; nil where all count the same.
        var weights: [Float]?
        /// Which rows are customers who were offered something to stay, by whom nobody may be judged; nil for none.
        var isTreated: [Bool]?

        func selecting(_ places: [Int]) -> Self {
            Self(
                table: table.selecting(places),
                labels: places.map { labels[$0] },
                weights: weights.map { weights in places.map { weights[$0] } },
                isTreated: isTreated.map { isTreated in places.map { isTreated[$0] } }
            )
        }

        /// Whether one may judge by a row.
        func isJudge(_ row: Int) -> Bool { isTreated.map { !$0[row] } ?? true }

        /// The rows by which one may judge, each of which counts the same then.
        var judging: Self {
            var judges = self
            judges.weights = nil
            guard let isTreated else { return judges }
            judges = judges.selecting(isTreated.indices.filter { !isTreated[$0] })
            judges.isTreated = nil
            return judges
        }
    }

    /// How many networks the model has.
    var partCount: Int { settings.model.encodings.count }

    /// Fits one of the model's networks.
    ///
    /// - Parameters:
    ///   - number: Which, below `partCount`.
    ///   - training: Rows to learn from.
    ///   - validation: Rows that judge each epoch; nil for none.
    ///   - seed: Random seed of everything that is drawn.
    ///   - stream: Keeps the drawings of fits with the same seed apart.
    ///   - onEpoch: Called after each epoch; may throw to stop.
    /// - Returns: The network with its features, and its epochs.
    /// - Throws: `FeatureError`, `TrainingError`, and what `onEpoch` throws.
    func fit(
        _ number: Int,
        to training: Rows,
        validation: Rows? = nil,
        seed: UInt64,
        stream: UInt64,
        onEpoch: (TrainingLoop.Epoch) throws -> Void
    ) throws -> (part: ModelPart, history: TrainingLoop.History) {
        let encoding = settings.model.encodings[number]
        let features = try FeaturePlan(schema, encoding: encoding, columns: columns)
            .fit(training.table, labels: training.labels, weights: training.weights)
        let rows = LabelledRows(
            features: try features.encodeFitted(
                training.table,
                labels: training.labels,
                weights: training.weights
            ).rowMajor(),
            width: features.encodedNames.count,
            labels: training.labels,
            classWeights: settings.classWeights.resolved(for: training.labels),
            weights: training.weights
        )
        let judges = try validation.map {
            LabelledRows(
                features: try features.encode($0.table).rowMajor(),
                width: rows.width,
                labels: $0.labels
            )
        }
        var generator = SeededGenerator(
            seed: seed,
            stream: Self.stream ^ stream &* 2 &+ UInt64(number)
        )
        var network = Network(architecture(inputs: rows.width), using: &generator)
        var loop = TrainingLoop(settings.loop)
        if encoding == .pieces { loop.settings.weightDecay = settings.piecesWeightDecay }
        let history = try loop.run(
            &network,
            training: rows,
            validation: judges,
            using: &generator,
            onEpoch: onEpoch
        )
        try TrainingError.check(network)
        return (ModelPart(features: features, network: network), history)
    }

    private func architecture(inputs: Int) -> Network.Architecture {
        Network.Architecture(
            inputs: inputs,
            hidden: settings.hidden,
            dropout: Float(settings.dropout),
            activation: settings.model == .seed ? .rectifier : .gaussian,
            members: settings.members,
            sharesWeights: settings.model == .best
        )
    }

    private static let stream: UInt64 = 0x6e65_7477
}
