private import Kernels

extension RankedScores {
    /// The most replicates that are drawn for `rows` rows: as many as asked up to 100,000 rows, then
    /// fewer so that the draws stay at 100 million, but not under 100.
    ///
    /// With so many rows the intervals are narrow, and 100 replicates place their ends well enough.
    static func replicates(asked: Int, rows: Int) -> Int {
        min(asked, max(100, 100_000_000 / max(rows, 1)))
    }

    /// 95 % percentile intervals of the headline metrics.
    ///
    /// The Poisson bootstrap: in a replicate each row counts a Poisson(1) number of times, which is
    /// what drawing rows with replacement comes to, but for the number of rows, which varies too and
    /// which no metric depends on. It reads memory in order, several times faster than drawing. Rows
    /// are not drawn per class, for the share of positives is uncertain too. Each replicate has a
    /// random stream of its own, so that its numbers do not depend on any other's.
    ///
    /// Hanley and MacGibbon, "Creating non-parametric bootstrap samples using Poisson frequencies",
    /// Computer Methods and Programs in Biomedicine 83 (2006).
    ///
    /// The calibration error adds up absolute gaps, so a replicate's own noise raises it: percentiles
    /// of its replicates lie too high, often wholly above the value. Its interval is therefore moved
    /// down by the bootstrap's estimate of bias, the mean of the replicates minus the value (Efron and
    /// Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 10), and ends at 0.
    ///
    /// - Parameters:
    ///   - headline: What gives the metrics of any counts.
    ///   - values: The metrics of the rows themselves.
    ///   - replicates: How many to draw; 0 leaves the intervals out.
    ///   - seed: Random seed of the draws.
    /// - Returns: None for a metric that fewer than half of the replicates define.
    /// - Complexity: O(`replicates` · *n*).
    func bootstrapIntervals(
        _ headline: HeadlineMetrics,
        values: HeadlineMetrics.Values,
        replicates: Int,
        seed: UInt64
    ) -> [MetricName: ConfidenceInterval] {
        guard rows > 0 else { return [:] }
        var samples: [MetricName: [Double]] = [:]
        forEachReplicate(replicates, seed: seed) { counts in
            let resampled = headline.values(counts: counts)
            for name in MetricName.allCases where !resampled[name].isNaN {
                samples[name, default: []].append(resampled[name])
            }
        }
        var intervals: [MetricName: ConfidenceInterval] = [:]
        for (name, sample) in samples {
            intervals[name] = ConfidenceInterval(
                sample,
                of: replicates,
                correcting: name == .ece ? values.ece : nil
            )
        }
        return intervals
    }

    /// Draws replicates one after the other.
    ///
    /// - Parameters:
    ///   - replicates: How many.
    ///   - seed: Random seed of the draws.
    ///   - body: Takes a replicate's counts, laid out as `counts`.
    /// - Complexity: O(`replicates` · *n*), and what `body` takes.
    func forEachReplicate(_ replicates: Int, seed: UInt64, _ body: ([Int32]) -> Void) {
        guard replicates > 0 else { return }
        // Which count a row raises.
        var cells: [Int32] = []
        cells.reserveCapacity(rows)
        for cell in counts.indices {
            cells.append(contentsOf: repeatElement(Int32(cell), count: Int(counts[cell])))
        }
        var drawn = [Int32](repeating: 0, count: counts.count)
        for replicate in 0 ..< replicates {
            for cell in drawn.indices { drawn[cell] = 0 }
            var draws = PoissonDraws(seed: seed, replicate: replicate)
            for cell in cells { drawn[Int(cell)] += draws.next() }
            body(drawn)
        }
    }
}

extension ConfidenceInterval {
    /// The 95 % percentile interval of replicates; nil where fewer than half of them define the number.
    ///
    /// - Parameters:
    ///   - sample: The replicates that define the number.
    ///   - replicates: How many were drawn.
    ///   - value: Of a number that is never below 0 and that a replicate's own noise raises: its value,
    ///     for the interval to be moved down by the bootstrap's estimate of bias. Nil moves nothing.
    init?(_ sample: [Double], of replicates: Int, correcting value: Double? = nil) {
        guard !sample.isEmpty, 2 * sample.count >= replicates else { return nil }
        self.init(replicates: sample)
        guard let value else { return }
        let bias = sample.reduce(0, +) / Double(sample.count) - value
        (low, high) = (max(0, low - bias), max(0, high - bias))
    }
}

/// How often each row counts in one replicate of the Poisson bootstrap.
///
/// Each replicate has a random stream of its own.
package struct PoissonDraws {
    private var generator: SeededGenerator
    // Each number is 64 random bits, enough for two rows.
    private var bits: UInt64 = 0
    private var hasSpare = false

    package init(seed: UInt64, replicate: Int) {
        generator = SeededGenerator(seed: seed, stream: bootstrapStream + UInt64(replicate))
    }

    /// How often the next row counts: a Poisson(1) number.
    package mutating func next() -> Int32 {
        bits = hasSpare ? bits >> 32 : generator.next()
        hasSpare.toggle()
        return poisson(UInt32(truncatingIfNeeded: bits))
    }
}

/// Keeps the bootstrap's random numbers apart from those of other purposes: "boot" in ASCII.
private let bootstrapStream: UInt64 = 0x626F_6F74 << 32

/// 2³² times the chance of a Poisson(1) number being at most 4, at most 5 and so on.
private let rareLimits: [UInt32] = [
    4_279_248_374, 4_292_415_292, 4_294_609_778, 4_294_923_276, 4_294_962_463, 4_294_966_817,
    4_294_967_253, 4_294_967_292,
]

/// A Poisson(1) number from 32 random bits, by inverting the distribution.
private func poisson(_ bits: UInt32) -> Int32 {
    // 2³² times the chance of 0, of at most 1, 2 and 3; 98 % of numbers need no more.
    var number: Int32 = bits < 1_580_030_169 ? 0 : 1
    number += bits < 3_160_060_337 ? 0 : 1
    number += bits < 3_950_075_422 ? 0 : 1
    guard bits >= 4_213_413_783 else { return number }
    number += 1
    for limit in rareLimits where bits >= limit {
        number += 1
    }
    return number
}

extension ConfidenceInterval {
    /// From the 2.5th to the 97.5th percentile of a bootstrap's replicates.
    init(replicates: [Double]) {
        let sorted = replicates.sorted()
        self.init(
            low: quantile(0.025, sorted: sorted),
            high: quantile(0.975, sorted: sorted)
        )
    }
}

/// The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7).
package func quantile(_ share: Double, sorted: [Double]) -> Double {
    let place = Double(sorted.count - 1) * share
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}
