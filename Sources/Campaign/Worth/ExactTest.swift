import Kernels

/// How likely it is that so few of the contacted leave by chance alone.
public struct ExactTest: Equatable, Sendable {
    /// Whose test it is.
    public enum Name: String, Sendable {
        /// For up to 10,000 customers: never above Fisher's.
        case boschloo
        /// For more, where both agree.
        case fisher
    }

    /// Whose test it is.
    public let name: Name
    /// The one-sided chance; at most 0.025 is what a 95 % interval calls significant.
    public let pValue: Double

    /// Up to how many customers Boschloo's test is reckoned.
    private static let mostForBoschloo = 10_000

    /// Tests whether the contacted leave less often.
    ///
    /// Fisher's p is the hypergeometric chance of at most so many leavers among the contacted. Boschloo's
    /// (Statistica Neerlandica 24, 1970) takes that as the statistic and reckons the chance of one as small at
    /// the leaving rate where it is largest; on a grid of 199 rates, narrowed by golden section.
    ///
    /// - Parameter rates: The counts; nil comes back where an arm is empty.
    /// - Complexity: O(*n* · standard deviation) for Boschloo's, O(standard deviation) for Fisher's.
    public init?(contactedLeaveLessOf rates: TwoRates) {
        guard rates.contacted > 0, rates.heldOut > 0 else { return nil }
        let fisher = Self.fisher(rates)
        if rates.contacted + rates.heldOut <= Self.mostForBoschloo {
            name = .boschloo
            pValue = min(1, Self.boschloo(rates, fisher: fisher))
        } else {
            name = .fisher
            pValue = fisher
        }
    }

    /// Tests whether the contacted leave more often.
    ///
    /// - Parameter rates: The counts; nil comes back where an arm is empty.
    public init?(contactedLeaveMoreOf rates: TwoRates) {
        self.init(contactedLeaveLessOf: rates.swapped)
    }

    /// The chance of at most so many leavers among the contacted.
    package static func fisher(_ rates: TwoRates) -> Double {
        let chances = Hypergeometric(
            total: rates.contacted + rates.heldOut,
            marked: rates.contactedLeft + rates.heldOutLeft,
            drawn: rates.contacted
        )
        return chances.chance(atMost: rates.contactedLeft)
    }

    private static func boschloo(_ rates: TwoRates, fisher: Double) -> Double {
        let bounds = bounds(rates, fisher: fisher)
        func size(_ rate: Double) -> Double {
            let contacted = Binomial(trials: rates.contacted, chance: rate)
            let heldOut = Binomial(trials: rates.heldOut, chance: rate)
            let below = contacted.cumulative
            var sum = 0.0
            for (count, chance) in zip(heldOut.counts, heldOut.chances) {
                let place = bounds[count] - contacted.counts.lowerBound
                if place >= 0 { sum += chance * below[min(place, below.count - 1)] }
            }
            return sum
        }
        // Denser towards 0 and 1, where the chance may have narrow peaks.
        let count = 200
        let grid = (1 ..< count).map {
            0.5 - 0.5 * Elementary.cosine(.pi * Double($0) / Double(count))
        }
        let sizes = grid.map(size)
        var most = sizes.max() ?? 1
        for place in sizes.indices where sizes[place] >= 0.97 * most {
            let low = place > 0 ? grid[place - 1] : 0
            let high = place + 1 < grid.count ? grid[place + 1] : 1
            most = max(most, peak(of: size, from: low, to: high))
        }
        return most
    }

    /// For each count of leavers among the held-out, the most among the contacted that tell as much as what was seen.
    ///
    /// −1 where none does. It never falls.
    private static func bounds(_ rates: TwoRates, fisher: Double) -> [Int] {
        // Sums in another order may differ in their last digits.
        let limit = fisher * (1 + 1e-11)
        var bound = -1
        return (0 ... rates.heldOut).map { heldOutLeft in
            while bound < rates.contacted,
                Self.fisher(
                    TwoRates(
                        contactedLeft: bound + 1,
                        contacted: rates.contacted,
                        heldOutLeft: heldOutLeft,
                        heldOut: rates.heldOut
                    )
                ) <= limit
            { bound += 1 }
            return bound
        }
    }

    /// The largest value of a function with one peak between two places, by golden section.
    private static func peak(
        of function: (Double) -> Double,
        from low: Double,
        to high: Double
    ) -> Double {
        let share = 0.6180339887498949
        var (low, high) = (low, high)
        var (left, right) = (high - share * (high - low), low + share * (high - low))
        var (atLeft, atRight) = (function(left), function(right))
        for _ in 0 ..< 32 {
            if atLeft < atRight {
                (low, left, atLeft) = (left, right, atRight)
                right = low + share * (high - low)
                atRight = function(right)
            } else {
                (high, right, atRight) = (right, left, atLeft)
                left = high - share * (high - low)
                atLeft = function(left)
            }
        }
        return max(atLeft, atRight)
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
