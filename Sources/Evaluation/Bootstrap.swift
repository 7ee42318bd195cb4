private import Kernels

extension RankedScores {
    /// The most replicates that are drawn for `rows` rows: as many as asked up to 100,000 rows, then
    /// fewer so that the draws stay at 100 million, but not under 100.
    ///
    /// With so many rows the intervals are narrow, and 100 replicates place their ends well enough.
    static func replicates(asked: Int, rows: Int) -> Int {
        min(asked, max(100, 100_000_000 / max(rows, 1)))
    }

    /// 95 % percentile intervals of the headline metrics, in the order of `MetricName.allCases`.
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
    ///   - seed: Seed of the draws.
    /// - Returns: nil for a metric that fewer than half of the replicates define.
    /// - Complexity: O(`replicates` · *n*).
    func bootstrapIntervals(
        _ headline: HeadlineMetrics,
        values: [Double],
        replicates: Int,
        seed: UInt64
    ) -> [ConfidenceInterval?] {
        let metrics = MetricName.allCases.count
        guard rows > 0, replicates > 0 else { return Array(repeating: nil, count: metrics) }
        // Which count a row raises.
        var cells: [Int32] = []
        cells.reserveCapacity(rows)
        for cell in counts.indices {
            cells.append(contentsOf: repeatElement(Int32(cell), count: Int(counts[cell])))
        }
        var samples = [[Double]](repeating: [], count: metrics)
        var drawn = [Int32](repeating: 0, count: counts.count)
        for replicate in 0 ..< replicates {
            for cell in drawn.indices { drawn[cell] = 0 }
            var generator = SeededGenerator(seed: seed, stream: bootstrapStream + UInt64(replicate))
            // Each number is 64 random bits, enough for two rows.
            var bits: UInt64 = 0
            for row in cells.indices {
                bits = row.isMultiple(of: 2) ? generator.next() : bits >> 32
                drawn[Int(cells[row])] += poisson(UInt32(truncatingIfNeeded: bits))
            }
            let resampled = headline.values(counts: drawn)
            for metric in 0 ..< metrics where !resampled[metric].isNaN {
                samples[metric].append(resampled[metric])
            }
        }
        return zip(MetricName.allCases, zip(values, samples)).map { name, found in
            let (value, sample) = found
            guard 2 * sample.count >= replicates else { return nil }
            let interval = percentileInterval(sample)
            return name == .ece ? interval.corrected(value: value, replicates: sample) : interval
        }
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

/// From the 2.5th to the 97.5th percentile.
private func percentileInterval(_ replicates: [Double]) -> ConfidenceInterval {
    let sorted = replicates.sorted()
    return ConfidenceInterval(
        low: quantile(0.025, sorted: sorted),
        high: quantile(0.975, sorted: sorted)
    )
}

extension ConfidenceInterval {
    /// The interval less the replicates' bias, for a metric that is never below 0.
    fileprivate func corrected(value: Double, replicates: [Double]) -> Self {
        let bias = replicates.reduce(0, +) / Double(replicates.count) - value
        return Self(low: max(0, low - bias), high: max(0, high - bias))
    }
}

/// The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7).
private func quantile(_ share: Double, sorted: [Double]) -> Double {
    let place = Double(sorted.count - 1) * share
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}
