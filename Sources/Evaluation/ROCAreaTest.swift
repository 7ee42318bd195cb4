private import Kernels

/// Whether scores rank one class above the other: the area under the ROC curve, how sure it is, and
/// whether chance explains it.
public struct ROCAreaTest: Equatable, Sendable {
    /// The chance that a random positive scores above a random negative, ties counting one half.
    public let area: Double
    /// The 95 % interval of `area`: DeLong, DeLong and Clarke-Pearson, "Comparing the areas under two or
    /// more correlated receiver operating characteristic curves", Biometrics 44, 1988; cut to 0...1.
    public let interval: ConfidenceInterval
    /// The chance of at least such an area where both classes have one distribution of scores: the
    /// one-sided test of Mann and Whitney, "On a test of whether one of two random variables is
    /// stochastically larger than the other", Annals of Mathematical Statistics 18, 1947, by the normal
    /// approximation with corrections for ties and for continuity.
    public let pValue: Double
    /// The standard deviation of `area` where both classes have one distribution of scores.
    public let chanceDeviation: Double

    /// Tests scores; nil where a class has fewer than two rows.
    ///
    /// - Parameters:
    ///   - labels: Truth per row; true is the positive class. Shape [n].
    ///   - scores: Any finite scores, higher meaning more likely positive. Shape [n].
    /// - Precondition: As many labels as scores.
    /// - Complexity: O(*n* log *n*).
    public init?(labels: [Bool], scores: [Double]) {
        let ranked = RankedScores(labels: labels, scores: scores)
        guard ranked.positives > 1, ranked.negatives > 1, let area = ranked.rocAUC else {
            return nil
        }
        self.area = area
        let reach = 1.959963984540054 * ranked.variance(of: area).squareRoot()
        interval = ConfidenceInterval(low: max(0, area - reach), high: min(1, area + reach))
        chanceDeviation = ranked.chanceVariance.squareRoot()
        let step = 0.5 / (Double(ranked.positives) * Double(ranked.negatives))
        pValue =
            chanceDeviation > 0
            ? Elementary.normalCumulative((0.5 + step - area) / chanceDeviation) : 1
    }
}

extension RankedScores {
    /// DeLong's variance of the area: of each class, that of its rows' shares of the other class that
    /// they rank rightly against.
    fileprivate func variance(of area: Double) -> Double {
        var above = 0
        var squares = (positives: 0.0, negatives: 0.0)
        var passed = 0
        for place in scores.indices {
            let (here, others) = (positives(at: place), negatives(at: place))
            let right = Double(2 * (negatives - passed) - others) / 2 / Double(negatives) - area
            let wrong = Double(2 * above + here) / 2 / Double(positives) - area
            squares.positives += Double(here) * right * right
            squares.negatives += Double(others) * wrong * wrong
            above += here
            passed += others
        }
        return squares.positives / Double(positives) / Double(positives - 1)
            + squares.negatives / Double(negatives) / Double(negatives - 1)
    }

    /// The variance of the area where both classes have one distribution, given the ties.
    fileprivate var chanceVariance: Double {
        let count = Double(rows)
        let ties = scores.indices.reduce(0.0) { sum, place in
            let tied = Double(positives(at: place) + negatives(at: place))
            return sum + (tied - 1) * tied * (tied + 1)
        }
        let pairs = 12 * Double(positives) * Double(negatives)
        return max(0, count + 1 - ties / (count * (count - 1))) / pairs
    }
}
