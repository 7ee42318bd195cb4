import Kernels

/// A feed-forward network for one yes/no answer: one perceptron, or several side by side whose
/// probabilities are averaged.
///
/// A member is x → act(W₁ᵀ x + b₁) → … → wᵀ h + b, and its probability is the logit's σ. `seed` is one
/// member of 16-10-10-1; `fast` sixteen of their own weights; `best` sixteen that share the weights of
/// the hidden layers (TabM).
///
/// ```swift
/// var generator = SeededGenerator(seed: 42)
/// let architecture = Network.Architecture(inputs: 2, hidden: [8])
/// var network = Network(architecture, using: &generator)
/// let rows = LabelledRows(
///     features: [0, 0, 0, 1, 1, 0, 1, 1],
///     width: 2,
///     labels: [false, true, true, false]
/// )
/// let history = TrainingLoop(TrainingLoop.Settings())
///     .run(&network, training: rows, validation: nil, using: &generator) { _ in }
/// print(history.epochs.last?.loss ?? .nan, network.loss(on: rows).correct)
/// ```
public struct Network: Equatable, Sendable {
    /// Widths, members and activation.
    public let architecture: Architecture
    /// All parameters.
    ///
    /// The count is a multiple of 8; numbers beyond the last tensor stay 0.
    public var parameters: [Float]
    /// The named parts of `parameters`, in order, without overlap.
    public let tensors: [Tensor]
    /// Where each layer lies, the first hidden layer first.
    let layers: [Layer]

    /// Widths, members and activation of a network.
    public struct Architecture: Codable, Equatable, Sendable {
        /// Number of features.
        public var inputs: Int
        /// Width of each hidden layer, the first first; empty is logistic regression.
        public var hidden: [Int]
        /// Share of the hidden units that training leaves out at random, 0 ..< 1.
        public var dropout: Float
        /// What follows each hidden layer.
        public var activation: Activation
        /// Number of networks whose probabilities are averaged.
        public var members: Int
        /// Whether the members share the weights of the hidden layers.
        public var sharesWeights: Bool

        /// Creates an architecture; by default that of a single perceptron.
        public init(
            inputs: Int,
            hidden: [Int],
            dropout: Float = 0,
            activation: Activation = .rectifier,
            members: Int = 1,
            sharesWeights: Bool = false
        ) {
            self.inputs = inputs
            self.hidden = hidden
            self.dropout = dropout
            self.activation = activation
            self.members = members
            self.sharesWeights = sharesWeights
        }
    }

    /// A named part of a network's parameters.
    public struct Tensor: Equatable, Sendable {
        /// Name in the weights file.
        public let name: String
        /// Sizes, outermost first.
        public let shape: [Int]
        /// Where in the arena, row-major.
        public let range: Range<Int>
        /// Whether L2 regularisation and weight decay apply: to weights and scales, not to biases.
        public let isRegularized: Bool
    }

    /// A network with parameters 0.
    ///
    /// - Precondition: Widths and members are positive; dropout is in 0 ..< 1.
    public init(_ architecture: Architecture) {
        precondition(architecture.isValid, "widths must be positive, dropout in 0 ..< 1")
        self.architecture = architecture
        let layout = Layout(architecture)
        layers = layout.layers
        tensors = layout.tensors
        parameters = Array(repeating: 0, count: laneCount(rows: layout.end))
    }

    /// Multiply-adds that a row takes.
    public var work: Int {
        layers.reduce(0) { $0 + $1.inputs * $1.outputs } * architecture.members
    }

    /// How many independent row orders a batch is drawn from: one for each member.
    public var ordersPerBatch: Int { architecture.members }
}

extension Network.Architecture {
    /// Whether a network can be made so.
    ///
    /// The bounds are far beyond use, and keep a broken file from exhausting memory.
    public var isValid: Bool {
        let widths = 1 ... 1 << 16
        return widths.contains(inputs) && hidden.allSatisfy(widths.contains) && hidden.count <= 64
            && (1 ... 4096).contains(members) && dropout >= 0 && dropout < 1
    }

    /// The parts of a network's parameters, without making it.
    public var tensors: [Network.Tensor] { Network.Layout(self).tensors }
}

extension Network {
    /// Where one layer of all members lies in the arena.
    struct Layer: Equatable, Sendable {
        /// Width of the input.
        let inputs: Int
        /// Width of the output.
        let outputs: Int
        /// Offset of the weights: [inputs, outputs] where they are shared, else a stack over members.
        let weights: Int
        /// Offset of r [members, inputs] and s [members, outputs]; nil where weights are not shared.
        let scales: (inputs: Int, outputs: Int)?
        /// Offset of the biases, [members, outputs].
        let bias: Int

        static func == (one: Self, other: Self) -> Bool {
            one.weights == other.weights && one.bias == other.bias && one.inputs == other.inputs
                && one.outputs == other.outputs && one.scales?.inputs == other.scales?.inputs
        }

        /// A member's weights and bias, where they are its own.
        func own(_ member: Int) -> DenseShape {
            DenseShape(
                inputs: inputs,
                outputs: outputs,
                weights: weights + member * inputs * outputs,
                bias: bias + member * outputs
            )
        }

        /// A member's view of the shared weights; nil where they are its own.
        func shared(_ member: Int) -> SharedLayer? {
            scales.map {
                SharedLayer(
                    inputs: inputs,
                    outputs: outputs,
                    weights: weights,
                    inputScale: $0.inputs + member * inputs,
                    outputScale: $0.outputs + member * outputs
                )
            }
        }
    }

    /// Lays tensors one after the other.
    struct Layout {
        private(set) var tensors: [Tensor] = []
        private(set) var layers: [Layer] = []
        private(set) var end = 0

        init(_ architecture: Architecture) {
            var inputs = architecture.inputs
            for (number, outputs) in (architecture.hidden + [1]).enumerated() {
                let shares = architecture.sharesWeights && number < architecture.hidden.count
                layers.append(
                    layer(
                        number,
                        inputs: inputs,
                        outputs: outputs,
                        members: architecture.members,
                        shares: shares
                    )
                )
                inputs = outputs
            }
        }

        private mutating func layer(
            _ number: Int,
            inputs: Int,
            outputs: Int,
            members: Int,
            shares: Bool
        ) -> Layer {
            let stack = members == 1 ? [] : [members]
            let weights = tensor(
                "dense_\(number).weight",
                (shares ? [] : stack) + [inputs, outputs],
                isRegularized: true
            )
            var scales: (Int, Int)?
            if shares {
                scales = (
                    tensor("dense_\(number).input_scale", [members, inputs], isRegularized: true),
                    tensor("dense_\(number).output_scale", [members, outputs], isRegularized: true)
                )
            }
            let bias = tensor("dense_\(number).bias", stack + [outputs], isRegularized: false)
            return Layer(
                inputs: inputs,
                outputs: outputs,
                weights: weights,
                scales: scales,
                bias: bias
            )
        }

        private mutating func tensor(_ name: String, _ shape: [Int], isRegularized: Bool) -> Int {
            let start = end
            end += shape.reduce(1, *)
            tensors.append(
                Tensor(name: name, shape: shape, range: start ..< end, isRegularized: isRegularized)
            )
            return start
        }
    }
}
