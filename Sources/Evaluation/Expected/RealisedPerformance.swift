/// How predictions came out, by the week in which they were made, beside what was expected of the same
/// customers.
///
/// Whoever was contacted may have stayed because of it, so the caller leaves treated customers out. Of
/// weeks whose outcomes are still arriving it tells only what has arrived; if leaving shows earlier than
/// staying does, such a week looks worse than it will be.
public struct RealisedPerformance: Codable, Sendable, Equatable {
    /// The cut: p ≥ threshold is predicted to leave, and contacted.
    public var threshold: Double
    /// What the money is reckoned by.
    public var costs: CampaignCosts
    /// The weeks that have outcomes, the earliest first.
    public var weeks: [RealisedWeek]

    /// Reckons.
    ///
    /// The order of outcomes changes no bit.
    ///
    /// - Parameters:
    ///   - outcomes: Predictions whose truth is known, of customers who were not treated.
    ///   - threshold: The cut that the model is used with.
    ///   - costs: What a campaign costs and brings.
    /// - Throws: `EvaluationError` or `CampaignCostsError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n*).
    public init(
        _ outcomes: [PredictionOutcome],
        threshold: Double,
        costs: CampaignCosts
    ) throws {
        try costs.validate()
        try EvaluationError.checkFitting(
            labels: outcomes.map(\.left),
            probabilities: outcomes.map(\.probability)
        )
        try EvaluationError.check(threshold: threshold)
        self.threshold = threshold
        self.costs = costs
        let sorted = outcomes.map { (week: PredictionWeek(holding: $0.time), outcome: $0) }
            .sorted { $0.week < $1.week }
        weeks = []
        var start = 0
        while start < sorted.count {
            let week = sorted[start].week
            let end = sorted[start...].firstIndex { $0.week != week } ?? sorted.count
            let ranked = RankedScores(
                labels: sorted[start ..< end].map(\.outcome.left),
                scores: sorted[start ..< end].map(\.outcome.probability)
            )
            weeks.append(RealisedWeek(week, ranked, threshold: threshold, costs: costs))
            start = end
        }
    }
}

/// How the predictions of one week came out.
public struct RealisedWeek: Codable, Sendable, Equatable {
    /// The Monday (UTC) that the week begins with, as yyyy-mm-dd.
    public var begin: String
    /// Predictions with an outcome.
    public var rows: Int
    /// Those of them who left.
    public var leavers: Int
    /// Share of customers on the right side of the threshold.
    public var accuracy: Double
    /// The 95 % interval of the accuracy (Wilson).
    public var accuracyInterval: ConfidenceInterval
    /// Area under the ROC curve; nil where all left or all stayed.
    public var rocAUC: Double?
    /// What a campaign that contacts whom the threshold says would have earned per customer.
    public var profit: Double
    /// What was expected of the same customers, by their probabilities alone.
    public var expected: ExpectedPerformance
}

extension RealisedWeek {
    /// Reckons a week.
    ///
    /// - Precondition: There are rows.
    fileprivate init(
        _ week: PredictionWeek,
        _ ranked: RankedScores,
        threshold: Double,
        costs: CampaignCosts
    ) {
        let counts = ranked.confusion(at: threshold)
        let right = counts.truePositives + counts.trueNegatives
        begin = week.begin
        rows = ranked.rows
        leavers = ranked.positives
        accuracy = Double(right) / Double(ranked.rows)
        accuracyInterval =
            ConfidenceInterval.wilson(successes: right, trials: ranked.rows)
            ?? ConfidenceInterval(low: 0, high: 1)
        rocAUC = ranked.rocAUC
        profit = ranked.profit(at: threshold, costs).profit
        expected = ExpectedPerformance(ranked, threshold: threshold, costs: costs)
    }
}
