private import Kernels

extension RankedScores {
    /// The most replicates that are drawn for `rows` rows: as many as asked up to 200,000 rows, then
    /// fewer so that the draws stay at 200 million, but not under 100.
    ///
    /// With so many rows the intervals are narrow, and 100 replicates place their ends well enough.
    static func replicates(asked: Int, rows: Int) -> Int {
        min(asked, max(100, 200_000_000 / max(rows, 1)))
    }

    /// 95 % percentile intervals of the headline metrics, in the order of `MetricName.allCases`.
    ///
    /// Efron's plain bootstrap: each replicate draws as many rows as there are, with replacement, from
    /// all rows (not per class, for the share of positives is uncertain too). Each replicate has a
    /// random stream of its own, so that its numbers do not depend on any other's.
    ///
    /// - Returns: nil for a metric that fewer than half of the replicates define.
    /// - Complexity: O(`replicates` · *n*).
    func bootstrapIntervals(
        _ headline: HeadlineMetrics,
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
            for _ in 0 ..< rows { drawn[Int(cells[generator.below(rows)])] += 1 }
            let values = headline.values(counts: drawn)
            for metric in 0 ..< metrics where !values[metric].isNaN {
                samples[metric].append(values[metric])
            }
        }
        return samples.map { sample in
            guard 2 * sample.count >= replicates else { return nil }
            let sorted = sample.sorted()
            return ConfidenceInterval(
                low: quantile(0.025, sorted: sorted),
                high: quantile(0.975, sorted: sorted)
            )
        }
    }
}

/// Keeps the bootstrap's random numbers apart from those of other purposes: "boot" in ASCII.
private let bootstrapStream: UInt64 = 0x626F_6F74 << 32

/// The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7).
private func quantile(_ share: Double, sorted: [Double]) -> Double {
    let place = Double(sorted.count - 1) * share
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}
