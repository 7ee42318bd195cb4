public import Evaluation
private import Output

/// Decides whom a campaign contacts with which offer, and whom it leaves alone.
///
/// ```swift
/// let planner = CampaignPlanner(campaign: "2026-12", key: key, constraint: CampaignConstraint(contacts: 500))
/// let plan = try planner.plan(customers)
/// for member in plan.members where member.arm == .contact { print(member.customer, member.offer) }
/// ```
public struct CampaignPlanner: Sendable {
    /// Names the campaign; lots are its own.
    public var campaign: String
    /// Draws lots.
    public var key: CampaignKey
    /// What limits the choice.
    public var constraint: CampaignConstraint
    /// The share to hold out; nil for as many as the assumed effect needs.
    public var holdOut: Double?
    /// What rows held out of training say of probabilities; nil where there were none.
    public var recalibration: Recalibration?
    /// How many threads work; the result does not depend on it.
    public var threads: Int

    /// Creates a planner.
    public init(
        campaign: String,
        key: CampaignKey,
        constraint: CampaignConstraint,
        holdOut: Double? = nil,
        recalibration: Recalibration? = nil,
        threads: Int = 1
    ) {
        self.campaign = campaign
        self.key = key
        self.constraint = constraint
        self.holdOut = holdOut
        self.recalibration = recalibration
        self.threads = threads
    }

    /// How many of those just outside are named.
    static let outside = 10

    /// Decides.
    ///
    /// The order of customers is no part of the result: equals are told apart by lot.
    ///
    /// - Parameter customers: No two with the same identifier.
    /// - Returns: The plan; at least one customer is chosen.
    /// - Throws: `CampaignError` where contacting nobody pays, or the budget allows nobody.
    /// - Complexity: O(customers · offers) but for equals, which are sorted by lot.
    public func plan(_ customers: CampaignCustomers) throws(CampaignError) -> CampaignPlan {
        let ranking = CampaignRanking(
            customers,
            constraint: constraint,
            campaign: campaign,
            key: key,
            threads: threads
        )
        guard !ranking.order.isEmpty else {
            throw ranking.unaffordable.isEmpty
                ? .nobodyPays(customers) : .nobodyAffordable(customers, ranking, constraint)
        }
        let problem = ranking.problem
        let solution = problem.solution()
        var chosen: [CampaignPlan.Chosen] = []
        for (place, offer) in solution.offers.enumerated() {
            guard let offer else { continue }
            chosen.append(CampaignPlan.Chosen(place: place, offer: offer))
        }
        // Where another offer than the best is chosen, profit no longer falls with the place.
        let profits = chosen.map { problem.worth($0.place, $0.offer).profit }
        if zip(profits, profits.dropFirst()).contains(where: <) {
            let order = chosen.indices.sorted { (-profits[$0], $0) < (-profits[$1], $1) }
            chosen = order.map { chosen[$0] }
        }
        return CampaignPlan(self, customers, ranking, solution, chosen)
    }
}

extension CampaignError {
    /// Contacting anybody loses money.
    fileprivate static func nobodyPays(_ customers: CampaignCustomers) -> CampaignError {
        var best = -Double.infinity
        var worthless = 0
        for customer in 0 ..< customers.count {
            let profits = customers.offers.compactMap { customers.money(customer, $0)?.profit }
            if let profit = profits.max() { best = max(best, profit) } else { worthless += 1 }
        }
        let why =
            worthless == customers.count
            ? "each is worth no more than the offer costs"
            : "the best contact loses \(amount(-best)) on average"
        return CampaignError(
            .badData,
            "nobody of \(customers.count) customers is worth contacting: \(why); check the costs in retain.yaml"
        )
    }

    /// The budget is below what the cheapest contact costs.
    fileprivate static func nobodyAffordable(
        _ customers: CampaignCustomers,
        _ ranking: CampaignRanking,
        _ constraint: CampaignConstraint
    ) -> CampaignError {
        var least = Double.infinity
        for customer in ranking.unaffordable {
            for offer in customers.offers {
                guard let money = customers.money(customer, offer), money.profit > 0 else {
                    continue
                }
                least = min(least, constraint.certain ? money.certainCost : money.expectedCost)
            }
        }
        return CampaignError(
            .usage,
            "a budget of \(amount(constraint.budget ?? 0)) allows nobody: the cheapest contact that pays costs "
                + "\(amount(least))\(constraint.certain ? " where the offer is taken" : " on average"); raise --budget, or"
                + " lower the costs in retain.yaml"
        )
    }
}

/// Money for people.
private func amount(_ value: Double) -> String { NumberFormat.grouped(2).text(value) }
