/// What a number is expected to be before anybody knows who left.
///
/// The intervals rest on the normal approximation, good from some dozens of rows on, and on calibrated
/// probabilities: an error of the calibration is not in them.
public struct ExpectedValue: Codable, Sendable, Equatable {
    /// The expectation.
    public var value: Double
    /// Where the number will lie for these very customers once their outcomes are known, in 95 of 100
    /// cases.
    ///
    /// Its width is the Bernoulli variance of the unseen labels. A realised number outside of it says
    /// that the probabilities are wrong.
    public var interval: ConfidenceInterval
    /// Where the number will lie for as many other customers of the same kind, in 95 of 100 cases; nil
    /// for one customer, who tells nothing of others.
    ///
    /// To the unseen labels it adds the sampling of customers, twice: of these and of the others. It is
    /// the interval of a forecast, such as of the next campaign.
    public var next: ConfidenceInterval?

    /// Creates a value.
    public init(value: Double, interval: ConfidenceInterval, next: ConfidenceInterval?) {
        self.value = value
        self.interval = interval
        self.next = next
    }

    /// Creates a value from its variances.
    ///
    /// - Parameters:
    ///   - value: The expectation.
    ///   - labelVariance: Variance of the realised number given the probabilities.
    ///   - samplingVariance: Variance of the expectation over samples of customers; nil if unknown.
    ///   - limits: What the number cannot leave.
    init(
        value: Double,
        labelVariance: Double,
        samplingVariance: Double?,
        limits: ClosedRange<Double>
    ) {
        self.init(
            value: value,
            interval: ConfidenceInterval(value, variance: labelVariance, limits: limits),
            next: samplingVariance.map {
                ConfidenceInterval(value, variance: labelVariance + 2 * $0, limits: limits)
            }
        )
    }
}

extension ConfidenceInterval {
    /// The 95 % interval of a normal number around `value`, cut to `limits`.
    init(_ value: Double, variance: Double, limits: ClosedRange<Double>) {
        let reach = standardErrors * variance.squareRoot()
        self.init(
            low: max(limits.lowerBound, value - reach),
            high: min(limits.upperBound, value + reach)
        )
    }
}

/// How many standard errors the ends of a 95 % interval are away.
private let standardErrors = normalDistance(withChance: 0.05)
