/// Rows counted by truth and by prediction, where a row is predicted positive if its probability is
/// at or above the threshold.
public struct ConfusionMatrix: Codable, Sendable, Equatable {
    /// The cut: p ≥ threshold is predicted positive.
    public var threshold: Double
    /// Leaves, and was predicted to.
    public var truePositives: Int
    /// Stays, but was predicted to leave.
    public var falsePositives: Int
    /// Stays, and was predicted to.
    public var trueNegatives: Int
    /// Leaves, but was predicted to stay.
    public var falseNegatives: Int

    /// Creates a matrix from counts.
    public init(
        threshold: Double,
        truePositives: Int,
        falsePositives: Int,
        trueNegatives: Int,
        falseNegatives: Int
    ) {
        self.threshold = threshold
        self.truePositives = truePositives
        self.falsePositives = falsePositives
        self.trueNegatives = trueNegatives
        self.falseNegatives = falseNegatives
    }

    /// All rows.
    public var rows: Int { truePositives + falsePositives + trueNegatives + falseNegatives }

    /// Share of rows predicted rightly; nil without rows.
    public var accuracy: Double? { ratio(truePositives + trueNegatives, rows) }

    /// Share of the predicted positives that are positive; nil where none is predicted.
    public var precision: Double? { ratio(truePositives, truePositives + falsePositives) }

    /// Share of the positives that are found; nil where there is none.
    public var recall: Double? { ratio(truePositives, truePositives + falseNegatives) }

    /// Share of the negatives that are left alone; nil where there is none.
    public var specificity: Double? { ratio(trueNegatives, trueNegatives + falsePositives) }

    /// Harmonic mean of precision and recall, 2 TP / (2 TP + FP + FN); nil where nothing is positive
    /// and nothing is predicted so.
    public var f1: Double? {
        ratio(2 * truePositives, 2 * truePositives + falsePositives + falseNegatives)
    }

    private func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole > 0 ? Double(part) / Double(whole) : nil
    }
}
