/// The meaning of a column as its fields suggest it, and why.
struct ColumnInference {
    var column: ColumnSchema
    /// Why the column has its role or type, for a person; empty where the type says it all.
    var reason: String
    /// True where the value can name a customer: at least 99 % of the rows have their own.
    var namesCustomer = false
    /// True where the value only counts the rows.
    var isCounter = false

    /// Infers the schema of a column that is not the target.
    init(_ profile: ColumnProfile) {
        let name = profile.name
        guard profile.distinctCount > 0 else {
            column = ColumnSchema(name: name, role: .constant, type: .text)
            reason = "every field is empty"
            return
        }
        column = ColumnSchema(
            name: name,
            role: .feature,
            type: .text,
            nulls: profile.nullCount > 0 ? .impute : .error
        )
        reason = ""
        if profile.distinctCount == 1, profile.nullCount == 0 {
            column.role = .constant
            let value = profile.texts.first?.text ?? numberText(profile.distinctNumbers[0])
            reason = "every row has the value \(quoted(value))"
        } else if let levels = profile.levels,
            let meaning = BooleanWords.meaning(of: levels.map(\.text))
        {
            column.type = .boolean(no: meaning.no, yes: meaning.yes)
        } else if Self.readsAsNumbers(profile) {
            inferNumber(profile)
        } else {
            inferLevels(profile)
        }
        if column.role != .feature { column.nulls = .error }
    }

    /// Numbers throughout, or but for a few fields that are mistakes rather than levels.
    private static func readsAsNumbers(_ profile: ColumnProfile) -> Bool {
        guard !profile.hasLeadingZeros else { return false }
        if profile.textCount == 0 { return true }
        return profile.distinctNumbers.count > ColumnProfile.fewNumbers
            && profile.textCount * 10 <= profile.filledCount
    }

    private mutating func inferNumber(_ profile: ColumnProfile) {
        if profile.textCount > 0, let line = profile.firstTextLine {
            reason =
                profile.textCount == 1
                ? "1 field is no number, on line \(line)"
                : "\(countText(profile.textCount)) fields are no numbers, the first on line \(line)"
            if profile.texts.count == 1 {
                reason += "; add \(quoted(profile.texts[0].text)) to null_values if it means empty"
            }
        }
        if profile.isWhole,
            let kind = IdentifierRule.reason(
                numbers: profile.numbers,
                distinct: profile.distinctNumbers
            )
        {
            column.role = .identifier
            column.type = .number(minimum: nil, maximum: nil)
            namesCustomer = profile.distinctCount * 100 >= profile.rowCount * 99
            isCounter = kind == .counter
            reason = isCounter ? "counts the rows" : Self.uniqueness(profile)
            return
        }
        let bounds = RangeRule.bounds(
            minimum: profile.distinctNumbers[0],
            maximum: profile.distinctNumbers[profile.distinctNumbers.count - 1]
        )
        column.type = .number(minimum: bounds?.minimum, maximum: bounds?.maximum)
    }

    /// At most so many levels are worth a column each.
    private static let mostLevels = 100

    private mutating func inferLevels(_ profile: ColumnProfile) {
        let count = profile.distinctCount
        let unique = count == profile.filledCount && count >= 10
        // Each level wants to be seen five times on average to be more than a name.
        let fits = count <= 10 || (count <= Self.mostLevels && count * 5 <= profile.filledCount)
        guard !unique, fits, let levels = profile.levels else {
            column.role = .identifier
            namesCustomer = count * 100 >= profile.rowCount * 99
            reason =
                namesCustomer
                ? Self.uniqueness(profile) : "\(countText(count)) texts, too many for levels"
            return
        }
        column.type = .levels(levels.map(\.text))
        // Levels that were seen once announce others that were never seen (Good-Turing).
        if levels.count > 2, levels.contains(where: { $0.count == 1 }) {
            column.unseen = .other
            reason = "some levels occur once, so new ones are to be expected"
        }
    }

    private static func uniqueness(_ profile: ColumnProfile) -> String {
        let count = countText(profile.distinctCount)
        return profile.distinctCount == profile.rowCount
            ? "a value of its own in every row"
            : "\(count) values in \(countText(profile.rowCount)) rows"
    }
}
