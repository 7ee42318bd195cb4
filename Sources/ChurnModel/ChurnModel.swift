public import Evaluation
public import Features
public import NeuralNetwork
public import Schema
public import Tabular

/// A trained model: all that turns a customer's row into a probability and a decision.
public struct ChurnModel: Equatable, Sendable {
    /// What each column means.
    public let schema: Schema
    /// How rows become inputs.
    public let features: FittedFeatures
    /// What turns inputs into a probability.
    public let network: Perceptron
    /// What turns that into the probability that is shown.
    public let calibration: Calibration
    /// The probability from which a customer counts as leaving.
    public let threshold: Double
    /// What the threshold was chosen for.
    public let costs: CampaignCosts

    /// Puts a model together.
    ///
    /// - Precondition: The network has an input for each encoded column; the threshold is in 0...1.
    public init(
        schema: Schema,
        features: FittedFeatures,
        network: Perceptron,
        calibration: Calibration = .none,
        threshold: Double,
        costs: CampaignCosts
    ) {
        precondition(
            network.architecture.inputs == features.encodedColumns.count,
            "the network has \(network.architecture.inputs) inputs for"
                + " \(features.encodedColumns.count) encoded columns"
        )
        precondition(threshold >= 0 && threshold <= 1, "threshold \(threshold) is not in 0...1")
        self.schema = schema
        self.features = features
        self.network = network
        self.calibration = calibration
        self.threshold = threshold
        self.costs = costs
    }

    /// The probability that each customer leaves.
    ///
    /// A row's result has the same bits alone and among any others.
    ///
    /// - Parameter table: Rows that the schema has accepted; columns that are no features are ignored.
    /// - Returns: Shape [rows], in 0...1.
    /// - Throws: `FeatureError` where a feature is absent or of another type.
    /// - Complexity: O(rows · parameters).
    public func predict(_ table: Table) throws(FeatureError) -> [Float] {
        let matrix = try features.encode(table)
        guard matrix.rowCount > 0 else { return [] }
        return calibration.applied(
            to: network.probabilities(
                matrix.values,
                stride: matrix.stride,
                rows: matrix.rowCount
            )
        )
    }
}
