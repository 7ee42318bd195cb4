/// Tells whole numbers that name a customer from whole numbers that measure one.
package enum IdentifierRule {
    /// Why the numbers of a column look like identifiers.
    package enum Reason: Equatable {
        /// Every row is one more than the row before.
        case counter
        /// All or nearly all values differ.
        case unique
    }

    /// The reason to take the column for an identifier, or nil.
    ///
    /// A measured quantity repeats by chance: *n* values in a range of *r* are expected to hold about
    /// n²/2r coincidences, more where the distribution is uneven (the birthday problem). Identifiers
    /// have none, a doubled customer aside. Where the range is too wide for coincidences, an equal
    /// number of digits in every value, at least 6, gives identifiers away.
    ///
    /// - Parameters:
    ///   - numbers: Whole numbers in the order of the file.
    ///   - distinct: The distinct ones, ascending.
    /// - Returns: The reason, or nil for a quantity.
    package static func reason(numbers: [Double], distinct: [Double]) -> Reason? {
        let count = numbers.count
        guard let least = distinct.first, let greatest = distinct.last, count > 1 else {
            return nil
        }
        let repeats = count - distinct.count
        guard repeats * 100 <= count else { return nil }
        if count >= 10, zip(numbers, numbers.dropFirst()).allSatisfy({ $1 - $0 == 1 }) {
            return .counter
        }
        let chance = Double(count) * Double(count) / (2 * (greatest - least + 1))
        if chance >= 5, Double(repeats) * 10 <= chance { return .unique }
        if count >= 10, isStrictlyMonotone(numbers) { return .unique }
        return least >= 100_000 && digits(least) == digits(greatest) ? .unique : nil
    }

    private static func isStrictlyMonotone(_ numbers: [Double]) -> Bool {
        let pairs = zip(numbers, numbers.dropFirst())
        return pairs.allSatisfy { $0 < $1 } || pairs.allSatisfy { $0 > $1 }
    }

    private static func digits(_ value: Double) -> Int {
        var power = 10.0
        var count = 1
        while power <= value {
            power *= 10
            count += 1
        }
        return count
    }
}
