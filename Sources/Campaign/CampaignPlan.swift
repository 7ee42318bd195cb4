private import Evaluation

/// What a planner decided: who is chosen, who of them is left alone, and what that earns.
public struct CampaignPlan: Sendable {
    /// The chosen, by rank.
    public let members: [CampaignMember]
    /// Each member's place among the customers, shape [members].
    public let customers: [Int]
    /// What was chosen.
    public let choice: CampaignDecision.Choice
    /// Who is left alone.
    public let holdOut: CampaignDecision.HoldOut
    /// What contacting the others earns.
    public let expected: CampaignDecision.Expected
    /// The next ten.
    public let justOutside: [CampaignDecision.Outside]

    /// A place in the ranking and its offer.
    struct Chosen {
        var place: Int
        var offer: Int
    }

    /// - Precondition: Somebody is chosen; the chosen stand by falling profit.
    init(
        _ planner: CampaignPlanner,
        _ customers: CampaignCustomers,
        _ ranking: CampaignRanking,
        _ solution: ChoiceSolution,
        _ chosen: [Chosen]
    ) {
        let rows = chosen.map { ranking.order[$0.place] }
        let scores = rows.map { customers.probabilities[$0] }
        let design = Design(planner, customers, rows: rows, offers: chosen.map(\.offer))
        let lots = planner.key.lots(
            .holdOut,
            campaign: planner.campaign,
            rows,
            of: customers.identifiers,
            threads: planner.threads
        )
        let arms = HoldOut(scores: scores, lots: lots, count: design.heldOut)
        var members: [CampaignMember] = []
        members.reserveCapacity(rows.count)
        var price = 0.0
        var worths: [ContactWorth] = []
        var (profit, cost, most) = (0.0, 0.0, 0.0)
        for (rank, customer) in rows.enumerated() {
            let offer = customers.offers[chosen[rank].offer]
            guard let money = customers.money(customer, offer) else {
                preconditionFailure("an offer that is out of the question is never chosen")
            }
            if arms.isHeldOut[rank] {
                price += money.profit
            } else {
                profit += money.profit
                cost += money.expectedCost
                most += money.certainCost
                worths.append(customers.worth(customer, offer))
            }
            members.append(
                CampaignMember(
                    customer: customers.identifiers.text(customer),
                    arm: arms.isHeldOut[rank] ? .heldOut : .contact,
                    block: arms.blocks[rank],
                    rank: rank + 1,
                    offer: offer.name,
                    probability: Double(customers.probabilities[customer]),
                    value: customers.values[customer],
                    expectedProfit: money.profit,
                    expectedCost: money.expectedCost
                )
            )
        }
        self.members = members
        self.customers = rows
        let cut = members[members.count - 1].expectedProfit
        choice = CampaignDecision.Choice(
            considered: customers.count,
            worthless: ranking.worthless,
            paying: ranking.order.count + ranking.unaffordable.count,
            chosen: rows.count,
            expectedProfit: solution.profit,
            cost: solution.cost,
            bound: max(solution.bound, solution.profit),
            gap: solution.gap,
            perUnitOfBudget: solution.budgetPrice > 0 ? solution.budgetPrice : nil,
            perContact: solution.contactPrice > 0 ? solution.contactPrice : nil,
            cut: cut
        )
        expected = CampaignDecision.Expected(
            profit: profit,
            cost: cost,
            mostCost: most,
            interval: ProfitInterval(worths, recalibration: planner.recalibration)
        )
        holdOut = design.told(price: price, key: planner.key)
        justOutside = Self.outside(planner, customers, ranking, solution, cut: cut)
    }

