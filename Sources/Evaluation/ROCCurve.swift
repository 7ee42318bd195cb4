/// Area under the ROC curve: the probability that a random positive scores above a random negative,
/// ties counting one half (Mann–Whitney U over the product of the class sizes).
///
/// - Parameters:
///   - labels: Truth per row; true is the positive class. Shape [n].
///   - scores: Any finite scores, higher meaning more likely positive. Shape [n].
/// - Returns: The area in 0...1, or NaN where a class is empty.
/// - Complexity: O(*n* log *n*).
public func rocAUC(labels: [Bool], scores: [Double]) -> Double {
    RankedScores(labels: labels, scores: scores).rocAUC ?? .nan
}

extension RankedScores {
    /// The area under the ROC curve; nil where a class is empty.
    var rocAUC: Double? {
        guard positives > 0, negatives > 0 else { return nil }
        var doubledWins = 0
        var positivesAbove = 0
        for place in scores.indices {
            let here = positives(at: place)
            doubledWins += negatives(at: place) * (2 * positivesAbove + here)
            positivesAbove += here
        }
        return Double(doubledWins) / 2 / (Double(positives) * Double(negatives))
    }

    /// The ROC curve, thinned to at most `limit` points; empty where a class is empty.
    package func rocCurve(limit: Int = 200) -> [ROCPoint] {
        guard positives > 0, negatives > 0 else { return [] }
        var points = [ROCPoint(falsePositiveRate: 0, truePositiveRate: 0, threshold: nil)]
        for cut in cuts(limit: limit - 1) {
            points.append(
                ROCPoint(
                    falsePositiveRate: Double(cut.falsePositives) / Double(negatives),
                    truePositiveRate: Double(cut.truePositives) / Double(positives),
                    threshold: cut.threshold
                )
            )
        }
        return points
    }

    /// The precision-recall curve, thinned to at most `limit` points; empty without positives.
    package func precisionRecallCurve(limit: Int = 200) -> [PrecisionRecallPoint] {
        guard positives > 0 else { return [] }
        var points = [PrecisionRecallPoint(recall: 0, precision: 1, threshold: nil)]
        for cut in cuts(limit: limit - 1) {
            let contacted = cut.truePositives + cut.falsePositives
            points.append(
                PrecisionRecallPoint(
                    recall: Double(cut.truePositives) / Double(positives),
                    precision: Double(cut.truePositives) / Double(contacted),
                    threshold: cut.threshold
                )
            )
        }
        return points
    }
}

/// What lies at or above a threshold.
package struct Cut: Equatable {
    package var threshold: Double
    package var truePositives: Int
    package var falsePositives: Int
}

extension RankedScores {
    /// A cut at each distinct score, the highest first; at most `limit`, the last always among them.
    ///
    /// Where there are more, those are kept that stand at even steps along the ROC curve (the sum of
    /// both rates), so that steep and flat parts are drawn equally well.
    package func cuts(limit: Int = .max) -> [Cut] {
        var cuts: [Cut] = []
        var cut = Cut(threshold: .infinity, truePositives: 0, falsePositives: 0)
        var nextStep = 1.0
        for place in scores.indices {
            cut.threshold = scores[place]
            cut.truePositives += positives(at: place)
            cut.falsePositives += negatives(at: place)
            if scores.count > limit {
                let length =
                    share(cut.truePositives, of: positives)
                    + share(cut.falsePositives, of: negatives)
                let whole = share(positives, of: positives) + share(negatives, of: negatives)
                let steps = length / whole * Double(limit)
                let isLast = place == scores.count - 1
                guard steps >= nextStep && cuts.count < limit - 1 || isLast else { continue }
                nextStep = Double(Int(steps) + 1)
            }
            cuts.append(cut)
        }
        return cuts
    }

    /// Every cut, the highest first, without keeping them; scores that no row has are passed over.
    func forEachCut(_ body: (Cut) -> Void) {
        var cut = Cut(threshold: .infinity, truePositives: 0, falsePositives: 0)
        for place in scores.indices {
            let (positives, negatives) = (positives(at: place), negatives(at: place))
            guard positives + negatives > 0 else { continue }
            cut.threshold = scores[place]
            cut.truePositives += positives
            cut.falsePositives += negatives
            body(cut)
        }
    }

    private func share(_ part: Int, of whole: Int) -> Double {
        whole > 0 ? Double(part) / Double(whole) : 0
    }
}

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
