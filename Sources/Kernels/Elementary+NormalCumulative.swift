extension Elementary {
    /// The chance that a standard normal number is at most `x`, to 10⁻¹³ of itself.
    ///
    /// Up to 2.5 away from 0 the series of Marsaglia, "Evaluating the normal distribution", Journal of
    /// Statistical Software 11, 2004; beyond, Laplace's continued fraction of the tail (Abramowitz and
    /// Stegun 26.2.14), so that a small chance keeps its digits.
    ///
    /// - Returns: A number in 0...1, or NaN where `x` is NaN.
    public static func normalCumulative(_ x: Double) -> Double {
        guard !x.isNaN else { return x }
        let distance = x.magnitude
        // Beyond, the tail is under the smallest double.
        guard distance < 40 else { return x < 0 ? 0 : 1 }
        let density = exp(-0.5 * distance * distance) * 0.3989422804014327
        guard distance < 2.5 else {
            var fraction = distance
            // The farther out, the sooner it converges.
            let steps = (16 + 650 / (distance * distance)).rounded()
            for step in stride(from: steps, through: 1, by: -1) {
                fraction = distance + step / fraction
            }
            let tail = density / fraction
            return x < 0 ? tail : 1 - tail
        }
        var term = distance
        var sum = distance
        var divisor = 1.0
        while term > sum * 0x1p-56 {
            divisor += 2
            term *= distance * distance / divisor
            sum += term
        }
        return x < 0 ? 0.5 - density * sum : 0.5 + density * sum
    }
}