    /// Those who would have to earn least more to be chosen, the nearest first.
    private static func outside(
        _ planner: CampaignPlanner,
        _ customers: CampaignCustomers,
        _ ranking: CampaignRanking,
        _ solution: ChoiceSolution,
        cut: Double
    ) -> [CampaignDecision.Outside] {
        typealias Candidate = (distance: Double, customer: Int, offer: Int)
        func candidate(_ customer: Int) -> Candidate? {
            var found: Candidate?
            for (place, offer) in customers.offers.enumerated() {
                guard let money = customers.money(customer, offer), money.profit > 0 else {
                    continue
                }
                let cost = planner.constraint.certain ? money.certainCost : money.expectedCost
                let needed =
                    solution.budgetPrice > 0
                    ? solution.budgetPrice * cost + solution.contactPrice : cut
                let distance = max(0, needed - money.profit)
                if distance < found?.distance ?? .infinity { found = (distance, customer, place) }
            }
            return found
        }
        // Places of the ranking break ties; who alone is dearer than the budget comes last.
        var nearest: [Candidate] = []
        func take(_ customer: Int) {
            guard let new = candidate(customer) else { return }
            let place = nearest.firstIndex { new.distance < $0.distance } ?? nearest.count
            guard place < CampaignPlanner.outside else { return }
            nearest.insert(new, at: place)
            if nearest.count > CampaignPlanner.outside { nearest.removeLast() }
        }
        for (place, offer) in solution.offers.enumerated() where offer == nil {
            take(ranking.order[place])
            // Without a price of budget they stand by distance already.
            if solution.budgetPrice == 0, nearest.count == CampaignPlanner.outside { break }
        }
        let unaffordable = ranking.unaffordable.map {
            (
                planner.key.lot(
                    .tie,
                    campaign: planner.campaign,
                    customer: customers.identifiers[$0]
                ), $0
            )
        }
        for (_, customer) in unaffordable.sorted(by: { $0 < $1 }) { take(customer) }
        return nearest.compactMap { near in
            let offer = customers.offers[near.offer]
            return customers.money(near.customer, offer).map { money in
                CampaignDecision.Outside(
                    customer: customers.identifiers.text(near.customer),
                    offer: offer.name,
                    probability: Double(customers.probabilities[near.customer]),
                    expectedProfit: money.profit,
                    expectedCost: money.expectedCost,
                    distance: near.distance,
                    isSkipped: solution.budgetPrice > 0 && money.profit >= cut
                )
            }
        }
    }
}

/// How many are held out, and what that shows.
private struct Design {
    let asked: Double?
    let list: Int
    let heldOut: Int
    let churn: Double
    let effect: Double

    init(
        _ planner: CampaignPlanner,
        _ customers: CampaignCustomers,
        rows: [Int],
        offers: [Int]
    ) {
        asked = planner.holdOut
        list = rows.count
        var (leaving, saved) = (0.0, 0.0)
        for (customer, offer) in zip(rows, offers) {
            let probability = Double(customers.probabilities[customer])
            leaving += probability
            saved += probability * customers.offers[offer].acceptanceRate[customer]
        }
        churn = leaving / Double(rows.count)
        effect = saved / Double(rows.count) / 2
        heldOut =
            asked.map { HoldOut.count($0, of: rows.count) }
            ?? HoldOutPower.fewest(
                untreated: churn,
                treated: churn - effect,
                list: rows.count
            ) ?? rows.count / 2
    }

    func told(price: Double, key: CampaignKey) -> CampaignDecision.HoldOut {
        let contacted = list - heldOut
        return CampaignDecision.HoldOut(
            asked: asked,
            customers: heldOut,
            contacted: contacted,
            price: price,
            expectedChurn: churn,
            effect: effect,
            power: heldOut == 0
                ? nil
                : HoldOutPower.power(
                    untreated: churn,
                    treated: churn - effect,
                    heldOut: heldOut,
                    contacted: contacted
                ),
            detectable: heldOut == 0
                ? nil
                : HoldOutPower.detectable(
                    untreated: churn,
                    heldOut: heldOut,
                    contacted: contacted
                ),
            keyId: key.id
        )
    }
}
