/// What contacting customers by their probability would have earned on the evaluated rows.
///
/// Every profit is an expectation per customer of the rows (contacted or not), in the currency of the
/// costs; doing nothing earns 0.
public struct CampaignProfit: Codable, Sendable, Equatable {
    /// The costs behind the numbers.
    public var costs: CampaignCosts
    /// The threshold that pays for calibrated probabilities, from the costs alone.
    public var theoreticalThreshold: Double
    /// The threshold of the report, and what it earns.
    public var atThreshold: ProfitPoint
    /// The cut at 0.5, and what it earns.
    public var atHalf: ProfitPoint
    /// Contacting everyone.
    public var everyone: ProfitPoint
    /// The best cut in hindsight on these rows: an upper bound, not a forecast.
    public var best: ProfitPoint
    /// Profit by share of customers contacted, from 0 to 1, at most 200 points.
    public var curve: [ProfitPoint]
    /// Expected maximum profit, with the acceptance rate not known but Beta distributed.
    public var expectedMaximum: ExpectedMaximumProfit?

    /// Creates the section.
    public init(
        costs: CampaignCosts,
        theoreticalThreshold: Double,
        atThreshold: ProfitPoint,
        atHalf: ProfitPoint,
        everyone: ProfitPoint,
        best: ProfitPoint,
        curve: [ProfitPoint],
        expectedMaximum: ExpectedMaximumProfit?
    ) {
        self.costs = costs
        self.theoreticalThreshold = theoreticalThreshold
        self.atThreshold = atThreshold
        self.atHalf = atHalf
        self.everyone = everyone
        self.best = best
        self.curve = curve
        self.expectedMaximum = expectedMaximum
    }
}

/// A cut, whom it contacts and what that earns.
public struct ProfitPoint: Codable, Sendable, Equatable {
    /// Customers with p ≥ threshold are contacted; nil means nobody.
    public var threshold: Double?
    /// Share of customers contacted.
    public var share: Double
    /// Expected profit per customer of all rows.
    public var profit: Double

    /// Creates a point.
    public init(threshold: Double?, share: Double, profit: Double) {
        self.threshold = threshold
        self.share = share
        self.profit = profit
    }
}

/// The expected maximum profit of a campaign (EMPC) and the share it contacts.
public struct ExpectedMaximumProfit: Codable, Sendable, Equatable {
    /// Expected profit per customer if, for every acceptance rate, the best cut is used.
    public var profit: Double
    /// The expected share of customers contacted by those best cuts.
    public var share: Double

    /// Creates a result.
    public init(profit: Double, share: Double) {
        self.profit = profit
        self.share = share
    }
}
