/// Where a dense layer's weights and bias lie in an arena of parameters.
public struct DenseShape: Equatable, Sendable {
    /// Width of the input.
    public let inputs: Int
    /// Width of the output.
    public let outputs: Int
    /// Offset of the weights, shape [inputs, outputs], row-major.
    public let weights: Int

    /// Creates a shape.
    public init(inputs: Int, outputs: Int, weights: Int) {
        self.inputs = inputs
        self.outputs = outputs
        self.weights = weights
    }

    /// Offset of the bias, shape [outputs]: right after the weights.
    public var bias: Int { weights + inputs * outputs }
    /// Offset after the last parameter.
    public var end: Int { bias + outputs }
}

/// A feature-major block of activations in a workspace: unit u of lane l is at `offset + u * lanes + l`.
public struct Block: Equatable, Sendable {
    /// Where the block starts.
    public let offset: Int
    /// Number of units (features).
    public let units: Int
    /// Number of lanes (rows, padded to a multiple of 8).
    public let lanes: Int

    /// Creates a block.
    ///
    /// - Precondition: `lanes` is a multiple of 8.
    public init(offset: Int, units: Int, lanes: Int) {
        precondition(lanes % 8 == 0, "a block's lanes must be a multiple of 8, got \(lanes)")
        self.offset = offset
        self.units = units
        self.lanes = lanes
    }

    /// Offset after the last value.
    public var end: Int { offset + units * lanes }
}
