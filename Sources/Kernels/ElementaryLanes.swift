/// 1.5 · 2²³: the float32 whose unit in the last place is 1, with room for a sign.
private let shifter: Float = 12_582_912

extension Elementary {
    /// e to the power of each lane, within 2 units in the last place; saturates outside ±87.
    ///
    /// x = k ln 2 + r with |r| ≤ ln 2 / 2, then the Taylor polynomial of degree 7 of eʳ, whose remainder
    /// is under 2⁻²⁷ there, times 2ᵏ by writing the exponent's bits.
    @inline(__always)
    public static func exp(_ x: Lanes) -> Lanes {
        let x = x.replacing(with: 87, where: x .> 87).replacing(with: -87, where: x .< -87)
        // Adding 1.5 · 2²³ rounds to an integer and leaves it in the low bits of the sum.
        let rounded = Lanes(repeating: shifter).addingProduct(x, Lanes(repeating: 1.442695041))
        let k = rounded - shifter
        // ln 2 in two parts: the first has trailing zeros, so k * high is exact.
        let r = x.addingProduct(k, Lanes(repeating: -0x1.62e4p-1))
            .addingProduct(k, Lanes(repeating: -0x1.7f7d1cp-20))
        var sum = Lanes(repeating: 1.0 / 5040)
        sum = Lanes(repeating: 1.0 / 720).addingProduct(sum, r)
        sum = Lanes(repeating: 1.0 / 120).addingProduct(sum, r)
        sum = Lanes(repeating: 1.0 / 24).addingProduct(sum, r)
        sum = Lanes(repeating: 1.0 / 6).addingProduct(sum, r)
        sum = Lanes(repeating: 0.5).addingProduct(sum, r)
        sum = Lanes(repeating: 1).addingProduct(sum, r)
        sum = Lanes(repeating: 1).addingProduct(sum, r)
        let exponent = unsafe unsafeBitCast(rounded, to: SIMD8<Int32>.self)
        let power = unsafe unsafeBitCast((exponent &+ 127) &<< 23, to: Lanes.self)
        return sum * power
    }

    /// The natural logarithm of each lane, within 2 units in the last place.
    ///
    /// The method of FreeBSD's `e_logf.c`: x = 2ᵏ (1 + f) with 1 + f in [√½, √2), s = f / (2 + f), and a
    /// minimax polynomial in s² of degree 4.
    ///
    /// - Precondition: Each lane is a positive normal number (not checked: other lanes give
    ///   meaningless numbers).
    @inline(__always)
    public static func log(_ x: Lanes) -> Lanes {
        let bits = unsafe unsafeBitCast(x, to: SIMD8<Int32>.self)
        // Adding 1 - √½ in the exponent's place makes the split fall at √½ instead of 1.
        let shifted = bits &+ (0x3f80_0000 - 0x3f35_04f3)
        let k = (shifted &>> 23) &- 127
        let mantissa = (shifted & 0x007f_ffff) &+ 0x3f35_04f3
        let f = unsafe unsafeBitCast(mantissa, to: Lanes.self) - 1
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        let even =
            w
            * Lanes(repeating: 0xccce13.0p-25).addingProduct(
                w,
                Lanes(repeating: 0xf89e26.0p-26)
            )
        let odd =
            z
            * Lanes(repeating: 0xaaaaaa.0p-24).addingProduct(
                w,
                Lanes(repeating: 0x91e9ee.0p-25)
            )
        let half = 0.5 * f * f
        let exponent =
            unsafe unsafeBitCast(k &+ Int32(bitPattern: shifter.bitPattern), to: Lanes.self)
            - shifter
        let tail = s * (half + (odd + even)) + exponent * 9.0580006145e-06
        return exponent * 6.9313812256e-01 - ((half - tail) - f)
    }

    /// The logistic function of each lane: 1 / (1 + e⁻ˣ).
    @inline(__always)
    public static func sigmoid(_ x: Lanes) -> Lanes {
        1 / (1 + exp(-x))
    }

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
