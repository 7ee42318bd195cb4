public import Features
public import NeuralNetwork
public import Tabular

/// One network of a model and how rows become its inputs.
public struct ModelPart: Equatable, Sendable {
    /// How rows become inputs.
    public let features: FittedFeatures
    /// What turns inputs into a probability.
    public let network: Network
    /// The same function, as it is computed fastest: with weights of each member's own.
    let served: Network

    /// Puts a part together.
    ///
    /// - Precondition: The network has an input for each encoded column.
    public init(features: FittedFeatures, network: Network) {
        precondition(
            network.architecture.inputs == features.encodedColumns.count,
            "the network has \(network.architecture.inputs) inputs for"
                + " \(features.encodedColumns.count) encoded columns"
        )
        self.features = features
        self.network = network
        served = network.folded()
    }

    /// The network's probability for each row.
    ///
    /// - Returns: Shape [rows]. A row's result has the same bits alone and among any others.
    /// - Throws: `FeatureError` where a feature is absent or of another type.
    /// - Complexity: O(rows · weights).
    public func probabilities(_ table: Table) throws(FeatureError) -> [Double] {
        served.probabilities(try features.encode(table))
    }
}

extension Network {
    /// The probability for each row that is encoded already.
    func probabilities(_ matrix: FeatureMatrix) -> [Double] {
        guard matrix.rowCount > 0 else { return [] }
        return probabilities(matrix.values, stride: matrix.stride, rows: matrix.rowCount)
    }
}
