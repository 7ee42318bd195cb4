/// What contacting customers by their probability would have earned on the evaluated rows.
///
/// Every profit is an expectation per customer of the rows (contacted or not), in the currency of the
/// costs; doing nothing earns 0. Those of the cuts have 95 % bootstrap intervals, drawn as those of the
/// metrics are; the curve is for drawing and has none.
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
    /// The 95 % bootstrap percentile interval of the profit; nil where it was not asked for.
    public var interval: ConfidenceInterval?

    /// Creates a point.
    public init(
        threshold: Double?,
        share: Double,
        profit: Double,
        interval: ConfidenceInterval? = nil
    ) {
        self.threshold = threshold
        self.share = share
        self.profit = profit
        self.interval = interval
    }
}

extension RankedScores {
    /// What contacting everyone at or above `threshold` earns; nil contacts nobody.
    func profit(at threshold: Double?, _ costs: CampaignCosts) -> ProfitPoint {
        guard let threshold else { return ProfitPoint(threshold: nil, share: 0, profit: 0) }
        let counts = confusion(at: threshold)
        return profit(
            of: Cut(
                threshold: threshold,
                truePositives: counts.truePositives,
                falsePositives: counts.falsePositives
            ),
            costs
        )
    }

    private func profit(of cut: Cut, _ costs: CampaignCosts) -> ProfitPoint {
        let contacted = cut.truePositives + cut.falsePositives
        let earned =
            Double(cut.truePositives) * costs.profitPerLeaver
            - Double(cut.falsePositives) * costs.lossPerStayer
        return ProfitPoint(
            threshold: cut.threshold,
            share: rows > 0 ? Double(contacted) / Double(rows) : 0,
            profit: rows > 0 ? earned / Double(rows) : 0
        )
    }

    /// The cut that earns most on these rows; of equals the one that contacts fewest.
    func bestProfit(_ costs: CampaignCosts) -> ProfitPoint {
        var best = profit(at: nil, costs)
        forEachCut { cut in
            let point = profit(of: cut, costs)
            if point.profit > best.profit { best = point }
        }
        return best
    }

    /// The campaign's money, with `threshold` in use.
    ///
    /// - Parameters:
    ///   - threshold: The cut that the model is used with.
    ///   - costs: What the campaign costs and brings.
    ///   - replicates: Bootstrap replicates; 0 leaves the intervals out.
    ///   - seed: Random seed of the bootstrap.
    /// - Returns: What contacting earns at the cuts that matter.
    /// - Complexity: O(*n* · (1 + `replicates`)).
    package func campaignProfit(
        threshold: Double,
        costs: CampaignCosts,
        replicates: Int = 0,
        seed: UInt64 = 0
    ) -> CampaignProfit {
        var money = CampaignProfit(
            costs: costs,
            theoreticalThreshold: costs.breakEvenProbability,
            atThreshold: profit(at: threshold, costs),
            atHalf: profit(at: 0.5, costs),
            everyone: profit(at: 0, costs),
            best: bestProfit(costs),
            curve: [profit(at: nil, costs)] + cuts(limit: 199).map { profit(of: $0, costs) },
            expectedMaximum: expectedMaximumProfit(costs)
        )
        var samples = ProfitSamples()
        forEachReplicate(replicates, seed: seed) { counts in
            let drawn = RankedScores(self, counts: counts)
            // Of a handful of rows none may be drawn; such a replicate says nothing.
            guard drawn.rows > 0 else { return }
            samples.atThreshold.append(drawn.profit(at: threshold, costs).profit)
            samples.atHalf.append(drawn.profit(at: 0.5, costs).profit)
            samples.everyone.append(drawn.profit(at: 0, costs).profit)
            samples.best.append(drawn.bestProfit(costs).profit)
            if let expected = drawn.expectedMaximumProfit(costs) {
                samples.expectedMaximum.append(expected.profit)
            }
        }
        money.take(samples, of: replicates)
        return money
    }
}

/// The profits of bootstrap replicates.
private struct ProfitSamples {
    var atThreshold: [Double] = []
    var atHalf: [Double] = []
    var everyone: [Double] = []
    var best: [Double] = []
    var expectedMaximum: [Double] = []
}

extension CampaignProfit {
    /// Adds the intervals.
    ///
    /// Where each replicate takes the cut that is best for itself, its own noise raises what it earns, so
    /// these intervals are less the bootstrap's bias, as that of the calibration error is.
    fileprivate mutating func take(_ samples: ProfitSamples, of replicates: Int) {
        atThreshold.interval = ConfidenceInterval(samples.atThreshold, of: replicates)
        atHalf.interval = ConfidenceInterval(samples.atHalf, of: replicates)
        everyone.interval = ConfidenceInterval(samples.everyone, of: replicates)
        best.interval = ConfidenceInterval(samples.best, of: replicates, correcting: best.profit)
        if var expected = expectedMaximum {
            expected.interval = ConfidenceInterval(
                samples.expectedMaximum,
                of: replicates,
                correcting: expected.profit
            )
            expectedMaximum = expected
        }
    }
}
