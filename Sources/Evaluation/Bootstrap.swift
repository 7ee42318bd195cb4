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
            var draws = PoissonDraws(seed: seed, replicate: replicate)
            for cell in cells { drawn[Int(cell)] += draws.next() }
            let resampled = headline.values(counts: drawn)
            for metric in 0 ..< metrics where !resampled[metric].isNaN {
                samples[metric].append(resampled[metric])
            }
        }
        return zip(MetricName.allCases, zip(values, samples)).map { name, found in
            let (value, sample) = found
            guard 2 * sample.count >= replicates else { return nil }
            let interval = ConfidenceInterval(replicates: sample)
            return name == .ece ? interval.corrected(value: value, replicates: sample) : interval
        }
    }
}

extension ConfidenceInterval {
    /// The interval less the replicates' bias, for a metric that is never below 0.
    fileprivate func corrected(value: Double, replicates: [Double]) -> Self {
        let bias = replicates.reduce(0, +) / Double(replicates.count) - value
        return Self(low: max(0, low - bias), high: max(0, high - bias))
    }
}
