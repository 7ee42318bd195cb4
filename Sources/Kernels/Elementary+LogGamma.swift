extension Elementary {
    /// ln Γ(x) for x > 0, to 2⁻⁴⁷ relative to max(1, |ln Γ(x)|); NaN elsewhere.
    ///
    /// Stirling's series (Abramowitz and Stegun 6.1.41) from 12 up, where its first left-out term is
    /// under 2⁻⁵⁶; smaller arguments are moved there by Γ(x + 1) = x Γ(x).
    public static func logGamma(_ x: Double) -> Double {
        guard x > 0 else { return .nan }
        guard x < .infinity else { return x }
        var shifted = x
        var product = 1.0
        while shifted < 12 {
            product *= shifted
            shifted += 1
        }
        let inverse = 1 / shifted
        let series = stirlingSeries(inverse * inverse) * inverse
        let halfLogOfTwoPi = 0.9189385332046728
        return (shifted - 0.5) * log(shifted) - shifted + halfLogOfTwoPi + series - log(product)
    }

    /// Abramowitz and Stegun 6.1.41 times its argument, from 1 / x², for x of 12 or more.
    static func stirlingSeries(_ square: Double) -> Double {
        var series = -691.0 / 360_360
        series = (1.0 / 1_188).addingProduct(series, square)
        series = (-1.0 / 1_680).addingProduct(series, square)
        series = (1.0 / 1_260).addingProduct(series, square)
        series = (-1.0 / 360).addingProduct(series, square)
        return (1.0 / 12).addingProduct(series, square)
    }
}
