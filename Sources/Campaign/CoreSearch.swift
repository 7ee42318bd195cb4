/// Proves that a choice is the best, or finds a better one, among customers near the cut.
///
/// At a price of budget and of contacts each choice loses, against the bound, what each of its customers' offers falls short
/// of the customer's best at these prices. So no choice whose customers lose more than the gap is better than the one at hand,
/// and few customers are left to decide about. They are taken up one after another, those first who lose least, by dynamic
/// programming over all that can be reached; of two reached with one no dearer, no longer and no less profitable, that one is
/// kept (Pisinger, "A minimal algorithm for the multiple-choice knapsack problem", EJOR 83, 1995).
struct CoreSearch {
    private let problem: ChoiceProblem
    private let prices: PriceSearch
    private let budget: Double

    /// What some customers' deviations lead to.
    private struct State {
        var cost: Double
        var profit: Double
        var contacts: Int
        var loss: Double
        /// The last deviation on the way here; nil at the beginning.
        var step: Int?
    }

    /// A deviation and the one before it.
    private struct Step {
        var customer: Int
        var offer: Int?
        var before: Int?
    }

    /// What was found.
    struct Outcome {
        var offers: [Int?]
        var profit: Double
        var cost: Double
        var bound: Double
    }

    /// The most states that are kept, and the most steps that are remembered.
    private static let mostStates = 20_000
    private static let mostSteps = 4_000_000

    init(_ problem: ChoiceProblem, _ prices: PriceSearch, budget: Double) {
        self.problem = problem
        self.prices = prices
        self.budget = budget
    }

    /// Searches.
    ///
    /// - Parameter known: The best choice so far.
    /// - Returns: The best choice, and a bound that is its profit unless too much had to be left out.
    /// - Complexity: O(steps remembered · log).
    func run(from known: ChoiceSolution) -> Outcome {
        let top = prices.bound
        // Rounding alone must neither keep a state nor drop one.
        let slack = 1e-12 * max(1, abs(top))
        var best = known.profit
        var bestStep: Int?
        var isBetter = false
        var left = 0.0
        let start = (0 ..< problem.count).map { prices.choice($0) }
        var first = State(cost: 0, profit: 0, contacts: 0, loss: 0, step: nil)
        for customer in start.indices {
            let worth = problem.worth(customer, start[customer])
            first.cost += worth.cost
            first.profit += worth.profit
            first.contacts += worth.contacts
        }
        var states = [first]
        var steps: [Step] = []
        let core = groups(losing: top - best)
        // How much cost and contacts the customers still to come can take away at most.
        var relief = [(cost: 0.0, contacts: 0)]
        for group in core.reversed() {
            let changes = group.map { change(start, $0) }
            let last = relief[relief.count - 1]
            relief.append(
                (
                    last.cost + min(0, changes.map(\.cost).min() ?? 0),
                    last.contacts + min(0, changes.map(\.contacts).min() ?? 0)
                )
            )
        }
        relief.reverse()
        for (place, group) in core.enumerated() {
            guard let least = group.first?.loss, top - least > best + slack else { break }
            var next = states
            for deviation in group {
                let change = change(start, deviation)
                for state in states {
                    var moved = state
                    moved.loss += deviation.loss
                    guard top - moved.loss > best + slack else { continue }
                    moved.cost += change.cost
                    moved.profit += change.profit
                    moved.contacts += change.contacts
                    guard problem.constraint.allows(moved.cost + relief[place + 1].cost),
                        moved.contacts + relief[place + 1].contacts <= problem.most
                    else { continue }
                    moved.step = steps.count
                    steps.append(
                        Step(
                            customer: deviation.customer,
                            offer: deviation.offer,
                            before: state.step
                        )
                    )
                    if moved.profit > best, moved.contacts <= problem.most,
                        problem.constraint.allows(moved.cost)
                    {
                        (best, bestStep, isBetter) = (moved.profit, moved.step, true)
                    }
                    next.append(moved)
                }
            }
            states = undominated(
                next.filter {
                    top - $0.loss > best + slack
                        && problem.constraint.allows($0.cost + relief[place + 1].cost)
                        && $0.contacts + relief[place + 1].contacts <= problem.most
                }
            )
            if states.count > Self.mostStates {
                states.sort { ($0.loss, $0.cost) < ($1.loss, $1.cost) }
                left = max(left, top - states[Self.mostStates].loss)
                states.removeSubrange(Self.mostStates...)
            }
            if steps.count > Self.mostSteps {
                left = max(left, states.map { top - $0.loss }.max() ?? 0)
                break
            }
        }
        guard isBetter else {
            return Outcome(
                offers: known.offers,
                profit: known.profit,
                cost: known.cost,
                bound: max(best, left)
            )
        }
        var offers = start
        while let step = bestStep {
            offers[steps[step].customer] = steps[step].offer
            bestStep = steps[step].before
        }
        return outcome(offers, bound: max(best, left))
    }

