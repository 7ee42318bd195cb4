private import Kernels

/// The logarithm of a probability's odds, log (p / (1 − p)): what a network puts out before its last
/// sigmoid.
enum Logit {
    /// The logit of a probability, clipped at 2⁻⁵² from 0 and from 1 as log loss clips it: within ±36.05.
    ///
    /// - Returns: NaN for NaN.
    static func of(_ probability: Double) -> Double {
        guard !probability.isNaN else { return .nan }
        let clipped = min(max(probability, .ulpOfOne), 1 - .ulpOfOne)
        return Elementary.log(clipped / (1 - clipped))
    }

    /// The probability of a logit, 1 / (1 + e⁻ˣ); NaN for NaN.
    static func probability(_ logit: Double) -> Double {
        // The exponential of a negative number, so that neither tail loses digits.
        let small = Elementary.exp(-abs(logit))
        return (logit < 0 ? small : 1) / (1 + small)
    }
}

extension RankedScores {
    /// The logit of each distinct score, shape [scores].
    func logits() -> [Double] { scores.map(Logit.of) }
}
