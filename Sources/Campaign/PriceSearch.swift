/// Finds the price of a unit of budget at which customers who each choose for themselves stay within it.
///
/// Held to n contacts at price λ, the best are the n greatest max_o (e − λ c); the n + 1st is the price of a contact, μ. Then
/// λ B + μ n + Σ max(0, max_o (e − λ c) − μ) is no less than what any choice within budget and contacts earns.
struct PriceSearch {
    private let problem: ChoiceProblem
    private let budget: Double
    /// The price at which the choice stays within the budget.
    private(set) var price = 0.0
    /// The price of a contact at `price`.
    private(set) var contactPrice = 0.0
    /// The least bound found.
    private(set) var bound = Double.infinity
    /// Who may earn something at the lowest price in question, ascending.
    private var active: [Int]
    /// Room for what each active customer earns.
    private var earned: [Double]

    /// What customers would choose at a price.
    private struct Outcome {
        var contactPrice: Double
        var bound: Double
        var cost: Double
        var profit: Double
    }

    init(_ problem: ChoiceProblem, budget: Double) {
        self.problem = problem
        self.budget = budget
        active = Array(0 ..< problem.count)
        earned = Array(repeating: 0, count: problem.count)
    }

    /// Narrows the price down.
    mutating func run() {
        var low = 0.0
        // At this price nobody who costs anything earns anything.
        var high = 0.0
        for place in problem.profits.indices
        where problem.profits[place] > 0 && problem.costs[place] > 0 {
            high = max(high, problem.profits[place] / problem.costs[place])
        }
        take(outcome(high), at: high)
        for _ in 0 ..< 60 {
            let middle = low + (high - low) / 2
            guard middle > low, middle < high else { break }
            let outcome = outcome(middle)
            bound = min(bound, outcome.bound)
            if problem.constraint.allows(outcome.cost) {
                high = middle
                take(outcome, at: middle)
                // Ten times better than what is spent afterwards on who fits needs.
                if bound - outcome.profit <= 1e-6 * outcome.profit { break }
            } else {
                low = middle
                active.removeAll { problem.best($0, price: low) == nil }
            }
        }
    }

    private mutating func take(_ outcome: Outcome, at price: Double) {
        self.price = price
        contactPrice = outcome.contactPrice
        bound = min(bound, outcome.bound)
    }

    private mutating func outcome(_ price: Double) -> Outcome {
        var positive = 0
        for (place, customer) in active.enumerated() {
            earned[place] = problem.best(customer, price: price)?.profit ?? 0
            if earned[place] > 0 { positive += 1 }
        }
        let contacts = problem.constraint.contacts ?? problem.count
        var contactPrice = 0.0
        if positive > contacts {
            var ordered = Array(earned[..<active.count])
            contactPrice = greatest(contacts, of: &ordered)
        }
        var result = Outcome(
            contactPrice: contactPrice,
            bound: price * budget + (contactPrice > 0 ? contactPrice * Double(contacts) : 0),
            cost: 0,
            profit: 0
        )
        for (place, customer) in active.enumerated() where earned[place] > contactPrice {
            guard let best = problem.best(customer, price: price) else { continue }
            result.bound += earned[place] - contactPrice
            result.cost += problem.costs[customer * problem.offers + best.offer]
            result.profit += problem.profits[customer * problem.offers + best.offer]
        }
        return result
    }

    /// What a customer's offer, or nil for none, falls short of the customer's best at the prices found; 0 or more.
    func loss(_ customer: Int, _ offer: Int?) -> Double {
        let best = max(0, (problem.best(customer, price: price)?.profit ?? 0) - contactPrice)
        guard let offer else { return best }
        let place = customer * problem.offers + offer
        return max(
            0,
            best - (problem.profits[place] - price * problem.costs[place] - contactPrice)
        )
    }

    /// The offer that a customer chooses at the prices found; nil for none.
    func choice(_ customer: Int) -> Int? {
        guard let best = problem.best(customer, price: price), best.profit > contactPrice else {
            return nil
        }
        return best.offer
    }

    /// Other offers than customers choose at the prices found, which lose no more than `most`, the least loss first.
    func deviations(losing most: Double) -> [Deviation] {
        var found: [Deviation] = []
        for customer in 0 ..< problem.count {
            let chosen = choice(customer)
            for option in -1 ..< problem.offers {
                let offer = option < 0 ? nil : option
                guard offer != chosen else { continue }
                if let offer, problem.profits[customer * problem.offers + offer] <= 0 { continue }
                let loss = loss(customer, offer)
                if loss <= most {
                    found.append(Deviation(customer: customer, offer: offer, loss: loss))
                }
            }
        }
        return found.sorted {
            ($0.loss, $0.customer, $0.offer ?? -1) < ($1.loss, $1.customer, $1.offer ?? -1)
        }
    }

    /// What customers choose at the price, and then whoever fits into what is left, the nearest to the cut first.
    func solution() -> ChoiceSolution {
        var solution = ChoiceSolution(
            offers: Array(repeating: nil, count: problem.count),
            profit: 0,
            cost: 0,
            bound: bound,
            budgetPrice: price,
            contactPrice: contactPrice
        )
        var contacts = 0
        for customer in 0 ..< problem.count {
            guard let offer = choice(customer) else { continue }
            solution.offers[customer] = offer
            solution.profit += problem.profits[customer * problem.offers + offer]
            solution.cost += problem.costs[customer * problem.offers + offer]
            contacts += 1
        }
        for deviation in deviations(losing: bound - solution.profit) {
            let before = problem.worth(deviation.customer, solution.offers[deviation.customer])
            let after = problem.worth(deviation.customer, deviation.offer)
            guard after.profit > before.profit,
                contacts + after.contacts - before.contacts <= problem.most,
                problem.constraint.allows(solution.cost + after.cost - before.cost)
            else { continue }
            solution.offers[deviation.customer] = deviation.offer
            solution.profit += after.profit - before.profit
            solution.cost += after.cost - before.cost
            contacts += after.contacts - before.contacts
        }
        return solution
    }
}

/// Another offer than the one that a customer chooses at a price; nil for none.
struct Deviation: Equatable, Sendable {
    let customer: Int
    let offer: Int?
    /// By how much it is worse at the prices.
    let loss: Double
}

extension ChoiceProblem {
    /// What an offer to a customer earns, costs, and counts as a contact; nothing for nil.
    func worth(
        _ customer: Int,
        _ offer: Int?
    ) -> (profit: Double, cost: Double, contacts: Int) {
        guard let offer else { return (0, 0, 0) }
        return (profits[customer * offers + offer], costs[customer * offers + offer], 1)
    }
}

/// The number at a place of the falling order, from 0, by quickselect; the numbers are left in another order.
///
/// - Precondition: There is such a place.
/// - Complexity: O(*n*) on average; pivots are medians of three.
private func greatest(_ place: Int, of values: inout [Double]) -> Double {
    var (low, high) = (0, values.count - 1)
    while low < high {
        let middle = low + (high - low) / 2
        let three = [values[low], values[middle], values[high]].sorted()
        let pivot = three[1]
        var (left, right) = (low, high)
        while left <= right {
            while values[left] > pivot { left += 1 }
            while values[right] < pivot { right -= 1 }
            if left <= right {
                values.swapAt(left, right)
                left += 1
                right -= 1
            }
        }
        if place <= right {
            high = right
        } else if place >= left {
            low = left
        } else {
            return pivot
        }
    }
    return values[low]
}
