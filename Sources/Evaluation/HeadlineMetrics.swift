private import Kernels

/// The headline metrics of fixed scores under any counts of rows per score and class.
///
/// What does not depend on the counts (logarithms, squares, bins) is worked out once, so a bootstrap
/// replicate costs one pass of additions.
///
/// Definitions are scikit-learn's, with two differences: where scikit-learn warns and answers 0, the
/// value is NaN here; and log loss always clips at 2⁻⁵², as scikit-learn does for float64.
struct HeadlineMetrics {
    private let scores: [Double]
    private let placesAtHalf: Int
    private let placesAtThreshold: Int
    /// Per score the loss of a negative, then of a positive; laid out as the counts are.
    private let logLosses: [Double]
    private let bins: [Int8]

    init(_ ranked: RankedScores, threshold: Double) {
        scores = ranked.scores
        placesAtHalf = ranked.places(atOrAbove: 0.5)
        placesAtThreshold = ranked.places(atOrAbove: threshold)
        logLosses = ranked.scores.flatMap { [logLoss($0, false), logLoss($0, true)] }
        bins = ranked.scores.map { Int8(ReliabilityBin.index(of: $0)) }
    }

    /// A value for each metric, NaN where it is not defined.
    struct Values {
        let accuracy, rocAUC, prAUC, logLoss, brier, ece, precision, recall, f1, specificity: Double

        subscript(name: MetricName) -> Double {
            switch name {
            case .accuracy: accuracy
            case .rocAUC: rocAUC
            case .prAUC: prAUC
            case .logLoss: logLoss
            case .brier: brier
            case .ece: ece
            case .precision: precision
            case .recall: recall
            case .f1: f1
            case .specificity: specificity
            }
        }
    }

    /// The metrics of rows counted per score.
    ///
    /// - Parameter counts: Per score the number of negatives, then of positives.
    /// - Returns: The metrics by name.
    /// - Complexity: O(number of distinct scores).
    func values(counts: [Int32]) -> Values {
        var positives = 0
        var negatives = 0
        var half = (positives: 0, negatives: 0)
        var cut = (positives: 0, negatives: 0)
        var doubledWins = 0
        var precisionSum = 0.0
        var logLoss = 0.0
        var squares = 0.0
        var bin = (index: Int8(-1), positives: 0, scores: 0.0)
        var gaps = 0.0
        for place in scores.indices {
            if place == placesAtHalf { half = (positives, negatives) }
            if place == placesAtThreshold { cut = (positives, negatives) }
            let negativesHere = Int(counts[2 * place])
            let positivesHere = Int(counts[2 * place + 1])
            if negativesHere + positivesHere == 0 { continue }
            let (n, p) = (Double(negativesHere), Double(positivesHere))
            let score = scores[place]
            doubledWins += negativesHere * (2 * positives + positivesHere)
            positives += positivesHere
            negatives += negativesHere
            precisionSum += p * Double(positives) / Double(positives + negatives)
            logLoss += n * logLosses[2 * place] + p * logLosses[2 * place + 1]
            squares += n * (score * score) + p * ((1 - score) * (1 - score))
            if bins[place] != bin.index {
                gaps += abs(Double(bin.positives) - bin.scores)
                bin = (bins[place], 0, 0)
            }
            bin.positives += positivesHere
            bin.scores += (n + p) * score
        }
        gaps += abs(Double(bin.positives) - bin.scores)
        if placesAtHalf == scores.count { half = (positives, negatives) }
        if placesAtThreshold == scores.count { cut = (positives, negatives) }
        let rows = Double(positives + negatives)
        let contacted = cut.positives + cut.negatives
        let pairs = Double(positives) * Double(negatives)
        // 0 / 0 is NaN, which is what an undefined metric is here.
        return Values(
            accuracy: Double(half.positives + negatives - half.negatives) / rows,
            rocAUC: pairs > 0 ? Double(doubledWins) / 2 / pairs : .nan,
            prAUC: precisionSum / Double(positives),
            logLoss: logLoss / rows,
            brier: squares / rows,
            ece: gaps / rows,
            precision: Double(cut.positives) / Double(contacted),
            recall: Double(cut.positives) / Double(positives),
            f1: 2 * Double(cut.positives) / Double(contacted + positives),
            specificity: Double(negatives - cut.negatives) / Double(negatives)
        )
    }
}

/// A row's negative log likelihood, in nats.
func logLoss(_ probability: Double, _ label: Bool) -> Double {
    let clipped = min(max(probability, .ulpOfOne), 1 - .ulpOfOne)
    return -Elementary.log(label ? clipped : 1 - clipped)
}

extension RankedScores {
    /// The headline metrics with their intervals.
    ///
    /// - Parameters:
    ///   - threshold: The cut for precision, recall, F1 and specificity.
    ///   - replicates: Bootstrap replicates; 0 leaves the intervals out.
    ///   - seed: Random seed of the bootstrap.
    /// - Returns: The metrics in the order of `MetricName.allCases`.
    func headlineMetrics(threshold: Double, replicates: Int, seed: UInt64) -> [Metric] {
        let headline = HeadlineMetrics(self, threshold: threshold)
        let values = headline.values(counts: counts)
        let intervals = bootstrapIntervals(
            headline,
            values: values,
            replicates: replicates,
            seed: seed
        )
        return MetricName.allCases.map { name in
            let value = values[name]
            return Metric(name: name, value: value.isNaN ? nil : value, interval: intervals[name])
        }
    }
}

/// The headline metrics of rows, without intervals.
///
/// - Parameters:
///   - labels: Truth per row; true is the positive class. Shape [n].
///   - probabilities: Probability of the positive class. Shape [n].
///   - threshold: The cut for precision, recall, F1 and specificity; accuracy is at 0.5.
/// - Returns: The metrics in the order of `MetricName.allCases`.
/// - Throws: `EvaluationError` where the arguments do not fit.
/// - Complexity: O(*n* log *n*).
public func headlineMetrics(
    labels: [Bool],
    probabilities: [Double],
    threshold: Double = 0.5
) throws(EvaluationError) -> [Metric] {
    try EvaluationError.check(labels: labels, probabilities: probabilities, threshold: threshold)
    return RankedScores(labels: labels, scores: probabilities)
        .headlineMetrics(threshold: threshold, replicates: 0, seed: 0)
}
