/// The rows whose probability falls into one of 15 intervals of equal width.
///
/// They tell whether what is predicted comes true as often as predicted.
///
/// Bins are open below and closed above, (low, high], but the first holds 0 too; this is what
/// scikit-learn's `calibration_curve` does.
public struct ReliabilityBin: Codable, Sendable, Equatable {
    /// Lower edge.
    public var low: Double
    /// Upper edge.
    public var high: Double
    /// Rows in the bin.
    public var rows: Int
    /// Mean probability of these rows; nil in an empty bin.
    public var meanPredicted: Double?
    /// Share of positives among these rows; nil in an empty bin.
    public var observedRate: Double?
    /// 95 % Wilson interval of the observed rate; nil in an empty bin.
    public var interval: ConfidenceInterval?

    /// Creates a bin.
    public init(
        low: Double,
        high: Double,
        rows: Int,
        meanPredicted: Double?,
        observedRate: Double?,
        interval: ConfidenceInterval?
    ) {
        self.low = low
        self.high = high
        self.rows = rows
        self.meanPredicted = meanPredicted
        self.observedRate = observedRate
        self.interval = interval
    }
}

extension ReliabilityBin {
    /// Number of bins.
    static let count = 15

    /// The bin that holds a probability.
    static func index(of probability: Double) -> Int {
        // The edges are computed as numpy.linspace does, to fall on the same side of them.
        var index = 0
        while index < count - 1, probability > edge(index + 1) { index += 1 }
        return index
    }

    fileprivate static func edge(_ index: Int) -> Double {
        index == count ? 1 : Double(index) * (1 / Double(count))
    }
}

extension RankedScores {
    /// Predicted and observed rates per bin; the expected calibration error is the mean of their
    /// absolute differences, weighted by rows (Naeini, Cooper and Hauskrecht, AAAI 2015).
    package func reliability() -> [ReliabilityBin] {
        var rows = [Int](repeating: 0, count: ReliabilityBin.count)
        var positives = rows
        var sums = [Double](repeating: 0, count: ReliabilityBin.count)
        for place in scores.indices {
            let bin = ReliabilityBin.index(of: scores[place])
            let here = self.positives(at: place) + negatives(at: place)
            rows[bin] += here
            positives[bin] += self.positives(at: place)
            sums[bin] += Double(here) * scores[place]
        }
        return (0 ..< ReliabilityBin.count).map { bin in
            let isEmpty = rows[bin] == 0
            return ReliabilityBin(
                low: ReliabilityBin.edge(bin),
                high: ReliabilityBin.edge(bin + 1),
                rows: rows[bin],
                meanPredicted: isEmpty ? nil : sums[bin] / Double(rows[bin]),
                observedRate: isEmpty ? nil : Double(positives[bin]) / Double(rows[bin]),
                interval: .wilson(successes: positives[bin], trials: rows[bin])
            )
        }
    }
}
