import Output

/// The meaning of a column as its fields suggest it, and why.
struct ColumnInference {
    var column: ColumnSchema
    /// Why the column has its role or type, for a person; empty where the type says it all.
    var reason: String
    /// What to do where the column stays out of the model though it may be useful; empty for others.
    var advice = ""
    /// True where the value can name a customer: at least 99 % of the rows have their own.
    var namesCustomer = false
    /// True where the value only counts the rows.
    var isCounter = false
    /// What the dates are, where it has dates.
    var dates: DateInference?
    /// Why they can't be read, where that is in doubt.
    var ambiguity: DateAmbiguity?

    /// Infers the schema of a column that is not the target.
    ///
    /// - Parameters:
    ///   - profile: What stands in it.
    ///   - labels: Whether the customer of each row left; nil where that is not known. Empty without a target.
    ///   - dateForm: How a person says that its dates are written; nil to find out.
    init(_ profile: ColumnContent, labels: [Bool?] = [], dateForm: DateForm? = nil) {
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
        let dates = DateInference.find(in: profile, given: dateForm)
        if case .dates(let found) = dates {
            take(found, profile)
            return
        }
        if case .ambiguous(let found) = dates, profile.distinctCount > 1 { ambiguity = found }
        if profile.distinctCount == 1, profile.nullCount == 0 {
            column.role = .constant
            let value = profile.texts.first?.text ?? numberText(profile.distinctNumbers[0])
            reason = "every row has the value \(quoted(value))"
        } else if let levels = profile.levels,
            let meaning = BooleanWords.meaning(of: levels.map(\.text))
        {
            column.type = .boolean(no: meaning.no, yes: meaning.yes)
        } else if Self.readsAsNumbers(profile) {
            inferNumber(profile, labels)
        } else {
            inferLevels(profile)
        }
        if case .hint(let hint) = dates { reason += (reason.isEmpty ? "" : "; ") + hint }
        if column.role != .feature { column.nulls = .error }
    }

    /// Numbers throughout, or but for a few fields that are mistakes rather than levels.
    private static func readsAsNumbers(_ profile: ColumnContent) -> Bool {
        guard !profile.hasLeadingZeros else { return false }
        if profile.textCount == 0 { return true }
        return profile.distinctNumbers.count > ColumnContent.fewNumbers
            && ColumnContent.areNumbers(profile.numbers.count, texts: profile.textCount)
    }

    private mutating func inferNumber(_ profile: ColumnContent, _ labels: [Bool?]) {
        if profile.textCount > 0, let line = profile.firstTextLine {
            reason =
                profile.textCount == 1
                ? "1 field is no number, on line \(line)"
                : "\(countText(profile.textCount)) fields are no numbers, the first on line \(line)"
            if profile.texts.count == 1 {
                reason += "; add \(quoted(profile.texts[0].text)) to null_values if it means empty"
            }
        }
        if profile.isWhole, isIdentifier(profile, labels) { return }
        if let extremes = NumberExtremes(profile.numbers), reason.isEmpty {
            let ordinary = extremes.ordinary
            reason =
                "\(countText(extremes.count)) \(extremes.count == 1 ? "value is" : "values are") far beyond the others, "
                + "\(numberText(ordinary.lowerBound)) to \(numberText(ordinary.upperBound)): they count as the nearest of "
                + "them, and as beyond; if they mean empty, leave the fields empty"
        }
        let bounds = RangeRule.bounds(
            minimum: profile.distinctNumbers[0],
            maximum: profile.distinctNumbers[profile.distinctNumbers.count - 1]
        )
        column.type = .number(minimum: bounds?.minimum, maximum: bounds?.maximum)
    }

    /// Whether whole numbers name customers, which then the column says of itself.
    private mutating func isIdentifier(_ profile: ColumnContent, _ labels: [Bool?]) -> Bool {
        let rule = IdentifierRule(
            name: profile.name,
            numbers: profile.numbers,
            distinct: profile.distinctNumbers
        )
        switch rule.finding(tellsTarget: { profile.tellsTarget(labels) }) {
        case .quantity:
            // Neither its name nor its values decide: a person may know.
            let isLong = profile.distinctNumbers.first.map { $0 >= 100_000 } ?? false
            if isLong, profile.distinctCount * 100 >= profile.filledCount * 99,
                !ColumnName(profile.name).isQuantity
            {
                reason = "hardly repeats; if it only names customers, give it role: identifier"
            }
            return false
        case .telling:
            reason =
                "hardly repeats, as identifiers do, but tells who leaves; if it only names customers, "
                + "give it role: identifier"
            return false
        case .identifier(let kind):
            column.role = .identifier
            column.type = .number(minimum: nil, maximum: nil)
            namesCustomer = profile.distinctCount * 100 >= profile.rowCount * 99
            isCounter = kind == .counter
            reason = isCounter ? "counts the rows" : Self.uniqueness(profile)
            if [.unique, .digits, .steps].contains(kind) {
                advice =
                    "its values never meet, so they seem to name customers; if they measure something, "
                    + "give it role: feature in retain.yaml"
            }
            return true
        }
    }

    private mutating func inferLevels(_ profile: ColumnContent) {
        switch LevelList(profile) {
        case .names(let unique):
            column.role = .identifier
            namesCustomer = unique
            reason =
                unique
                ? Self.uniqueness(profile)
                : "\(countText(profile.distinctCount)) names, which tell nothing of other customers"
        case .tooRare:
            column.role = .ignored
            reason = "\(countText(profile.distinctCount)) texts, hardly any of which occurs again"
            advice =
                "a model can learn nothing from texts that don't repeat; if they are of some kinds, "
                + "write the kind into a column of its own"
        case .all(let levels):
            column.type = .levels(levels.map(\.text))
            // Next month brings a level that nobody has seen yet; that is no reason to leave its customers without a score.
            column.unseen = .other
            // Levels that were seen once announce others that were never seen (Good-Turing).
            if levels.count > 2, levels.contains(where: { $0.count == 1 }) {
                reason = "some levels occur once, so new ones are to be expected"
            }
        case .frequent(let levels, let least):
            column.type = .levels(levels)
            column.unseen = .other
            reason =
                "the \(countText(levels.count)) of \(countText(profile.distinctCount)) levels that occur at least "
                + "\(least) times; the others count as one (unseen: other)"
        }
        mentionNumbers(profile)
    }

    /// Says that a column is not read as numbers though most of its fields are.
    private mutating func mentionNumbers(_ profile: ColumnContent) {
        guard !profile.hasLeadingZeros, profile.numbers.count * 2 >= profile.filledCount,
            profile.distinctNumbers.count > ColumnContent.fewNumbers,
            let word = profile.texts.max(by: { $0.count < $1.count })?.text
        else { return }
        let share = percentText(Double(profile.numbers.count) / Double(profile.filledCount))
        advice =
            "\(share) of its fields are numbers, the others words such as \(quoted(word)); add the words that "
            + "mean empty to null_values in retain.yaml, and give it type: number"
    }

    private static func uniqueness(_ profile: ColumnContent) -> String {
        let count = countText(profile.distinctCount)
        return profile.distinctCount == profile.rowCount
            ? "a value of its own in every row"
            : "\(count) values in \(countText(profile.rowCount)) rows"
    }
}
