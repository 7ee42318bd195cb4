extension Elementary {
    /// x ln(x / m) + m − x: what Poisson's or the binomial density loses at `x` when its mean is `m`.
    ///
    /// Near the mean the terms cancel, so there the series of Loader, "Fast and accurate computation of
    /// binomial probabilities", 2000, is summed. Never negative, and 0 only at the mean.
    ///
    /// - Parameters:
    ///   - x: 0 or more.
    ///   - mean: Above 0.
    /// - Returns: A number of 0 or more, to 10⁻¹⁵ of `x`; NaN where an argument is out of its range.
    public static func deviance(_ x: Double, mean: Double) -> Double {
        guard x >= 0, mean > 0 else { return .nan }
        guard x > 0 else { return mean }
        let difference = x - mean
        guard abs(difference) < 0.1 * (x + mean) else { return x * log(x / mean) - difference }
        let ratio = difference / (x + mean)
        let square = ratio * ratio
        var sum = difference * ratio
        var term = 2 * x * ratio
        var divisor = 1.0
        while true {
            term *= square
            divisor += 2
            let next = sum + term / divisor
            if next == sum { return sum }
            sum = next
        }
    }

    /// What Stirling's formula leaves out: ln Γ(x + 1) − ½ ln(2πx) − x ln x + x.
    ///
    /// The series of Abramowitz and Stegun 6.1.41 from 12 up; smaller arguments are moved there.
    ///
    /// - Returns: About 1 / (12 x), to 10⁻¹⁵; NaN where `x` is not above 0.
    public static func stirlingError(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        var shifted = x
        var moved = 0.0
        while shifted < 12 {
            moved += (shifted + 0.5) * log((shifted + 1) / shifted) - 1
            shifted += 1
        }
        let inverse = 1 / shifted
        return moved.addingProduct(stirlingSeries(inverse * inverse), inverse)
    }
}
