/// Fisher's exact test of a two-by-two table: with both margins given, the count in the corner is
/// hypergeometric where both rows have one rate.
///
/// Fisher, Journal of the Royal Statistical Society 85, 1922.
struct HypergeometricTails {
    private let drawn: Int
    private let hits: Int
    private let total: Int

    /// Describes the margins: `drawn` of `total` rows are in the first sample, `hits` of them are hits.
    init(drawn: Int, hits: Int, total: Int) {
        self.drawn = drawn
        self.hits = hits
        self.total = total
    }

    /// The chance of a table that is at most as likely as the one with `observed` in the corner.
    ///
    /// - Complexity: O(min(`drawn`, `hits`)).
    func chance(asUnlikelyAs observed: Int) -> Double {
        let range = max(0, drawn + hits - total) ... min(drawn, hits)
        // Double, because the product of two counts may not fit.
        let centre = (Double(drawn) + 1) * (Double(hits) + 1) / (Double(total) + 2)
        let mode = min(max(Int(centre), range.lowerBound), range.upperBound)
        // Each by its ratio to the last, from the largest outwards: none overflows.
        var below: [Double] = []
        var weight = 1.0
        for count in stride(from: mode, to: range.lowerBound, by: -1) {
            weight /= ratio(count - 1)
            below.append(weight)
        }
        var above: [Double] = []
        weight = 1
        for count in mode ..< range.upperBound {
            weight *= ratio(count)
            above.append(weight)
        }
        let own =
            observed == mode
            ? 1 : observed < mode ? below[mode - observed - 1] : above[observed - mode - 1]
        // Tables as likely as this one may come out a rounding above it.
        let limit = own * (1 + 1e-11)
        var (sum, part) = (0.0, 0.0)
        for weights in [below, above] {
            for weight in weights.reversed() {
                sum += weight
                if weight <= limit { part += weight }
            }
        }
        if limit >= 1 { part += 1 }
        return min(1, part / (sum + 1))
    }

    /// How much likelier `count + 1` is than `count`.
    private func ratio(_ count: Int) -> Double {
        Double(hits - count) * Double(drawn - count)
            / (Double(count + 1) * Double(total - hits - drawn + count + 1))
    }
}
