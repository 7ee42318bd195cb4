import Evaluation

/// Draws a campaign's blocks anew, to see how far a figure may be off.
///
/// A block's only held-out customer has no spread of its own, so that blocks are drawn whole: each counts a
/// Poisson(1) number of times in a replicate (Hanley and MacGibbon 2006).
struct BlockBootstrap: Sendable {
    let blocks: Int
    let seed: UInt64

    /// Under so many blocks there is too little to draw from.
    static let least = 10

    /// How many replicates are drawn: fewer where there are very many blocks.
    private var replicates: Int { min(1_000, max(200, 3_000_000 / max(blocks, 1))) }

    /// What a function gives for each replicate's counts; what it leaves out is left out.
    func replicates<Value>(of value: (_ counts: [Double]) -> Value?) -> [Value] {
        var found: [Value] = []
        var counts = [Double](repeating: 0, count: blocks)
        for replicate in 0 ..< replicates {
            var draws = PoissonDraws(seed: seed, replicate: replicate)
            for block in counts.indices { counts[block] = Double(draws.next()) }
            if let value = value(counts) { found.append(value) }
        }
        return found
    }

    /// The 95 % interval of the blocks' weighted mean difference, studentised.
    ///
    /// Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, section 12.5: where values are skewed, as
    /// customers' are, it covers what percentiles of the means do not.
    ///
    /// - Parameters:
    ///   - differences: Of each block.
    ///   - weights: Of each block, above 0.
    /// - Returns: Nil under ``least`` blocks.
    func interval(of differences: [Double], weights: [Double]) -> ConfidenceInterval? {
        guard blocks >= Self.least else { return nil }
        let ones = [Double](repeating: 1, count: blocks)
        guard let own = Self.estimate(differences, weights, ones) else { return nil }
        guard own.error > 0 else { return ConfidenceInterval(low: own.mean, high: own.mean) }
        let ratios = replicates { counts -> Double? in
            guard let drawn = Self.estimate(differences, weights, counts), drawn.error > 0 else {
                return nil
            }
            return (drawn.mean - own.mean) / drawn.error
        }
        guard ratios.count >= 100 else { return nil }
        let sorted = ratios.sorted()
        return ConfidenceInterval(
            low: own.mean - quantile(0.975, sorted: sorted) * own.error,
            high: own.mean - quantile(0.025, sorted: sorted) * own.error
        )
    }

    private static func estimate(
        _ differences: [Double],
        _ weights: [Double],
        _ counts: [Double]
    ) -> (mean: Double, error: Double)? {
        var (whole, sum) = (0.0, 0.0)
        for block in counts.indices {
            let weight = counts[block] * weights[block]
            whole += weight
            sum += weight * differences[block]
        }
        guard whole > 0 else { return nil }
        let mean = sum / whole
        var squares = 0.0
        for block in counts.indices {
            let off = weights[block] * (differences[block] - mean)
            squares += counts[block] * off * off
        }
        return (mean, squares.squareRoot() / whole)
    }
}
