public import Kernels

/// A multilayer perceptron with one output: dense layers, ReLU between them, a logit at the end.
///
/// x → ReLU(W₁ᵀ x + b₁) → … → wᵀ h + b, and the probability is the logit's σ. `seed` is 16-10-10-1.
public struct Perceptron: Network, Equatable {
    /// Widths and dropout.
    public let architecture: Architecture
    /// Weights [inputs, outputs] row-major and bias of each layer, one after the other.
    public var parameters: [Float]
    /// Where each layer lies in `parameters`, the first hidden layer first.
    public let layers: [DenseShape]

    /// Widths and dropout of a perceptron.
    public struct Architecture: Codable, Equatable, Sendable {
        /// Number of features.
        public var inputs: Int
        /// Width of each hidden layer, the first first; empty is logistic regression.
        public var hidden: [Int]
        /// Share of the hidden units that training leaves out at random, 0 ..< 1.
        public var dropout: Float

        /// Creates an architecture.
        public init(inputs: Int, hidden: [Int], dropout: Float = 0) {
            self.inputs = inputs
            self.hidden = hidden
            self.dropout = dropout
        }
    }

    /// A perceptron with parameters 0.
    ///
    /// - Precondition: Widths are positive; dropout is in 0 ..< 1.
    public init(_ architecture: Architecture) {
        precondition(
            architecture.inputs > 0 && architecture.hidden.allSatisfy { $0 > 0 },
            "widths must be positive"
        )
        precondition(
            architecture.dropout >= 0 && architecture.dropout < 1,
            "dropout must be in 0 ..< 1"
        )
        self.architecture = architecture
        var layers: [DenseShape] = []
        var inputs = architecture.inputs
        var offset = 0
        for outputs in architecture.hidden + [1] {
            let layer = DenseShape(inputs: inputs, outputs: outputs, weights: offset)
            layers.append(layer)
            inputs = outputs
            offset = layer.end
        }
        self.layers = layers
        parameters = Array(repeating: 0, count: laneCount(rows: offset))
    }

    /// A perceptron with random weights and biases 0.
    ///
    /// Weights are uniform in ±√(6 / (inputs + outputs)): Glorot and Bengio, "Understanding the
    /// difficulty of training deep feedforward neural networks", AISTATS 2010, Keras's default.
    public init(_ architecture: Architecture, using generator: inout SeededGenerator) {
        self.init(architecture)
        for layer in layers {
            let limit = (6 / Double(layer.inputs + layer.outputs)).squareRoot()
            for place in layer.weights ..< layer.bias {
                parameters[place] = Float((2 * generator.uniform() - 1) * limit)
            }
        }
    }

    /// Each layer's weights and bias.
    public var tensors: [Tensor] {
        layers.enumerated().flatMap { number, layer in
            [
                Tensor(
                    name: "dense_\(number).weight",
                    shape: [layer.inputs, layer.outputs],
                    range: layer.weights ..< layer.bias,
                    isRegularized: true
                ),
                Tensor(
                    name: "dense_\(number).bias",
                    shape: [layer.outputs],
                    range: layer.bias ..< layer.end,
                    isRegularized: false
                ),
            ]
        }
    }

    /// A perceptron's batch has one row order.
    public var ordersPerBatch: Int { 1 }
}
