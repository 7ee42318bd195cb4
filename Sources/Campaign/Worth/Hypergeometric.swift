import Kernels

/// How many of `drawn` customers leave where `marked` of `total` leave and the draw is by lot.
struct Hypergeometric: Sendable {
    let total: Int
    let marked: Int
    let drawn: Int

    /// What counts are possible.
    var range: ClosedRange<Int> { max(0, marked + drawn - total) ... min(marked, drawn) }

    /// The chance of `count` + 1 over that of `count`.
    private func ratio(above count: Int) -> Double {
        Double((marked - count) * (drawn - count))
            / Double((count + 1) * (total - marked - drawn + count + 1))
    }

    /// The chance of at most `count`, to 10⁻¹³ of itself where it is above 10⁻¹⁶.
    ///
    /// Summed outwards from the likeliest count, so that nothing overflows and what is too small to matter is
    /// left out.
    ///
    /// - Complexity: O(standard deviation).
    func chance(atMost count: Int) -> Double {
        guard count >= range.lowerBound else { return 0 }
        guard count < range.upperBound else { return 1 }
        let peak = (marked + 1) * (drawn + 1) / (total + 2)
        let mode = min(max(peak, range.lowerBound), range.upperBound)
        var (below, all, term) = (0.0, 0.0, 1.0)
        for place in stride(from: mode, through: range.lowerBound, by: -1) {
            all += term
            if place <= count { below += term }
            guard place > range.lowerBound, term > 1e-40 else { break }
            term /= ratio(above: place - 1)
        }
        term = 1
        for place in stride(from: mode, to: range.upperBound, by: 1) {
            term *= ratio(above: place)
            guard term > 1e-40 else { break }
            all += term
            if place < count { below += term }
        }
        return below / all
    }

    /// The logarithm of the mean of ω to the power of (count − `base`), for several ω.
    ///
    /// - Parameters:
    ///   - logOdds: The logarithms of ω.
    ///   - base: What is taken off the count.
    /// - Returns: One for each ω.
    /// - Complexity: O(`logOdds.count` · `range.count`).
    func logMeans(ofPowers logOdds: [Double], base: Int) -> [Double] {
        var logs = [0.0]
        for count in range.dropLast() {
            logs.append(logs[logs.count - 1] + Elementary.log(ratio(above: count)))
        }
        let whole = Self.logSum(logs)
        return logOdds.map { logOdds in
            let terms = zip(range, logs).map { $1 + Double($0 - base) * logOdds }
            return Self.logSum(terms) - whole
        }
    }

    /// ln Σ eˣ, which no x overflows.
    static func logSum(_ terms: [Double]) -> Double {
        let most = terms.max() ?? 0
        return most + Elementary.log(terms.reduce(0) { $0 + Elementary.exp($1 - most) })
    }
}
