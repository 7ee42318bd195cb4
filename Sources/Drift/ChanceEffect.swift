private import Kernels

/// How far apart chance alone takes two random halves of a reference: the effect that 999 of 1,000
/// splits stay under.
///
/// The reference is split against itself 2,000 times, every row by a fair coin.
struct ChanceEffect {
    /// How often the reference is split.
    static let splits = 2_000
    /// Place of the quantile among the splits' effects, from the largest.
    private static let place = splits / 1_000 - 1
    /// Beyond, a smaller sample of the same shares is split: chance shrinks with the root of the rows.
    private static let mostRows = 65_536

    private var generator: SeededGenerator

    /// Creates what splits one column; another column takes another stream.
    init(stream: Int) {
        generator = SeededGenerator(seed: 0x6472_6966, stream: UInt64(stream))
    }

    /// The Kolmogorov-Smirnov distance of halves of a number.
    ///
    /// - Complexity: O(splits · (distinct values + rows / 64)).
    mutating func numbers(_ sample: OrderedSample) -> Double {
        upperQuantile(of: sample.counts) { counts, first, halves in
            var (a, all, widest) = (0, 0, 0.0)
            for place in counts.indices {
                a += first[place]
                all += counts[place]
                widest = max(widest, halves.gap(a, of: all))
            }
            return widest
        }
    }

    /// The total-variation distance of halves of levels.
    ///
    /// - Complexity: O(splits · (levels + rows / 64)).
    mutating func levels(_ counts: [Int]) -> Double {
        upperQuantile(of: counts) { counts, first, halves in
            var sum = 0.0
            for place in counts.indices { sum += halves.gap(first[place], of: counts[place]) }
            return sum / 2
        }
    }

    /// The rows of both halves.
    private struct Halves {
        let first: Double
        let second: Double

        /// The difference of shares of both halves, `rows` of which the first has `hits`.
        func gap(_ hits: Int, of rows: Int) -> Double {
            abs(Double(hits) / first - Double(rows - hits) / second)
        }
    }

    /// What 999 of 1,000 splits stay under, of an effect of all counts and those of the first half.
    private mutating func upperQuantile(
        of counts: [Int],
        _ effect: ([Int], _ first: [Int], Halves) -> Double
    ) -> Double {
        let rows = counts.reduce(0, +)
        let scale = min(1, Double(Self.mostRows) / Double(max(1, rows)))
        let counts = scale == 1 ? counts : counts.map { Int((Double($0) * scale).rounded()) }
        let total = counts.reduce(0, +)
        guard total > 1 else { return 1 }
        var first = counts
        var effects: [Double] = []
        for _ in 0 ..< Self.splits {
            for place in counts.indices { first[place] = heads(counts[place]) }
            let rows = first.reduce(0, +)
            let halves = Halves(first: Double(rows), second: Double(total - rows))
            effects.append(rows == 0 || rows == total ? 1 : effect(counts, first, halves))
        }
        return min(1, effects.sorted(by: >)[Self.place] * scale.squareRoot())
    }

    /// How many of a number of fair coins show heads.
    private mutating func heads(_ coins: Int) -> Int {
        var (rest, heads) = (coins, 0)
        while rest >= 64 {
            heads += generator.next().nonzeroBitCount
            rest -= 64
        }
        return rest == 0 ? heads : heads + (generator.next() >> UInt64(64 - rest)).nonzeroBitCount
    }
}

/// Half the sum of the differences of shares: what part of one sample would have to change its level for
/// both to agree.
func totalVariation(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
}
