/// Where a dense layer's weights and bias lie in an arena of parameters.
public struct DenseShape: Equatable, Sendable {
    /// Width of the input.
    public let inputs: Int
    /// Width of the output.
    public let outputs: Int
    /// Offset of the weights, shape [inputs, outputs], row-major.
    public let weights: Int
    /// Offset of the bias, shape [outputs].
    public let bias: Int

    /// Creates a shape.
    ///
    /// - Parameters:
    ///   - inputs: Width of the input.
    ///   - outputs: Width of the output.
    ///   - weights: Offset of the weights.
    ///   - bias: Offset of the bias; nil is right after the weights.
    public init(inputs: Int, outputs: Int, weights: Int, bias: Int? = nil) {
        self.inputs = inputs
        self.outputs = outputs
        self.weights = weights
        self.bias = bias ?? weights + inputs * outputs
    }

    /// Offset after the last parameter.
    public var end: Int { max(weights + inputs * outputs, bias + outputs) }

    /// Whether weights and bias lie in an arena of that many parameters.
    func fits(_ count: Int) -> Bool { weights >= 0 && bias >= 0 && end <= count }
}

/// A block of activations in a workspace, in tiles of 32 lanes.
///
/// A tile holds its lanes unit after unit, so that what a kernel reads together lies together in the
/// first-level cache; the last tile is as wide as lanes are left. A block of one unit, or of at most 32
/// lanes, is plainly feature-major.
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

    /// Offset of the value of one unit and lane.
    public func place(unit: Int, lane: Int) -> Int {
        let tile = lane & ~31
        return offset + tile * units + unit * min(32, lanes - tile) + lane - tile
    }
}
