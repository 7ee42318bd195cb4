#if canImport(Glibc)
// Not for its names: without this import libm is not linked, and `squareRoot()` needs it.
private import Glibc
#endif

/// The numbers of one update of Adam.
public struct AdamStep: Equatable, Sendable {
    /// What the ratio of the moments is multiplied by: the learning rate over 1 - β₁ᵗ, and the like.
    public var rate: Float
    /// Factor on √v before ε is added: 1 / √(1 - β₂ᵗ), or 1 where `rate` makes up for it.
    public var rootScale: Float
    /// Factor on the gradients, for clipping.
    public var gradientScale: Float
    /// β₁.
    public var beta1: Float
    /// β₂.
    public var beta2: Float
    /// ε.
    public var epsilon: Float

    /// Creates a step.
    public init(
        rate: Float,
        rootScale: Float,
        gradientScale: Float,
        beta1: Float,
        beta2: Float,
        epsilon: Float
    ) {
        self.rate = rate
        self.rootScale = rootScale
        self.gradientScale = gradientScale
        self.beta1 = beta1
        self.beta2 = beta2
        self.epsilon = epsilon
    }
}

/// One update of Adam over an arena of parameters.
///
/// Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015: m += (1 - β₁)(g - m),
/// v += (1 - β₂)(g² - v), p -= rate · m / (rootScale √v + ε).
///
/// - Parameters:
///   - step: The numbers of this update.
///   - parameters: Shape [n], n a multiple of 8.
///   - gradients: Shape [n].
///   - firstMoments: m, shape [n].
///   - secondMoments: v, shape [n].
/// - Complexity: O(*n*).
public func adamStep(
    _ step: AdamStep,
    parameters: inout [Float],
    gradients: [Float],
    firstMoments: inout [Float],
    secondMoments: inout [Float]
) {
    let count = parameters.count
    precondition(count % 8 == 0, "adam: count must be a multiple of 8, got \(count)")
    precondition(
        gradients.count == count && firstMoments.count == count && secondMoments.count == count,
        "adam: shapes differ"
    )
    unsafe parameters.withUnsafeMutableBufferPointer { p in
        unsafe firstMoments.withUnsafeMutableBufferPointer { m in
            unsafe secondMoments.withUnsafeMutableBufferPointer { v in
                unsafe gradients.withUnsafeBufferPointer { g in
                    guard let p = p.baseAddress, let g = g.baseAddress,
                        let m = m.baseAddress, let v = v.baseAddress
                    else { return }
                    var place = 0
                    while place < count {
                        let gradient = unsafe g.lanes(place) * step.gradientScale
                        var first = unsafe m.lanes(place)
                        var second = unsafe v.lanes(place)
                        first += (gradient - first) * (1 - step.beta1)
                        second += (gradient * gradient - second) * (1 - step.beta2)
                        let root = second.squareRoot() * step.rootScale + step.epsilon
                        unsafe m.store(first, place)
                        unsafe v.store(second, place)
                        unsafe p.store(p.lanes(place) - step.rate * first / root, place)
                        place += 8
                    }
                }
            }
        }
    }
}

/// Σ g², in double precision: each eighth number in a sum of its own, the eight added by halves.
///
/// - Complexity: O(*n*).
public func squaredNorm(_ gradients: [Float]) -> Double {
    precondition(gradients.count % 8 == 0, "the count must be a multiple of 8")
    var sums = SIMD8<Double>.zero
    unsafe gradients.withUnsafeBufferPointer { gradients in
        guard let g = gradients.baseAddress else { return }
        for place in stride(from: 0, to: gradients.count, by: 8) {
            let wide = unsafe SIMD8<Double>(g.lanes(place))
            sums += wide * wide
        }
    }
    let four = sums.lowHalf + sums.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
}
