/// Which of very many customers to contact with which offer: a multiple-choice knapsack.
///
///     maximise    Σ profit[i, o] x[i, o]
///     such that   Σ_o x[i, o] ≤ 1,   Σ x ≤ contacts,   Σ cost[i, o] x[i, o] ≤ budget
///
/// Where equals compete, the one that stands first is chosen, so the order of customers must be one that their place in a
/// file has no part in.
struct ChoiceProblem: Sendable {
    /// How many offers each customer may be made.
    let offers: Int
    /// Shape [customers, offers]; minus infinity where an offer is out of the question.
    let profits: [Double]
    /// What counts against the budget, shape [customers, offers].
    let costs: [Double]
    /// What limits the choice.
    let constraint: CampaignConstraint

    /// How many customers there are.
    var count: Int { profits.count / offers }

    /// The most customers that can be contacted.
    var most: Int { min(constraint.contacts ?? count, count) }

    /// The offer that earns most once each unit of budget has a price, and by how much; nil where none earns anything.
    ///
    /// Of equals it is the one that costs less.
    func best(_ customer: Int, price: Double) -> (offer: Int, profit: Double)? {
        var found: (offer: Int, profit: Double)?
        for offer in 0 ..< offers {
            let place = customer * offers + offer
            let profit = profits[place] - price * costs[place]
            guard profit > 0 else { continue }
            if let best = found,
                profit < best.profit
                    || profit == best.profit
                        && costs[place] >= costs[customer * offers + best.offer]
            {
                continue
            }
            found = (offer, profit)
        }
        return found
    }
}

/// Whom to contact with which offer, and how much more at most could have been earned.
struct ChoiceSolution: Equatable, Sendable {
    /// Each customer's offer, nil for none; shape [customers].
    var offers: [Int?]
    /// What the choice earns.
    var profit: Double
    /// What counts against the budget.
    var cost: Double
    /// No choice earns more than this.
    var bound: Double
    /// What one more unit of budget would earn, λ.
    var budgetPrice: Double
    /// What one more contact would earn.
    var contactPrice: Double

    /// By which share of its profit the choice may fall short of the best.
    var gap: Double {
        bound <= profit ? 0 : profit > 0 ? (bound - profit) / profit : .infinity
    }
}

extension ChoiceProblem {
    /// From this gap on the search goes on until it is proved that nothing earns more, or too much has been tried.
    static let allowedGap = 1e-4

    /// Chooses.
    ///
    /// Exact where the number of contacts alone limits, and where all contacts cost the same. Else the budget gets a price,
    /// found by bisection, at which each customer takes the offer that earns most (Lagrange's dual, whose value bounds what
    /// any choice earns); what is left of the budget is spent on who fits, the nearest to the cut first; and where the gap
    /// to the bound is above 1e-4, a search among customers near the cut (``CoreSearch``) closes it.
    ///
    /// - Precondition: Customers stand by falling profit of their best offer, which is above 0; the budget allows each offer
    ///   that is not out of the question.
    /// - Returns: The choice, of at least one customer.
    /// - Complexity: O(customers · offers) for each of at most 60 prices.
    func solution() -> ChoiceSolution {
        let free = unpriced(most)
        guard let budget = constraint.budget, !constraint.allows(free.cost) else { return free }
        if offers == 1, let cost = costs.first, costs.allSatisfy({ $0 == cost }) {
            return equalCosts(cost, budget: budget)
        }
        var search = PriceSearch(self, budget: budget)
        search.run()
        var solution = search.solution()
        guard solution.gap > Self.allowedGap else { return solution }
        let core = CoreSearch(self, search, budget: budget).run(from: solution)
        solution.offers = core.offers
        solution.profit = core.profit
        solution.cost = core.cost
        solution.bound = min(solution.bound, core.bound)
        return solution
    }

    /// The first customers with their best offers, whatever they cost.
    private func unpriced(_ number: Int) -> ChoiceSolution {
        var solution = ChoiceSolution(
            offers: Array(repeating: nil, count: count),
            profit: 0,
            cost: 0,
            bound: 0,
            budgetPrice: 0,
            contactPrice: 0
        )
        for customer in 0 ..< number {
            guard let best = best(customer, price: 0) else { break }
            solution.offers[customer] = best.offer
            solution.profit += best.profit
            solution.cost += costs[customer * offers + best.offer]
        }
        solution.bound = solution.profit
        if number < count { solution.contactPrice = best(number, price: 0)?.profit ?? 0 }
        return solution
    }

    /// As many as the budget allows, where each costs the same.
    private func equalCosts(_ cost: Double, budget: Double) -> ChoiceSolution {
        var number = min(Double(most), (budget / cost).rounded(.down))
        while number < Double(most), constraint.allows((number + 1) * cost) { number += 1 }
        var solution = unpriced(Int(number))
        solution.cost = number * cost
        solution.budgetPrice = solution.contactPrice / cost
        solution.contactPrice = 0
        return solution
    }
}
