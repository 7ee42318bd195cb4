private import FoundationEssentials

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

/// A week as ISO 8601 has it: from Monday 00:00 to Sunday, in UTC.
struct PredictionWeek: Comparable {
    /// Days from 1970-01-01 to the Monday.
    let monday: Int64

    /// The week of a moment in milliseconds since 1970.
    init(holding time: Int64) {
        let milliseconds: Int64 = 86_400_000
        let remainder = time % milliseconds
        // Division rounds towards 0, but days before 1970 have to round down too.
        let day = time / milliseconds - (remainder < 0 ? 1 : 0)
        // 1970-01-01 was a Thursday, three days after a Monday.
        let weekday = ((day + 3) % 7 + 7) % 7
        monday = day - weekday
    }

    /// The Monday as yyyy-mm-dd.
    var begin: String {
        Date(timeIntervalSince1970: Double(monday) * 86_400)
            .formatted(.iso8601.year().month().day())
    }

    static func < (a: Self, b: Self) -> Bool { a.monday < b.monday }
}

/// A prediction whose truth has come to be known.
public struct PredictionOutcome: Sendable, Equatable {
    /// When it was predicted, in milliseconds since 1970 (UTC).
    public var time: Int64
    /// The calibrated probability of leaving that was given.
    public var probability: Double
    /// Whether the customer left.
    public var left: Bool

    /// Creates an outcome.
    public init(time: Int64, probability: Double, left: Bool) {
        self.time = time
        self.probability = probability
        self.left = left
    }
}
