/// Tells whole numbers that name a customer from whole numbers that measure one.
///
/// A quantity of many digits hardly repeats either, so that length says little. What makes an identifier is its name, its
/// form, that values which would meet by chance don't, and then that it tells nothing of who leaves.
package struct IdentifierRule {
    /// Why the numbers of a column look like identifiers.
    package enum Reason: Equatable {
        /// Every row is one more than the row before.
        case counter
        /// The column's name says so.
        case name
        /// Every value ends in a check digit.
        case checkDigit
        /// The values are as many steps apart as the rows.
        case steps
        /// All or nearly all values differ where those of a quantity would meet.
        case unique
        /// All or nearly all values differ, have many digits, and as many each.
        case digits
    }

    /// What is found.
    package enum Finding: Equatable {
        case identifier(Reason)
        /// Its values look like identifiers, but tell who leaves.
        case telling
        case quantity
    }

    /// What the column is called.
    let name: ColumnName
    /// Whole numbers in the order of the file.
    let numbers: [Double]
    /// The distinct ones, ascending.
    let distinct: [Double]

    package init(name: String, numbers: [Double], distinct: [Double]) {
        self.name = ColumnName(name)
        self.numbers = numbers
        self.distinct = distinct
    }

    /// A value that fewer digits make is as likely a quantity as a name.
    private static let mostDigitsOfQuantities = 7

    /// What the column is.
    ///
    /// - Parameter tellsTarget: Whether who leaves depends on the values; asked only where it decides.
    /// - Returns: An identifier with the reason, or a quantity.
    /// - Complexity: O(rows), and what `tellsTarget` takes.
    package func finding(tellsTarget: () -> Bool) -> Finding {
        let count = numbers.count
        guard count > 1 else { return .quantity }
        if step == 1 { return .identifier(.counter) }
        if isNamed { return .identifier(.name) }
        guard (count - distinct.count) * 100 <= count, !name.isQuantity else { return .quantity }
        guard let reason = suspicion else { return .quantity }
        return tellsTarget() ? .telling : .identifier(reason)
    }

    /// The name says so, and the values allow it: a code that many rows share names no customer.
    private var isNamed: Bool {
        guard name.namesCustomer else { return false }
        if distinct.count * 2 >= numbers.count { return true }
        return name.namesThing && distinct.count > 20 && distinct.count * 100 >= numbers.count
    }

    private var suspicion: Reason? {
        if hasCheckDigits { return .checkDigit }
        if let step, step != 0 { return .steps }
        if isDense { return .unique }
        guard let least = distinct.first, let greatest = distinct.last else { return nil }
        let digits = Self.digits(least)
        return digits > Self.mostDigitsOfQuantities && digits == Self.digits(greatest)
            ? .digits : nil
    }

    /// What every row is more than the row before; nil where that differs, or rows are few.
    private var step: Double? {
        guard numbers.count >= 10 else { return nil }
        let step = numbers[1] - numbers[0]
        return zip(numbers, numbers.dropFirst()).allSatisfy { $1 - $0 == step } ? step : nil
    }

    /// Whether values of so narrow a range hardly meet.
    ///
    /// A measured quantity repeats by chance: *n* values in a range of *r* are expected to hold about n²/2r
    /// coincidences, more where the distribution is uneven (the birthday problem). Identifiers have none, a doubled
    /// customer aside.
    private var isDense: Bool {
        let count = Double(numbers.count)
        let range = (distinct.last ?? 0) - (distinct.first ?? 0) + 1
        let chance = count * count / (2 * range)
        return chance >= 5 && (count - Double(distinct.count)) * 10 <= chance
    }

    /// Luhn's check digit (ISO/IEC 7812), as cards, SIMs and many accounts have it; of other numbers a tenth has it.
    private var hasCheckDigits: Bool {
        guard distinct.count >= 20, let least = distinct.first, least >= 100_000,
            let greatest = distinct.last, greatest < 0x1p53
        else { return false }
        return distinct.allSatisfy { Self.isLuhn(UInt64($0)) }
    }

    private static func isLuhn(_ number: UInt64) -> Bool {
        var rest = number
        var sum: UInt64 = 0
        var isDoubled = false
        while rest > 0 {
            let digit = rest % 10
            sum += isDoubled ? (digit > 4 ? 2 * digit - 9 : 2 * digit) : digit
            isDoubled.toggle()
            rest /= 10
        }
        return sum % 10 == 0
    }

    /// Digits of a whole number; 0 for a negative one.
    private static func digits(_ value: Double) -> Int {
        guard value >= 0 else { return 0 }
        var power = 10.0
        var count = 1
        while power <= value {
            power *= 10
            count += 1
        }
        return count
    }
}
