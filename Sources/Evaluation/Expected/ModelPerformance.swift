/// What a model is worth on today's traffic, and what it has turned out to be.
///
/// ```swift
/// let performance = try ModelPerformance(
///     scores: [0.12, 0.31],
///     reference: nil,
///     outcomes: [PredictionOutcome(time: 0, probability: 0.12, left: false)],
///     threshold: 0.164,
///     costs: CampaignCosts()
/// )
/// if performance.isBelow { print(performance.checks) }
/// ```
public struct ModelPerformance: Codable, Sendable, Equatable {
    /// What is expected of the newest predictions before any outcome is known; nil where there are none.
    public var expected: ExpectedPerformance?
    /// The same in money, beside what was expected of the training's customers; nil where those are not at hand.
    public var money: ExpectedProfitChange?
    /// What came true, by the week of the prediction.
    public var weeks: [RealisedWeek]
    /// Outcomes that count: known, matured, of customers who were not treated.
    public var outcomes: Int
    /// What the promotion gate would ask of what came true; empty where outcomes are too few to tell.
    public var checks: [PerformanceCheck]

    /// Whether a whole 95 % interval lies beyond what the gate would allow.
    public var isBelow: Bool { checks.contains { !$0.passed } }

    /// Reckons.
    ///
    /// The order of scores and outcomes changes no bit.
    ///
    /// - Parameters:
    ///   - scores: Probabilities of the newest predictions. Shape [n].
    ///   - reference: Probabilities of the training's customers; nil where they are not at hand. Shape [m].
    ///   - outcomes: Predictions whose truth counts, of customers who were not treated.
    ///   - threshold: The cut that the model is used with.
    ///   - costs: What a campaign costs and brings.
    ///   - bounds: What is still good enough.
    /// - Throws: `EvaluationError` or `CampaignCostsError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n* + *m* log *m* + *k* log *k*) for *k* outcomes.
    public init(
        scores: [Double],
        reference: [Double]?,
        outcomes: [PredictionOutcome],
        threshold: Double,
        costs: CampaignCosts,
        bounds: PerformanceBounds = PerformanceBounds()
    ) throws {
        try costs.validate()
        self.outcomes = outcomes.count
        if !scores.isEmpty {
            expected = try ExpectedPerformance(
                probabilities: scores,
                threshold: threshold,
                costs: costs
            )
            if let reference, !reference.isEmpty {
                money = try ExpectedProfitChange(
                    before: reference,
                    after: scores,
                    threshold: threshold,
                    costs: costs
                )
            }
        }
        weeks =
            outcomes.isEmpty
            ? []
            : try RealisedPerformance(outcomes, threshold: threshold, costs: costs).weeks
        let leavers = outcomes.count { $0.left }
        let isEnough =
            outcomes.count >= bounds.minRows
            && min(leavers, outcomes.count - leavers) >= PerformanceBounds.fewestPerClass
        checks =
            isEnough
            ? try PerformanceCheck.all(outcomes, threshold: threshold, costs: costs, bounds: bounds)
            : []
    }
}

/// What is still good enough: the promotion gate's bounds, as far as outcomes alone can tell.
public struct PerformanceBounds: Equatable, Sendable {
    /// Fewer outcomes tell nothing.
    public var minRows: Int
    /// How far the mean probability may lie from the share of those who left, either way.
    public var calibrationInTheLarge: Double
    /// By how much the mean log loss may lie above that of giving everyone the share of leavers.
    public var logLoss: Double
    /// By how much the profit per customer may lie below that of a campaign without a model.
    public var profit: Double

    /// Outcomes of either class without which nothing can be told.
    public static let fewestPerClass = 20

    /// The gate's usual bounds, or others.
    public init(
        minRows: Int = 200,
        calibrationInTheLarge: Double = 0.03,
        logLoss: Double = 0,
        profit: Double = 0
    ) {
        self.minRows = minRows
        self.calibrationInTheLarge = calibrationInTheLarge
        self.logLoss = logLoss
        self.profit = profit
    }
}
