/// Elementary functions whose result is the same bits everywhere.
///
/// The C library picks another variant of `exp` or `log` for another processor, and their last bits
/// differ; these use only `+ - * /`, fused multiply-add and integer operations, all of which IEEE 754
/// defines to the last bit. Scalar and double: the vector forms for float32 stand beside them.
public enum Elementary {}

extension Elementary {
    /// e to the power of `x`, within 1 unit in the last place.
    ///
    /// x = k ln 2 + r with |r| ≤ ln 2 / 2; then the Taylor polynomial of degree 13 of eʳ, whose
    /// remainder is under 2⁻⁵⁷ there.
    public static func exp(_ x: Double) -> Double {
        guard x <= 709.782712893384 else { return x.isNaN ? x : .infinity }
        guard x > -745.1332191019412 else { return 0 }
        let k = (x * 1.4426950408889634).rounded(.toNearestOrEven)
        // ln 2 in two parts: the first has trailing zeros, so k * high is exact.
        let high = 0x1.62e42fefa3800p-1
        let low = 0x1.ef35793c76730p-45
        let r = (x - k * high) - k * low
        var sum = 1.0 / 6_227_020_800
        sum = (1.0 / 479_001_600).addingProduct(sum, r)
        sum = (1.0 / 39_916_800).addingProduct(sum, r)
        sum = (1.0 / 3_628_800).addingProduct(sum, r)
        sum = (1.0 / 362_880).addingProduct(sum, r)
        sum = (1.0 / 40_320).addingProduct(sum, r)
        sum = (1.0 / 5_040).addingProduct(sum, r)
        sum = (1.0 / 720).addingProduct(sum, r)
        sum = (1.0 / 120).addingProduct(sum, r)
        sum = (1.0 / 24).addingProduct(sum, r)
        sum = (1.0 / 6).addingProduct(sum, r)
        sum = (1.0 / 2).addingProduct(sum, r)
        let power = 1 + r.addingProduct(sum * r, r)
        let exponent = Int(k)
        // Two steps, so that results under 2⁻¹⁰²² round once and correctly scale.
        let half = exponent / 2
        return power * scale(half) * scale(exponent - half)
    }

    /// The natural logarithm of `x`, within 1 unit in the last place.
    ///
    /// The method of FreeBSD's `e_log.c`: x = 2ᵏ (1 + f) with 1 + f in [√½, √2), s = f / (2 + f), and
    /// a polynomial in s² of degree 7 that is minimax there (Remez; error under 2⁻⁵⁸).
    public static func log(_ x: Double) -> Double {
        guard x > 0 else { return x == 0 ? -.infinity : .nan }
        guard x < .infinity else { return x }
        var k = Double(x.exponent)
        var m = x.significand
        if m >= 1.4142135623730951 {
            m *= 0.5
            k += 1
        }
        let f = m - 1
        let s = f / (2 + f)
        let z = s * s
        var r = 1.479819860511658591e-01
        r = 1.531383769920937332e-01.addingProduct(r, z)
        r = 1.818357216161805012e-01.addingProduct(r, z)
        r = 2.222219843214978396e-01.addingProduct(r, z)
        r = 2.857142874366239149e-01.addingProduct(r, z)
        r = 3.999999999940941908e-01.addingProduct(r, z)
        r = 6.666666666666735130e-01.addingProduct(r, z)
        r *= z
        let half = 0.5 * f * f
        let high = 6.93147180369123816490e-01
        let low = 1.90821492927058770002e-10
        return k * high - ((half - (s * (half + r) + k * low)) - f)
    }

    private static func scale(_ exponent: Int) -> Double {
        Double(sign: .plus, exponent: exponent, significand: 1)
    }

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
