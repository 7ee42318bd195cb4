/// How the cut is chosen at and above which a customer is predicted to leave.
public enum ThresholdPolicy: Sendable, Equatable {
    /// A given number.
    case fixed(Double)
    /// Where contacting pays by the costs alone; right if the probabilities are calibrated.
    case breakEven(CampaignCosts)
    /// What earned most on the given rows; right for any probabilities if the rows are many and the
    /// network was not trained on them.
    case mostProfitable(CampaignCosts)

    /// Chooses the threshold.
    ///
    /// The most profitable cut lies halfway between the last customer contacted and the next; where no
    /// cut earns anything it is the one of `breakEven`.
    ///
    /// - Parameters:
    ///   - labels: Truth of validation rows. Shape [n].
    ///   - probabilities: Their probabilities. Shape [n].
    /// - Returns: A threshold in 0...1.
    /// - Throws: `EvaluationError` or `CampaignCostsError`.
    /// - Complexity: O(*n* log *n*) for `mostProfitable`, else O(*n*).
    public func threshold(labels: [Bool], probabilities: [Double]) throws -> Double {
        switch self {
        case .fixed(let threshold):
            try EvaluationError.check(threshold: threshold)
            return threshold
        case .breakEven(let costs):
            try costs.validate()
            return costs.breakEvenProbability
        case .mostProfitable(let costs):
            try costs.validate()
            try EvaluationError.check(labels: labels, probabilities: probabilities)
            let ranked = RankedScores(labels: labels, scores: probabilities)
            guard let best = ranked.bestProfit(costs).threshold else {
                return costs.breakEvenProbability
            }
            let next = ranked.places(atOrAbove: best)
            guard next < ranked.scores.count else { return best }
            let middle = ranked.scores[next] + (best - ranked.scores[next]) / 2
            return middle > ranked.scores[next] ? middle : best
        }
    }
}
