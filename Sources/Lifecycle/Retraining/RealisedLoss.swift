private import ChurnModel
public import Evaluation

/// What a model's log loss has turned out to be, against what its judgement promised.
public struct RealisedLoss: Codable, Equatable, Sendable {
    /// Customers whose truth is known, none of them treated.
    public let rows: Int
    /// Their mean log loss, in nats.
    public let realised: Double
    /// Its 95 % interval.
    public let realisedInterval: ConfidenceInterval
    /// The mean log loss on the test rows of the model's training.
    public let promised: Double
    /// Its 95 % interval.
    public let promisedInterval: ConfidenceInterval
    /// Realised less promised.
    public let difference: Double
    /// The 95 % interval of the difference.
    public let interval: ConfidenceInterval
    /// What the difference must surely lie above to count as worse.
    public let bound: Double

    /// Whether the whole interval lies above the bound.
    public var isWorse: Bool { interval.low > bound }

    /// Rows of either class without which nothing can be told.
    static let fewestPerClass = 20

    /// Measures; nil without a promise, or with fewer than 20 rows of a class.
    ///
    /// The two losses are of different customers. The interval of their difference comes from those of both, which
    /// need not be symmetric: below the difference lies the root of the squares of the realised loss less its lower
    /// end and the promised loss's upper end less the loss (Zou and Donner, "Construction of confidence limits about
    /// effect measures: a general approach", Statistics in Medicine 27, 2008).
    ///
    /// - Parameters:
    ///   - labels: Who left. Shape [n].
    ///   - probabilities: What the model said before. Shape [n].
    ///   - promise: The judgement on the test rows; nil where there were none.
    ///   - bound: What the difference must surely lie above, in nats.
    ///   - seed: Random seed of the bootstrap.
    /// - Throws: `EvaluationError`.
    /// - Complexity: O(*n* (log *n* + 1,000)).
    public init?(
        labels: [Bool],
        probabilities: [Double],
        promise: EvaluationReport?,
        bound: Double,
        seed: UInt64
    ) throws {
        let positives = labels.count { $0 }
        guard min(positives, labels.count - positives) >= Self.fewestPerClass,
            let promised = promise?.metrics[.logLoss].flatMap(Estimate.init),
            let realised = try evaluate(labels: labels, probabilities: probabilities, seed: seed)
                .metrics[.logLoss].flatMap(Estimate.init)
        else { return nil }
        rows = labels.count
        self.realised = realised.value
        realisedInterval = realised.interval
        self.promised = promised.value
        promisedInterval = promised.interval
        self.bound = bound
        difference = realised.value - promised.value
        let (below, above) = (realised.below(promised), promised.below(realised))
        interval = ConfidenceInterval(low: difference - below, high: difference + above)
    }

    private struct Estimate {
        let value: Double
        let interval: ConfidenceInterval

        init?(_ metric: Metric) {
            guard let value = metric.value, let interval = metric.interval else { return nil }
            self.value = value
            self.interval = interval
        }

        /// How far below this value less the other the interval of the difference reaches.
        func below(_ other: Estimate) -> Double {
            let (own, others) = (value - interval.low, other.interval.high - other.value)
            return (own * own + others * others).squareRoot()
        }
    }
}
