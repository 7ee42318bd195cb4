/// How well a model does on customers of whom nobody knows yet who left: its probabilities alone tell,
/// as far as they are calibrated.
///
/// The method is confidence-based performance estimation (CBPE): a customer with probability p who is
/// predicted to leave is a true positive to the share p and a false one to the share 1 − p; the same for
/// the others, and the metrics follow from the expected counts. The values are NannyML's ("How it works:
/// Estimating performance of classification models", nannyml.readthedocs.io).
///
/// It sees what a shift of customers does to the model, and is blind to a change in how the same
/// customers behave: then the probabilities are no longer calibrated, which only outcomes show
/// (`RealisedPerformance`).
public struct ExpectedPerformance: Codable, Sendable, Equatable {
    /// Customers.
    public var rows: Int
    /// The cut: p ≥ threshold is predicted to leave, and contacted.
    public var threshold: Double
    /// Share of customers who leave.
    public var leaverRate: ExpectedValue
    /// Share of customers on the right side of the threshold.
    public var accuracy: ExpectedValue
    /// Area under the ROC curve; nil for one customer, or where only one class is expected.
    public var rocAUC: ExpectedValue?
    /// Profit per customer of a campaign that contacts whom the threshold says, as of `CampaignProfit`.
    public var profit: ExpectedValue

    /// Estimates.
    ///
    /// The order of rows changes no bit, and there is no chance in it: all intervals have closed forms.
    ///
    /// - Parameters:
    ///   - probabilities: Calibrated probability of leaving. Shape [n].
    ///   - threshold: The cut that the model is used with.
    ///   - costs: What a campaign costs and brings.
    /// - Throws: `EvaluationError` or `CampaignCostsError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n*).
    public init(probabilities: [Double], threshold: Double, costs: CampaignCosts) throws {
        try costs.validate()
        self.init(
            try RankedScores(expecting: probabilities, threshold: threshold),
            threshold: threshold,
            costs: costs
        )
    }

    /// Estimates for ranked probabilities, whose labels play no part.
    ///
    /// - Precondition: There are rows.
    init(_ ranked: RankedScores, threshold: Double, costs: CampaignCosts) {
        rows = ranked.rows
        self.threshold = threshold
        let leaves = RowValue(leaver: 1, stayer: 0)
        let stays = RowValue(leaver: 0, stayer: 1)
        let contacted = ranked.places(atOrAbove: threshold)
        leaverRate = ranked.expectedMean(above: leaves, below: leaves, places: contacted)
            .value(within: 0 ... 1)
        accuracy = ranked.expectedMean(above: leaves, below: stays, places: contacted)
            .value(within: 0 ... 1)
        rocAUC = ranked.expectedROCAUC()
        profit = ranked.expectedProfit(threshold: threshold, costs)
            .value(within: -costs.lossPerStayer ... costs.profitPerLeaver)
    }
}

extension RankedScores {
    /// Ranks probabilities without labels.
    init(expecting probabilities: [Double], threshold: Double) throws(EvaluationError) {
        let labels = [Bool](repeating: false, count: probabilities.count)
        try EvaluationError.check(
            labels: labels,
            probabilities: probabilities,
            threshold: threshold
        )
        guard !probabilities.isEmpty else { throw .noRows }
        self.init(labels: labels, scores: probabilities)
    }
}

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

/// The expected mean of something that each row has by its label, and how it varies.
struct ExpectedMean {
    /// The mean.
    let value: Double
    /// Variance of the realised mean, given the probabilities.
    let labelVariance: Double
    /// Variance of the expected mean over samples of customers; nil for one row.
    let samplingVariance: Double?

    /// The mean with its intervals.
    func value(within limits: ClosedRange<Double>) -> ExpectedValue {
        ExpectedValue(
            value: value,
            labelVariance: labelVariance,
            samplingVariance: samplingVariance,
            limits: limits
        )
    }
}

/// What a row counts by its label.
struct RowValue {
    var leaver: Double
    var stayer: Double

    /// What a row with this probability is expected to count.
    func expected(_ probability: Double) -> Double {
        probability * leaver + (1 - probability) * stayer
    }

    /// The Bernoulli variance of that.
    func variance(_ probability: Double) -> Double {
        probability * (1 - probability) * (leaver - stayer) * (leaver - stayer)
    }
}

extension RankedScores {
    /// Number of rows with the score at `place`, whatever their label.
    func rows(at place: Int) -> Double { Double(positives(at: place) + negatives(at: place)) }

    /// The expected mean over all rows, the scores taken for probabilities.
    ///
    /// The sum of labels is Poisson-binomial: its mean and variance are the sums of the rows' own.
    ///
    /// - Parameters:
    ///   - above: What a row of the first `places` scores counts.
    ///   - below: What any other row counts.
    ///   - places: How many of the distinct scores, from the highest on, count as `above`.
    /// - Returns: The mean and its variances.
    /// - Complexity: O(number of distinct scores).
    func expectedMean(
        above: RowValue,
        below: RowValue,
        places: Int
    ) -> ExpectedMean {
        let count = Double(rows)
        var sum = 0.0
        var variances = 0.0
        for place in scores.indices {
            let row = place < places ? above : below
            sum += rows(at: place) * row.expected(scores[place])
            variances += rows(at: place) * row.variance(scores[place])
        }
        let mean = sum / count
        var squares = 0.0
        for place in scores.indices {
            let gap = (place < places ? above : below).expected(scores[place]) - mean
            squares += rows(at: place) * (gap * gap)
        }
        return ExpectedMean(
            value: mean,
            labelVariance: variances / (count * count),
            samplingVariance: rows > 1 ? squares / ((count - 1) * count) : nil
        )
    }

    /// Expected profit per customer of contacting everyone at or above the threshold.
    func expectedProfit(threshold: Double, _ costs: CampaignCosts) -> ExpectedMean {
        expectedMean(
            above: RowValue(leaver: costs.profitPerLeaver, stayer: -costs.lossPerStayer),
            below: RowValue(leaver: 0, stayer: 0),
            places: places(atOrAbove: threshold)
        )
    }
}
