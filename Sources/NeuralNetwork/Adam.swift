private import Kernels

/// The Adam optimiser's settings and state.
///
/// Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015; defaults as Keras.
public struct Adam: Sendable {
    /// Where ε is added to the root of the second moment.
    public enum Epsilon: Codable, Equatable, Sendable {
        /// To the root as it is, as in the paper's section 2 and Keras.
        case uncorrected(Float)
        /// To the root of the bias-corrected moment, as in the paper's algorithm 1 and PyTorch.
        case corrected(Float)
    }

    private let beta1: Float = 0.9
    private let beta2: Float = 0.999
    private let epsilon: Epsilon
    private var firstMoments: [Float]
    private var secondMoments: [Float]
    private var power1 = 1.0
    private var power2 = 1.0

    /// Creates the state before the first step.
    ///
    /// - Parameters:
    ///   - count: Number of parameters, a multiple of 8.
    ///   - epsilon: Added to the root, against division by 0.
    public init(count: Int, epsilon: Epsilon = .uncorrected(1e-7)) {
        self.epsilon = epsilon
        firstMoments = Array(repeating: 0, count: count)
        secondMoments = Array(repeating: 0, count: count)
    }

    /// Moves the parameters one step against the gradients.
    ///
    /// - Parameters:
    ///   - parameters: Changed in place.
    ///   - gradients: Of the loss.
    ///   - rate: Learning rate.
    ///   - gradientScale: Factor on the gradients, for clipping.
    /// - Complexity: O(*n*).
    public mutating func step(
        _ parameters: inout [Float],
        gradients: [Float],
        rate: Double,
        gradientScale: Float = 1
    ) {
        power1 *= Double(beta1)
        power2 *= Double(beta2)
        let root = (1 - power2).squareRoot()
        var step = AdamStep(
            rate: Float(rate / (1 - power1)),
            rootScale: Float(1 / root),
            gradientScale: gradientScale,
            beta1: beta1,
            beta2: beta2,
            epsilon: 0
        )
        switch epsilon {
        case .corrected(let epsilon): step.epsilon = epsilon
        case .uncorrected(let epsilon):
            step.epsilon = epsilon
            step.rate = Float(rate * root / (1 - power1))
            step.rootScale = 1
        }
        adamStep(
            step,
            parameters: &parameters,
            gradients: gradients,
            firstMoments: &firstMoments,
            secondMoments: &secondMoments
        )
    }
}
