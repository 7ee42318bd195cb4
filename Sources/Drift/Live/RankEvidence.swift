private import Kernels

/// How strongly counts of ranks speak against uniform ranks, as the capital of a gambler who starts with 1
/// and bets at fair odds on the bin of each rank.
///
/// He bets as if the bins' shares were drawn from a Dirichlet distribution about the uniform one, with
/// a third of his capital on each of three concentrations: low ones find large shifts soon, high ones
/// small shifts. (Krichevsky and Trofimov, "The performance of universal encoding", IEEE Transactions on
/// Information Theory 27, 1981, is one such bet.) Under uniform ranks the capital is a martingale: Ville's
/// inequality bounds the chance that it ever reaches *x* by 1 / *x*, whenever one looks.
package enum RankEvidence {
    /// The natural logarithm of the capital after ranks counted by bin.
    ///
    /// - Complexity: O(bins), whatever the number of ranks.
    package static func logCapital(_ counts: [Int]) -> Double {
        let rows = counts.reduce(0, +)
        guard rows > 0 else { return 0 }
        var odds = 0.0
        for (count, logWidth) in zip(counts, logWidths) { odds -= Double(count) * logWidth }
        let logs = bets.map { bet in
            var sum = bet.logGamma - Elementary.logGamma(Double(rows) + bet.concentration)
            for bin in counts.indices { sum += bet.parts[bin].logRising(counts[bin]) }
            return sum
        }
        return odds + logSum(logs) - Elementary.log(Double(bets.count))
    }

    /// The logarithm of a sum of numbers that are given by their logarithms; at least one.
    package static func logSum(_ logs: [Double]) -> Double {
        let most = logs.max() ?? 0
        return most + Elementary.log(logs.reduce(0) { $0 + Elementary.exp($1 - most) })
    }

    private static let logWidths = RankBins.widths.map(Elementary.log)

    private static let bets = [8.0, 64, 512].map(Bet.init)
}

/// A Dirichlet distribution of the bins' shares.
private struct Bet {
    let concentration: Double
    let logGamma: Double
    /// By bin.
    let parts: [RisingFactorial]

    init(concentration: Double) {
        self.concentration = concentration
        logGamma = Elementary.logGamma(concentration)
        // Equally wide bins share one table.
        var known: [RisingFactorial] = []
        parts = RankBins.widths.map { width in
            if let same = known.first(where: { $0.start == concentration * width }) { return same }
            known.append(RisingFactorial(start: concentration * width))
            return known[known.count - 1]
        }
    }
}

/// x (x + 1) (x + 2) …, by its logarithm; the first terms are kept, since every look asks for thousands.
private struct RisingFactorial {
    let start: Double
    private let logStart: Double
    private let table: [Double]

    init(start: Double) {
        self.start = start
        let logStart = Elementary.logGamma(start)
        self.logStart = logStart
        table = (0 ..< 2_048).map { Elementary.logGamma(start + Double($0)) - logStart }
    }

    /// The logarithm of the product of `count` factors.
    func logRising(_ count: Int) -> Double {
        guard count >= table.count else { return table[count] }
        return Elementary.logGamma(start + Double(count)) - logStart
    }
}
