import Kernels

extension Network {
    /// The non-linearity of hidden layers: how weights start for it, its value and its derivative.
    ///
    /// Each is an exhaustive switch, so that a new case does not compile before all are told. Its form in
    /// ONNX is in `ChurnModel`, since this target knows no exchange format.
    ///
    /// ```swift
    /// let architecture = Network.Architecture(inputs: 16, hidden: [10, 10], activation: .gaussian)
    /// ```
    public enum Activation: String, Codable, CaseIterable, Sendable {
        /// max(0, x).
        case rectifier
        /// x Φ(x).
        case gaussian
    }
}

extension Network.Activation {
    /// How the parameters of a layer start: uniform in ±limit.
    struct Start {
        let limit: Double
        /// Whether biases are drawn too; else they start at 0.
        let drawsBiases: Bool
    }

    /// Keras's start for rectifiers, TabM's for Gaussian units; see `Network.init(_:using:)`.
    func start(inputs: Int, outputs: Int) -> Start {
        switch self {
        case .rectifier:
            Start(limit: (6 / Double(inputs + outputs)).squareRoot(), drawsBiases: false)
        case .gaussian: Start(limit: 1 / Double(inputs).squareRoot(), drawsBiases: true)
        }
    }

    /// Whether the dense product's own loop sets what is negative to 0, before `finish`.
    var isRectified: Bool {
        switch self {
        case .rectifier: true
        case .gaussian: false
        }
    }

    /// Whether training keeps its derivative of the forward pass; else the output tells it.
    var keepsDerivative: Bool {
        switch self {
        case .rectifier: false
        case .gaussian: true
        }
    }

    /// What is left of the forward pass after the dense product.
    ///
    /// - Parameters:
    ///   - output: The product's output, replaced.
    ///   - derivative: Receives the derivative, for the backward pass; nil where only predictions are
    ///     asked for, or where none is kept.
    ///   - workspace: Holds both blocks.
    func finish(_ output: Block, derivative: Block?, workspace: inout [Float]) {
        switch self {
        case .rectifier: return
        case .gaussian:
            if let derivative {
                gaussianUnit(workspace: &workspace, output, derivative: derivative)
            } else {
                gaussianUnit(workspace: &workspace, output)
            }
        }
    }

    /// What lets the gradient through on the way back.
    ///
    /// - Parameters:
    ///   - output: The forward pass's output, after dropout.
    ///   - derivative: The block that `finish` filled, after dropout.
    ///   - scale: What dropout multiplied by: 1 / (1 − rate).
    /// - Returns: The form that the backward pass of the dense layer takes.
    func passage(output: Block, derivative: Block?, scale: Float) -> Passage {
        switch self {
        case .rectifier: return .rectified(output, scale: scale)
        case .gaussian:
            guard let derivative else { preconditionFailure("the derivative was not kept") }
            return .derivative(derivative)
        }
    }
}
