#if canImport(Glibc)
// Not for its names: without this import libm is not linked, and `squareRoot()` needs it.
private import Glibc
#endif

/// One update of Adam over an arena of parameters.
///
/// Kingma and Ba, "Adam: a method for stochastic optimization", ICLR 2015, in the order of section 2
/// that Keras uses: m += (1 - β₁)(g - m), v += (1 - β₂)(g² - v), p -= rate · m / (√v + ε), where `rate` is
/// the learning rate times √(1 - β₂ᵗ) / (1 - β₁ᵗ).
///
/// - Parameters:
///   - parameters: Shape [n], n a multiple of 8.
///   - gradients: Shape [n].
///   - firstMoments: m, shape [n].
///   - secondMoments: v, shape [n].
///   - rate: The corrected learning rate.
///   - beta1: β₁.
///   - beta2: β₂.
///   - epsilon: ε.
/// - Complexity: O(*n*).
public func adamStep(
    parameters: inout [Float],
    gradients: [Float],
    firstMoments: inout [Float],
    secondMoments: inout [Float],
    rate: Float,
    beta1: Float,
    beta2: Float,
    epsilon: Float
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
                        let gradient = unsafe g.lanes(place)
                        var first = unsafe m.lanes(place)
                        var second = unsafe v.lanes(place)
                        first += (gradient - first) * (1 - beta1)
                        second += (gradient * gradient - second) * (1 - beta2)
                        let step = rate * first / (second.squareRoot() + epsilon)
                        unsafe m.store(first, place)
                        unsafe v.store(second, place)
                        unsafe p.store(p.lanes(place) - step, place)
                        place += 8
                    }
                }
            }
        }
    }
}
