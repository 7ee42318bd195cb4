/// Drift told in money: what a campaign among today's customers is expected to earn per customer, beside
/// what it was expected to earn among those of the reference.
public struct ExpectedProfitChange: Codable, Sendable, Equatable {
    /// The cut: p ≥ threshold is contacted.
    public var threshold: Double
    /// Expected profit per customer of the reference.
    public var before: ExpectedValue
    /// Expected profit per customer of the traffic; its `next` is the forecast of the next campaign.
    public var after: ExpectedValue
    /// After less before; below 0 where campaigns earn less than they did.
    public var difference: Double
    /// The 95 % interval of the difference in what is expected of all customers like these; nil where
    /// a sample is of one customer.
    ///
    /// Its width is the sampling of customers, of both samples, which are independent. Unseen labels
    /// have no part in it: they move what one campaign realises, not what is expected of it. So it holds
    /// 0 in 95 of 100 comparisons where customers did not change.
    public var interval: ConfidenceInterval?

    /// Compares two samples of calibrated probabilities of leaving.
    ///
    /// The order of rows changes no bit.
    ///
    /// - Parameters:
    ///   - before: Probabilities of the reference. Shape [n].
    ///   - after: Probabilities of the traffic. Shape [m].
    ///   - threshold: The cut that the model is used with.
    ///   - costs: What a campaign costs and brings.
    /// - Throws: `EvaluationError` or `CampaignCostsError` where the arguments do not fit.
    /// - Complexity: O(*n* log *n* + *m* log *m*).
    public init(
        before: [Double],
        after: [Double],
        threshold: Double,
        costs: CampaignCosts
    ) throws {
        try costs.validate()
        let old = try RankedScores(expecting: before, threshold: threshold)
            .expectedProfit(threshold: threshold, costs)
        let new = try RankedScores(expecting: after, threshold: threshold)
            .expectedProfit(threshold: threshold, costs)
        let limits = -costs.lossPerStayer ... costs.profitPerLeaver
        let widest = costs.profitPerLeaver + costs.lossPerStayer
        let difference = new.value - old.value
        self.threshold = threshold
        self.before = old.value(within: limits)
        self.after = new.value(within: limits)
        self.difference = difference
        interval = old.samplingVariance.flatMap { first in
            new.samplingVariance.map { second in
                ConfidenceInterval(
                    difference,
                    variance: first + second,
                    limits: -widest ... widest
                )
            }
        }
    }
}
