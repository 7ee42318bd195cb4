private import Evaluation
private import Kernels

/// How surely a difference between contacted and held-out customers shows: the z-test of two proportions, two-sided at 5 %.
///
/// The null hypothesis pools the shares, the alternative does not (Fleiss, Levin and Paik, "Statistical Methods for Rates and
/// Proportions", 3rd edition, section 4.2).
public enum HoldOutPower {
    /// The chance that the test shows the difference.
    ///
    /// - Parameters:
    ///   - untreated: Share of held-out customers who leave, in 0...1.
    ///   - treated: Share of contacted customers who leave, in 0...1.
    ///   - heldOut: How many are held out, at least 1.
    ///   - contacted: How many are contacted, at least 1.
    /// - Returns: In 0...1.
    public static func power(
        untreated: Double,
        treated: Double,
        heldOut: Int,
        contacted: Int
    ) -> Double {
        let (control, contact) = (Double(heldOut), Double(contacted))
        let pooled = (control * untreated + contact * treated) / (control + contact)
        let null = (pooled * (1 - pooled) * (1 / control + 1 / contact)).squareRoot()
        let other =
            (untreated * (1 - untreated) / control + treated * (1 - treated) / contact)
            .squareRoot()
        let distance = abs(untreated - treated) - normalDistance(withChance: 0.05) * null
        guard other > 0 else { return distance > 0 ? 1 : 0 }
        return Elementary.normalCumulative(distance / other)
    }

    /// The fewest to hold out of a list so that a difference shows.
    ///
    /// - Parameters:
    ///   - untreated: Share of held-out customers who leave.
    ///   - treated: Share of contacted customers who leave.
    ///   - list: How many customers there are to divide.
    ///   - chance: That it shows.
    /// - Returns: At least 2 and at most half the list; nil where half the list is too few.
    /// - Complexity: O(log list).
    public static func fewest(
        untreated: Double,
        treated: Double,
        list: Int,
        chance: Double = 0.8
    ) -> Int? {
        func isEnough(_ heldOut: Int) -> Bool {
            power(
                untreated: untreated,
                treated: treated,
                heldOut: heldOut,
                contacted: list - heldOut
            ) >= chance
        }
        var (low, high) = (2, list / 2)
        guard low <= high, isEnough(high) else { return nil }
        while low < high {
            let middle = low + (high - low) / 2
            if isEnough(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// The smallest fall in the share who leave that shows with a chance; nil where not even a fall to 0 does.
    ///
    /// - Parameters:
    ///   - untreated: Share of held-out customers who leave.
    ///   - heldOut: How many are held out, at least 1.
    ///   - contacted: How many are contacted, at least 1.
    ///   - chance: That it shows.
    /// - Returns: In 0...`untreated`.
    public static func detectable(
        untreated: Double,
        heldOut: Int,
        contacted: Int,
        chance: Double = 0.8
    ) -> Double? {
        func shows(_ fall: Double) -> Bool {
            power(
                untreated: untreated,
                treated: untreated - fall,
                heldOut: heldOut,
                contacted: contacted
            ) >= chance
        }
        guard shows(untreated) else { return nil }
        var (low, high) = (0.0, untreated)
        while high - low > 1e-9 * untreated {
            let middle = low + (high - low) / 2
            if shows(middle) { high = middle } else { low = middle }
        }
        return high
    }
}
