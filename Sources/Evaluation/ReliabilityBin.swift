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
