private import Kernels

/// One thing that the promotion gate would ask of what came true.
public struct PerformanceCheck: Codable, Sendable, Equatable {
    /// What is asked.
    public enum Question: String, Codable, CaseIterable, Sendable {
        /// Mean probability less the share of those who left.
        case calibrationInTheLarge = "calibration_in_the_large"
        /// Mean log loss less that of giving everyone the share of leavers, in nats.
        case logLoss = "log_loss"
        /// Profit per customer less that of contacting everybody or nobody, whichever earns more.
        case profit
    }

    /// What is asked.
    public var question: Question
    /// The estimate.
    public var value: Double
    /// Its 95 % interval, by the normal approximation of the customers' differences.
    public var interval: ConfidenceInterval
    /// What the whole interval must lie beyond to count as below: either way, above, below.
    public var bound: Double
    /// False where it does.
    public var passed: Bool

    /// Asks all of it.
    ///
    /// - Complexity: O(*n* log *n*).
    static func all(
        _ outcomes: [PredictionOutcome],
        threshold: Double,
        costs: CampaignCosts,
        bounds: PerformanceBounds
    ) throws -> [PerformanceCheck] {
        let sum = try CalibrationInTheLarge(
            labels: outcomes.map(\.left),
            probabilities: outcomes.map(\.probability)
        )
        let large = bounds.calibrationInTheLarge
        let loss = lossDifferences(outcomes)
        let profit = profitDifferences(outcomes, threshold: threshold, costs)
        return [
            PerformanceCheck(
                question: .calibrationInTheLarge,
                value: sum.value,
                interval: sum.interval,
                bound: large,
                passed: sum.interval.low <= large && sum.interval.high >= -large
            ),
            PerformanceCheck(.logLoss, loss, bound: bounds.logLoss) { $0.low <= bounds.logLoss },
            PerformanceCheck(.profit, profit, bound: bounds.profit == 0 ? 0 : -bounds.profit) {
                $0.high >= -bounds.profit
            },
        ]
    }

    private init(
        _ question: Question,
        _ differences: [Double],
        bound: Double,
        passes: (ConfidenceInterval) -> Bool
    ) {
        // Sorted: the order of rows changes no bit.
        let sorted = differences.sorted()
        let count = Double(sorted.count)
        let mean = sorted.reduce(0, +) / count
        let squares = sorted.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let reach = normalDistance(withChance: 0.05) * (squares / (count - 1) / count).squareRoot()
        let interval = ConfidenceInterval(low: mean - reach, high: mean + reach)
        self.init(
            question: question,
            value: mean,
            interval: interval,
            bound: bound,
            passed: passes(interval)
        )
    }

    private init(
        question: Question,
        value: Double,
        interval: ConfidenceInterval,
        bound: Double,
        passed: Bool
    ) {
        self.question = question
        self.value = value
        self.interval = interval
        self.bound = bound
        self.passed = passed
    }

    private static func lossDifferences(_ outcomes: [PredictionOutcome]) -> [Double] {
        let rate = Double(outcomes.count { $0.left }) / Double(outcomes.count)
        return outcomes.map { outcome in
            loss(outcome.probability, outcome.left) - loss(rate, outcome.left)
        }
    }

    /// No probability is so sure that one customer outweighs all others.
    private static func loss(_ probability: Double, _ left: Bool) -> Double {
        let sure = min(max(probability, 1e-15), 1 - 1e-15)
        return -Elementary.log(left ? sure : 1 - sure)
    }

    private static func profitDifferences(
        _ outcomes: [PredictionOutcome],
        threshold: Double,
        _ costs: CampaignCosts
    ) -> [Double] {
        let leavers = Double(outcomes.count { $0.left })
        let everybody =
            leavers * costs.profitPerLeaver
            - (Double(outcomes.count) - leavers) * costs.lossPerStayer
        return outcomes.map { outcome in
            let contacted = outcome.left ? costs.profitPerLeaver : -costs.lossPerStayer
            return (outcome.probability >= threshold ? contacted : 0)
                - (everybody > 0 ? contacted : 0)
        }
    }
}
