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
}