    /// The same sums, whichever way led to the choice.
    private func outcome(_ offers: [Int?], bound: Double) -> Outcome {
        var result = Outcome(offers: offers, profit: 0, cost: 0, bound: bound)
        for customer in offers.indices {
            let worth = problem.worth(customer, offers[customer])
            result.profit += worth.profit
            result.cost += worth.cost
        }
        return result
    }

    /// What a deviation changes.
    private func change(
        _ start: [Int?],
        _ deviation: Deviation
    ) -> (profit: Double, cost: Double, contacts: Int) {
        let before = problem.worth(deviation.customer, start[deviation.customer])
        let after = problem.worth(deviation.customer, deviation.offer)
        return (
            after.profit - before.profit, after.cost - before.cost, after.contacts - before.contacts
        )
    }

    /// Deviations by customer; customers stand by their least loss.
    private func groups(losing most: Double) -> [[Deviation]] {
        var groups: [[Deviation]] = []
        var places: [Int: Int] = [:]
        for deviation in prices.deviations(losing: most) {
            if let place = places[deviation.customer] {
                groups[place].append(deviation)
            } else {
                places[deviation.customer] = groups.count
                groups.append([deviation])
            }
        }
        return groups
    }

    /// The states that no other is at least as good as, by rising cost.
    private func undominated(_ states: [State]) -> [State] {
        let ordered = states.sorted {
            $0.cost != $1.cost
                ? $0.cost < $1.cost
                : $0.profit != $1.profit ? $0.profit > $1.profit : $0.contacts < $1.contacts
        }
        guard problem.constraint.contacts != nil else {
            var most = -Double.infinity
            return ordered.filter { state in
                defer { most = max(most, state.profit) }
                return state.profit > most
            }
        }
        let least = ordered.map(\.contacts).min() ?? 0
        var mostWith = PrefixGreatest(count: (ordered.map(\.contacts).max() ?? 0) - least + 1)
        return ordered.filter { state in
            let place = state.contacts - least
            guard state.profit > mostWith.greatest(upTo: place) else { return false }
            mostWith.raise(place, to: state.profit)
            return true
        }
    }
}

/// The greatest of the numbers up to a place, while numbers rise (Fenwick, "A new data structure for cumulative frequency
/// tables", Software: Practice and Experience 24, 1994).
private struct PrefixGreatest {
    private var tree: [Double]

    init(count: Int) { tree = Array(repeating: -.infinity, count: count + 1) }

    func greatest(upTo place: Int) -> Double {
        var node = place + 1
        var result = -Double.infinity
        while node > 0 {
            result = max(result, tree[node])
            node -= node & -node
        }
        return result
    }

    mutating func raise(_ place: Int, to value: Double) {
        var node = place + 1
        while node < tree.count {
            tree[node] = max(tree[node], value)
            node += node & -node
        }
    }
}
