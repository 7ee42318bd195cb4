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
