/// The tables that tell at least as much as the one that was seen, by Fisher's p.
///
/// For each count of leavers among the held-out they are those with at most so many leavers among the contacted.
package struct BoschlooRegion: Sendable {
    private let contacted: Int
    private let heldOut: Int
    /// For each count of leavers among the held-out, the most among the contacted.
    ///
    /// −1 where none does. It never falls.
    package let bounds: [Int]

    /// Finds them.
    ///
    /// - Parameters:
    ///   - rates: What was seen.
    ///   - fisher: Its p.
    /// - Complexity: O(*n*), but for p under 10⁻⁶.
    init(_ rates: TwoRates, fisher: Double) {
        (contacted, heldOut) = (rates.contacted, rates.heldOut)
        bounds =
            fisher < Self.leastForSteps
            ? Self.cellByCell(rates, fisher: fisher) : Self.stepByStep(rates, fisher: fisher)
    }

    /// How often a table is one of these where each customer leaves with one chance.
    ///
    /// - Parameter rate: The chance; above 0 and under 1.
    /// - Returns: The chance that the table is one of these.
    /// - Complexity: O(standard deviation + held-out).
    func size(_ rate: Double) -> Double {
        let contacted = Binomial(trials: contacted, chance: rate)
        let heldOut = Binomial(trials: heldOut, chance: rate)
        let below = contacted.cumulative
        var sum = 0.0
        for (count, chance) in zip(heldOut.counts, heldOut.chances) {
            let place = bounds[count] - contacted.counts.lowerBound
            if place >= 0 { sum += chance * below[min(place, below.count - 1)] }
        }
        return sum
    }

    /// Sums in another order may differ in their last digits.
    private static let tolerance = 1e-11
    /// Under this p what steps lose in digits would count.
    private static let leastForSteps = 1e-6
    /// Where a step comes so near to the p that was seen, as a share of it, the cell is reckoned by itself.
    private static let doubtful = 1e-8

    /// The bounds with Fisher's p reckoned anew for each cell.
    ///
    /// - Complexity: O(*n* · standard deviation).
    package static func cellByCell(_ rates: TwoRates, fisher: Double) -> [Int] {
        let limit = fisher * (1 + tolerance)
        var bound = -1
        return (0 ... rates.heldOut).map { heldOutLeft in
            while bound < rates.contacted, p(rates, bound + 1, heldOutLeft) <= limit { bound += 1 }
            return bound
        }
    }

    /// The same with Fisher's p of a cell from that of its neighbour.
    ///
    /// With one leaver more among the held-out, P(≤ x) falls by P(x) · (n₁ − x) / (N − m), which is the chance that
    /// a leaver more by lot is a contacted one; with one more among the contacted it rises alike.
    ///
    /// - Complexity: O(*n*).
    package static func stepByStep(_ rates: TwoRates, fisher: Double) -> [Int] {
        let limit = fisher * (1 + tolerance)
        let (contacted, heldOut) = (rates.contacted, rates.heldOut)
        // Of the cell: its own chance, and that of at most so many leavers among the contacted.
        var (contactedLeft, own, below) = (0, 1.0, 1.0)
        var bounds: [Int] = []
        bounds.reserveCapacity(heldOut + 1)
        for heldOutLeft in 0 ... heldOut {
            while contactedLeft <= contacted {
                let isDoubtful = abs(below - limit) <= doubtful * limit
                let chance = isDoubtful ? p(rates, contactedLeft, heldOutLeft) : below
                guard chance <= limit else { break }
                let left = contactedLeft + heldOutLeft
                let step =
                    own * Double(contacted - contactedLeft)
                    / (Double(contactedLeft + 1) * Double(contacted + heldOut - left))
                if contactedLeft < contacted {
                    below += step * Double(heldOutLeft)
                    own = step * Double(left + 1)
                }
                contactedLeft += 1
            }
            bounds.append(contactedLeft - 1)
            guard contactedLeft <= contacted, heldOutLeft < heldOut else { continue }
            let left = contactedLeft + heldOutLeft
            let others = Double(contacted + heldOut - left)
            below -= own * Double(contacted - contactedLeft) / others
            own *=
                Double(heldOut - heldOutLeft) * Double(left + 1)
                / (Double(heldOutLeft + 1) * others)
            if contactedLeft == 0 { below = own }
        }
        return bounds
    }

    private static func p(_ rates: TwoRates, _ contactedLeft: Int, _ heldOutLeft: Int) -> Double {
        ExactTest.fisher(
            TwoRates(
                contactedLeft: contactedLeft,
                contacted: rates.contacted,
                heldOutLeft: heldOutLeft,
                heldOut: rates.heldOut
            )
        )
    }
}

/// How many of some customers leave where each does with one chance.
private struct Binomial {
    /// The counts that may well happen: all others together have a chance under 10⁻³⁰.
    let counts: ClosedRange<Int>
    /// The chance of each of them.
    let chances: [Double]

    /// - Parameters:
    ///   - trials: How many customers.
    ///   - chance: Above 0 and under 1.
    init(trials: Int, chance: Double) {
        let mode = min(trials, Int(Double(trials + 1) * chance))
        let odds = chance / (1 - chance)
        var (below, above): ([Double], [Double]) = ([], [1])
        var term = 1.0
        var count = mode
        while count > 0, term > 1e-36 {
            term *= Double(count) / (Double(trials - count + 1) * odds)
            below.append(term)
            count -= 1
        }
        let first = count
        (term, count) = (1, mode)
        while count < trials, term > 1e-36 {
            term *= Double(trials - count) * odds / Double(count + 1)
            above.append(term)
            count += 1
        }
        counts = first ... count
        let all = below.reversed() + above
        let whole = all.reduce(0, +)
        chances = all.map { $0 / whole }
    }

    /// The chance of at most each of the counts.
    var cumulative: [Double] {
        var sum = 0.0
        return chances.map {
            sum += $0
            return sum
        }
    }
}
