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
            pValue = min(1, Self.largestSize(BoschlooRegion(rates, fisher: fisher)))
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

    /// Whether the contacted leave so much less often that p is at most a level; mostly without reckoning p.
    ///
    /// Fisher's p bounds Boschloo's from above, and the chance at any one leaving rate bounds it from below.
    ///
    /// - Parameters:
    ///   - rates: The counts.
    ///   - level: What p is held against.
    /// - Returns: The same as `pValue <= level`; false where an arm is empty.
    /// - Complexity: O(*n*) where a bound decides.
    public static func contactedLeaveLess(_ rates: TwoRates, level: Double) -> Bool {
        let customers = rates.contacted + rates.heldOut
        guard rates.contacted > 0, rates.heldOut > 0 else { return false }
        let fisher = fisher(rates)
        if fisher <= level { return true }
        guard customers <= mostForBoschloo else { return false }
        let rate = Double(rates.contactedLeft + rates.heldOutLeft) / Double(customers)
        let region = BoschlooRegion(rates, fisher: fisher)
        if rate > 0, rate < 1, region.size(rate) > level { return false }
        return largestSize(region) <= level
    }

    private static func largestSize(_ region: BoschlooRegion) -> Double {
        // Denser towards 0 and 1, where the chance may have narrow peaks.
        let count = 200
        let grid = (1 ..< count).map {
            0.5 - 0.5 * Elementary.cosine(.pi * Double($0) / Double(count))
        }
        let sizes = grid.map(region.size)
        var most = sizes.max() ?? 1
        for place in sizes.indices where sizes[place] >= 0.97 * most {
            let low = place > 0 ? grid[place - 1] : 0
            let high = place + 1 < grid.count ? grid[place + 1] : 1
            most = max(most, peak(of: region.size, from: low, to: high))
        }
        return most
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
