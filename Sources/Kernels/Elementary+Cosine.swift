extension Elementary {
    /// The cosine of `x` for x in 0...π, within 4 · 10⁻¹⁶.
    ///
    /// cos x = 1 - 2 sin²(x / 2), with the Taylor polynomial of degree 21 of the sine on 0...π/2, whose
    /// remainder is under 2⁻⁵⁷ there.
    ///
    /// - Precondition: `x` is in 0...π.
    public static func cosine(_ x: Double) -> Double {
        precondition(x >= 0 && x <= .pi, "cosine: x must be in 0...pi, got \(x)")
        let half = x / 2
        let square = -half * half
        var sum = 1.0
        for k in stride(from: 20.0, through: 2, by: -2) {
            sum = 1.0.addingProduct(sum, square / (k * (k + 1)))
        }
        let sine = half * sum
        return 1 - 2 * sine * sine
    }
}
