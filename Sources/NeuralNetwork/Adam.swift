private import Kernels

/// The Adam optimiser's settings and state.
///
/// Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015; defaults as Keras.
public struct Adam: Sendable {
    private let beta1: Float
    private let beta2: Float
    private let epsilon: Float
    private var firstMoments: [Float]
    private var secondMoments: [Float]
    private var power1 = 1.0
    private var power2 = 1.0

    /// Creates the state before the first step.
    ///
    /// - Parameters:
    ///   - count: Number of parameters, a multiple of 8.
    ///   - beta1: Decay of the mean of gradients.
    ///   - beta2: Decay of the mean of squared gradients.
    ///   - epsilon: Added to the root, against division by 0.
    public init(count: Int, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7) {
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
        firstMoments = Array(repeating: 0, count: count)
        secondMoments = Array(repeating: 0, count: count)
    }

    /// Moves the parameters one step against the gradients.
    ///
    /// - Complexity: O(*n*).
    public mutating func step(_ parameters: inout [Float], gradients: [Float], rate: Double) {
        power1 *= Double(beta1)
        power2 *= Double(beta2)
        adamStep(
            parameters: &parameters,
            gradients: gradients,
            firstMoments: &firstMoments,
            secondMoments: &secondMoments,
            rate: Float(rate * (1 - power2).squareRoot() / (1 - power1)),
            beta1: beta1,
            beta2: beta2,
            epsilon: epsilon
        )
    }
}
