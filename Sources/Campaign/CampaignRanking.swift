/// Customers whom contacting pays, by falling profit of their best offer, equals by lot.
struct CampaignRanking: Sendable {
    /// The customer at each place.
    let order: [Int]
    /// The choice among them, in this order.
    let problem: ChoiceProblem
    /// Customers worth no more than each offer costs.
    let worthless: Int
    /// Customers whom contacting would pay, but each of whom alone costs more than the budget.
    let unaffordable: [Int]

    /// Ranks.
    ///
    /// - Complexity: O(customers · offers) but for equals.
    init(
        _ customers: CampaignCustomers,
        constraint: CampaignConstraint,
        campaign: String,
        key: CampaignKey,
        threads: Int
    ) {
        let width = customers.offers.count
        var paying: [Int] = []
        var best: [Double] = []
        var profits: [Double] = []
        var costs: [Double] = []
        var worthless = 0
        var unaffordable: [Int] = []
        for customer in 0 ..< customers.count {
            var most = 0.0
            var isWorthwhile = false
            var isPaying = false
            let first = profits.count
            for offer in customers.offers {
                guard let money = customers.money(customer, offer) else {
                    profits.append(-.infinity)
                    costs.append(0)
                    continue
                }
                isWorthwhile = true
                let cost = constraint.certain ? money.certainCost : money.expectedCost
                let isPossible = money.profit > 0 && constraint.allows(cost)
                profits.append(isPossible ? money.profit : -.infinity)
                costs.append(cost)
                if isPossible { most = max(most, money.profit) }
                if money.profit > 0 { isPaying = true }
            }
            if !isWorthwhile { worthless += 1 }
            if isPaying, most == 0 { unaffordable.append(customer) }
            if most > 0 {
                paying.append(customer)
                best.append(most)
            } else {
                profits.removeSubrange(first...)
                costs.removeSubrange(first...)
            }
        }
        self.worthless = worthless
        self.unaffordable = unaffordable
        var places = descendingOrder(best).map(Int.init)
        // Behind those who can be chosen or are just outside, the order is no matter.
        let needed =
            constraint.budget == nil
            ? min(
                places.count,
                (constraint.contacts ?? places.count) + CampaignPlanner.outside + 1
            ) : places.count
        var runs: [Range<Int>] = []
        var start = 0
        while start < needed {
            var end = start + 1
            while end < places.count, best[places[end]] == best[places[start]] { end += 1 }
            if end - start > 1 { runs.append(start ..< end) }
            start = end
        }
        let tied = runs.flatMap { $0.map { paying[places[$0]] } }
        let lots = key.lots(
            .tie,
            campaign: campaign,
            tied,
            of: customers.identifiers,
            threads: threads
        )
        var done = 0
        for run in runs {
            let drawn = zip(run.map { places[$0] }, lots[done ..< done + run.count])
            done += run.count
            let sorted = drawn.sorted {
                $0.1 != $1.1
                    ? $0.1 < $1.1
                    : customers.identifiers[paying[$0.0]].lexicographicallyPrecedes(
                        customers.identifiers[paying[$1.0]]
                    )
            }
            for (place, member) in zip(run, sorted) { places[place] = member.0 }
        }
        order = places.map { paying[$0] }
        problem = ChoiceProblem(
            offers: width,
            profits: Self.rows(places, of: profits, width: width),
            costs: Self.rows(places, of: costs, width: width),
            constraint: constraint
        )
    }

    private static func rows(_ places: [Int], of values: [Double], width: Int) -> [Double] {
        var result: [Double] = []
        result.reserveCapacity(values.count)
        for place in places {
            for offer in 0 ..< width { result.append(values[place * width + offer]) }
        }
        return result
    }
}
