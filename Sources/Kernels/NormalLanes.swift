extension Elementary {
    /// The standard normal distribution at each lane: Φ(x), within 3·10⁻⁷, and e^(-x²/2).
    ///
    /// Φ(-x) = e^(-x²/2) · t · q(t) with t = 1 / (1 + 0.33 x) for x ≥ 0, the form of Abramowitz and Stegun,
    /// "Handbook of mathematical functions", 26.2.17; q is of degree 4 and minimax for the absolute error
    /// (Remez; 7·10⁻⁸ before rounding).
    @inline(__always)
    public static func normal(_ x: Lanes) -> (cumulative: Lanes, bell: Lanes) {
        let isPositive = x .> 0
        let magnitude = x.replacing(with: -x, where: x .< 0)
        let bell = exp(x * x * -0.5)
        let t = 1 / Lanes(repeating: 1).addingProduct(magnitude, Lanes(repeating: 0.33))
        var q = Lanes(repeating: -0.110677019)
        q = Lanes(repeating: 0.379296094).addingProduct(q, t)
        q = Lanes(repeating: -0.0962547958).addingProduct(q, t)
        q = Lanes(repeating: 0.206238776).addingProduct(q, t)
        q = Lanes(repeating: 0.121396959).addingProduct(q, t)
        let tail = q * t * bell
        return (tail.replacing(with: 1 - tail, where: isPositive), bell)
    }

    /// Φ(-x) for x ≥ 0 in each lane, within 2·10⁻⁷, without an exponential function.
    ///
    /// ½ - ½ erf(x/√2), with the rational approximation of erf on 0...4 that Eigen has for float32
    /// (`generic_fast_erf_float`, MathFunctionsImpl.h); beyond, it is 0.
    @inline(__always)
    static func normalTail(_ x: Lanes) -> Lanes {
        let scaled = x * 0.70710678
        let y = scaled.replacing(with: 4, where: scaled .> 4)
        let z = y * y
        var p = Lanes(repeating: -2.72614225801306e-10)
        p = Lanes(repeating: 2.77068142495902e-08).addingProduct(p, z)
        p = Lanes(repeating: -2.10102402082508e-06).addingProduct(p, z)
        p = Lanes(repeating: -5.69250639462346e-05).addingProduct(p, z)
        p = Lanes(repeating: -7.34990630326855e-04).addingProduct(p, z)
        p = Lanes(repeating: -2.95459980854025e-03).addingProduct(p, z)
        p = Lanes(repeating: -1.60960333262415e-02).addingProduct(p, z)
        var q = Lanes(repeating: -1.45660718464996e-05)
        q = Lanes(repeating: -2.13374055278905e-04).addingProduct(q, z)
        q = Lanes(repeating: -1.68282697438203e-03).addingProduct(q, z)
        q = Lanes(repeating: -7.37332916720468e-03).addingProduct(q, z)
        q = Lanes(repeating: -1.42647390514189e-02).addingProduct(q, z)
        let tail = Lanes(repeating: 0.5).addingProduct(y * p / q, Lanes(repeating: -0.5))
        return tail.replacing(with: 0, where: tail .< 0)
    }
}
