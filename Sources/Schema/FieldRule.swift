/// What the fields of one column must be, and what to say of one that isn't.
package struct FieldRule: Sendable {
    package let column: ColumnSchema
    let nulls: NullWords
    let decimalComma: Bool

    package init(_ column: ColumnSchema, nullValues: [String]) {
        self.init(column: column, nulls: NullWords(nullValues), decimalComma: false)
    }

    init(column: ColumnSchema, nulls: NullWords, decimalComma: Bool) {
        self.column = column
        self.nulls = nulls
        self.decimalComma = decimalComma
    }

    /// What a field turns out to be on the slow path.
    package enum Outcome: Sendable {
        case number(Double)
        case level(Int)
        case null
        case violation(String)
    }

    /// The levels that fields are coded by; empty for numbers.
    package var levels: [String] { column.type.listed }

    /// Reads one field that the fast path could not, with all the leniency there is.
    package func read(_ text: String) -> Outcome {
        // A listed level wins over a null value: whoever lists "None" means it.
        if let code = levels.firstIndex(where: { ExactText($0) == ExactText(text) }) {
            return .level(code)
        }
        if nulls.contains(text) {
            return column.nulls == .impute ? .null : .violation(emptyRule)
        }
        switch column.type {
        case .number(let minimum, let maximum):
            guard let value = number(in: text, decimalComma: decimalComma) else {
                let empty = column.nulls == .impute ? " or leave it empty" : ""
                return .violation("is not a number; write a number\(empty)")
            }
            if let minimum, value < minimum {
                return .violation(rangeRule("below the minimum", minimum, "minimum"))
            }
            if let maximum, value > maximum {
                return .violation(rangeRule("above the maximum", maximum, "maximum"))
            }
            return .number(value)
        case .boolean(let no, let yes):
            // Data frames turn 0 and 1 into 0.0 and 1.0 once a column holds an empty field.
            if let value = Double(text),
                let code = levels.firstIndex(where: { Double($0) == value })
            {
                return .level(code)
            }
            return .violation("is neither \(quoted(no)) nor \(quoted(yes)); write one of them")
        case .levels(let levels):
            if column.unseen == .other { return .level(-2) }
            let near = nearestName(to: text, in: levels)
            let help =
                near.map { "did you mean \(quoted($0))?" } ?? "it is one of \(listed(levels))"
            return .violation(
                "is not a level of this column; \(help) (unseen: other accepts new levels)"
            )
        case .text: return .null
        }
    }

    private var emptyRule: String {
        column.role == .target
            ? "is empty; a row without a target can't be learnt from, remove it or fill it in"
            : "is empty; fill it in, or accept empty fields with nulls: impute"
    }

    private func rangeRule(_ relation: String, _ bound: Double, _ key: String) -> String {
        "is \(relation) \(numberText(bound)); correct it, or change \(key) if it is right"
    }
}
