/// The widest gap between two empirical distribution functions, in whole numbers.
///
/// With i of n reference values and j of m current ones at or below a value, the gap there is
/// i / n − j / m = (i · m / g − j · n / g) / lcm(n, m), g being the greatest common divisor: so the
/// search is exact, and ties cannot be split by rounding.
package struct WidestGap: Equatable {
    /// What one reference value adds.
    package let rise: Int
    /// What one current value takes away.
    package let fall: Int
    /// The least common multiple of both counts, in which gaps are counted.
    package let unit: Int
    /// The widest so far; positive where the reference's function is above.
    package private(set) var gap = 0
    /// The smallest value at which it is reached; nil while there is none.
    package private(set) var location: Double?

    package init(referenceCount: Int, currentCount: Int) {
        var (divisor, rest) = (referenceCount, currentCount)
        while rest > 0 { (divisor, rest) = (rest, divisor % rest) }
        rise = currentCount / divisor
        fall = referenceCount / divisor
        unit = referenceCount * rise
    }

    /// The widest gap as a number from 0 to 1.
    package var statistic: Double { Double(gap.magnitude) / Double(unit) }

    /// Takes a gap into account; values come in rising order.
    mutating func note(_ found: Int, at value: Double) {
        guard found.magnitude > gap.magnitude else { return }
        gap = found
        location = value + 0
    }

    /// Goes through two ordered samples.
    ///
    /// - Complexity: O(*n* + *m*) in their distinct values.
    package mutating func merge(_ reference: OrderedSample, _ current: OrderedSample) {
        let (a, b) = (reference.distinct, current.distinct)
        var (i, j) = (0, 0)
        var (above, below) = (0, 0)
        while i < a.count || j < b.count {
            let value = j == b.count || i < a.count && a[i] <= b[j] ? a[i] : b[j]
            if i < a.count, a[i] == value {
                above = reference.ranks[i] * rise
                i += 1
            }
            if j < b.count, b[j] == value {
                below = current.ranks[j] * fall
                j += 1
            }
            note(above - below, at: value)
        }
    }

    /// Goes through two sorted samples, below which the gap is `start`.
    ///
    /// - Complexity: O(*n* + *m*).
    package mutating func merge(_ reference: [Double], _ current: [Double], start: Int = 0) {
        var (i, j, running) = (0, 0, start)
        while i < reference.count || j < current.count {
            let value = min(
                i < reference.count ? reference[i] : .infinity,
                j < current.count ? current[j] : .infinity
            )
            while i < reference.count, reference[i] == value {
                i += 1
                running += rise
            }
            while j < current.count, current[j] == value {
                j += 1
                running -= fall
            }
            note(running, at: value)
        }
    }
}
