/// Bounds that next month's customers meet and typing mistakes don't.
package enum RangeRule {
    /// Bounds around the observed values: as much room again as the observed span on each side,
    /// rounded outwards to two significant digits; 0 is kept as a bound where no value crosses it.
    package static func bounds(
        minimum: Double,
        maximum: Double
    ) -> (minimum: Double, maximum: Double)? {
        let span = maximum > minimum ? maximum - minimum : max(1, abs(maximum))
        let lower = minimum >= 0 ? 0 : -roundedUp(span - minimum)
        let upper = maximum <= 0 && minimum < 0 ? 0 : roundedUp(maximum + span)
        guard lower.isFinite, upper.isFinite else { return nil }
        return (lower, upper)
    }

    /// The next number of two significant digits that is not below a positive value.
    private static func roundedUp(_ value: Double) -> Double {
        // A power of ten is exact up to 10²², and division by it rounds to the decimal that is meant.
        var exponent = 0
        var scaled = value
        while scaled >= 100, exponent < 300 {
            exponent += 1
            scaled = value / power(exponent)
        }
        while scaled < 10, exponent > -300 {
            exponent -= 1
            scaled = value * power(-exponent)
        }
        let digits = scaled.rounded(.up)
        return exponent >= 0 ? digits * power(exponent) : digits / power(-exponent)
    }

    private static func power(_ exponent: Int) -> Double {
        (0 ..< exponent).reduce(1) { value, _ in value * 10 }
    }
}
