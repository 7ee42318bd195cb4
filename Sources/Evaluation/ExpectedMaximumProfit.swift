private import Kernels

/// The expected maximum profit of a campaign (EMPC) and the share it contacts.
public struct ExpectedMaximumProfit: Codable, Sendable, Equatable {
    /// Expected profit per customer if, for every acceptance rate, the best cut is used.
    public var profit: Double
    /// The expected share of customers contacted by those best cuts.
    public var share: Double
    /// The 95 % bootstrap interval of the profit, less the bootstrap's bias; nil where it was not asked for.
    public var interval: ConfidenceInterval?

    /// Creates a result.
    public init(profit: Double, share: Double, interval: ConfidenceInterval? = nil) {
        self.profit = profit
        self.share = share
        self.interval = interval
    }
}

/// The expected maximum profit measure for customer churn, exactly.
///
/// The acceptance rate γ is not known but Beta(α, β) distributed, and the best cut is used for each γ:
///
///     EMPC = ∫ maxₜ [ π₀F₀(t) (γ (V − d) − f) − π₁F₁(t) (d + f) ] h(γ) dγ
///
/// with π₀F₀ and π₁F₁ the shares of customers who are leavers and stayers above t, V the customer's
/// value, d the offer's and f the contact's cost. The best cuts are the corners of the ROC curve's
/// convex hull; each is best on an interval of γ, over which the integral is a difference of
/// incomplete beta functions.
///
/// Verbraken, Verbeke and Baesens, IEEE TKDE 25 (2013), eq. 12 and section 5.
///
/// - Parameters:
///   - labels: Truth per row; true has left. Shape [n].
///   - scores: Any finite scores, higher meaning more likely to leave. Shape [n].
///   - costs: The campaign; its acceptance rate is not used.
///   - alpha: First shape of γ's distribution, above 0; the paper takes 6.
///   - beta: Second shape, above 0; the paper takes 14.
/// - Returns: nil without rows, or where a shape is not above 0 or the customer's value is not above
///   the offer's cost.
/// - Complexity: O(*n* log *n*).
public func expectedMaximumProfit(
    labels: [Bool],
    scores: [Double],
    costs: CampaignCosts,
    alpha: Double = 6,
    beta: Double = 14
) -> ExpectedMaximumProfit? {
    RankedScores(labels: labels, scores: scores)
        .expectedMaximumProfit(costs, alpha: alpha, beta: beta)
}

extension RankedScores {
    /// EMPC with γ's mean at the costs' acceptance rate and the paper's spread, α + β = 20; nil at a
    /// rate of 1, which leaves nothing to expect over.
    func expectedMaximumProfit(_ costs: CampaignCosts) -> ExpectedMaximumProfit? {
        expectedMaximumProfit(
            costs,
            alpha: 20 * costs.acceptanceRate,
            beta: 20 * (1 - costs.acceptanceRate)
        )
    }

    fileprivate func expectedMaximumProfit(
        _ costs: CampaignCosts,
        alpha: Double,
        beta: Double
    ) -> ExpectedMaximumProfit? {
        let gain = costs.gainPerAcceptance
        guard rows > 0, alpha > 0, beta > 0, gain > 0 else { return nil }
        let hull = convexHull()
        var profit = 0.0
        var share = 0.0
        var lower = BetaShare(rate: 0, alpha, beta)
        for corner in hull.indices {
            let (leavers, stayers) = (hull[corner].truePositives, hull[corner].falsePositives)
            var rate = 1.0
            if corner + 1 < hull.count {
                // The rate at which this corner and the next earn the same.
                let moreLeavers = Double(hull[corner + 1].truePositives - leavers)
                let moreStayers = Double(hull[corner + 1].falsePositives - stayers)
                let cost =
                    costs.costPerLeaver * moreLeavers + costs.lossPerStayer * moreStayers
                rate = moreLeavers > 0 ? min(1, cost / (gain * moreLeavers)) : 1
            }
            let upper = BetaShare(rate: rate, alpha, beta)
            let probability = upper.probability - lower.probability
            let mean = upper.mean - lower.mean
            let earned = (gain * mean - costs.costPerLeaver * probability) * Double(leavers)
            profit += earned - costs.lossPerStayer * probability * Double(stayers)
            share += probability * Double(leavers + stayers)
            lower = upper
        }
        return ExpectedMaximumProfit(profit: profit / Double(rows), share: share / Double(rows))
    }

    /// The corners of the ROC curve's upper convex hull in counts of rows, from contacting nobody to
    /// contacting everyone (Andrew's monotone chain).
    private func convexHull() -> [Cut] {
        var hull = [Cut(threshold: .infinity, truePositives: 0, falsePositives: 0)]
        forEachCut { cut in
            while hull.count >= 2 {
                let (a, b) = (hull[hull.count - 2], hull[hull.count - 1])
                let turn =
                    (b.falsePositives - a.falsePositives) * (cut.truePositives - a.truePositives)
                    - (b.truePositives - a.truePositives) * (cut.falsePositives - a.falsePositives)
                guard turn >= 0 else { break }
                hull.removeLast()
            }
            hull.append(cut)
        }
        return hull
    }
}

/// ∫₀ʳ h(γ) dγ and ∫₀ʳ γ h(γ) dγ for h the density of Beta(α, β).
private struct BetaShare {
    var probability: Double
    var mean: Double

    init(rate: Double, _ alpha: Double, _ beta: Double) {
        probability = Elementary.regularizedIncompleteBeta(rate, a: alpha, b: beta)
        let above = Elementary.regularizedIncompleteBeta(rate, a: alpha + 1, b: beta)
        mean = alpha / (alpha + beta) * above
    }
}
