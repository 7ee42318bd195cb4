/// A point of the ROC curve: what contacting everyone at or above a threshold would catch.
public struct ROCPoint: Codable, Sendable, Equatable {
    /// Share of the negatives at or above the threshold.
    public var falsePositiveRate: Double
    /// Share of the positives at or above the threshold.
    public var truePositiveRate: Double
    /// The threshold; nil at the start of the curve, which lies above every score.
    public var threshold: Double?

    /// Creates a point.
    public init(falsePositiveRate: Double, truePositiveRate: Double, threshold: Double?) {
        self.falsePositiveRate = falsePositiveRate
        self.truePositiveRate = truePositiveRate
        self.threshold = threshold
    }
}

/// A point of the precision-recall curve.
public struct PrecisionRecallPoint: Codable, Sendable, Equatable {
    /// Share of the positives at or above the threshold.
    public var recall: Double
    /// Share of positives among the rows at or above the threshold.
    public var precision: Double
    /// The threshold; nil at the start of the curve (recall 0, precision 1 by convention).
    public var threshold: Double?

    /// Creates a point.
    public init(recall: Double, precision: Double, threshold: Double?) {
        self.recall = recall
        self.precision = precision
        self.threshold = threshold
    }
}
