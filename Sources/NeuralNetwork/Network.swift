private import Kernels

/// A feed-forward network for one yes/no answer: one perceptron, or several side by side whose
/// probabilities are averaged.
///
/// A member is x → act(W₁ᵀ x + b₁) → … → wᵀ h + b, and its probability is the logit's σ. `seed` is one
/// member of 16-10-10-1; `fast` sixteen of their own weights; `best` sixteen that share the weights of
/// the hidden layers (TabM).
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

    /// The non-linearity of hidden layers.
    public enum Activation: String, Codable, CaseIterable, Sendable {
        /// max(0, x), and Keras's start: weights uniform in ±√(6 / (inputs + outputs)), biases 0.
        case rectifier
        /// x Φ(x), and TabM's start: weights and biases uniform in ±1/√inputs.
        case gaussian
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
