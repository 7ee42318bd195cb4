import Output
import Tabular

/// A number, within bounds where given; coded as itself.
struct NumberKind: ColumnKind {
    let minimum: Double?
    let maximum: Double?

    var type: ColumnType { .number(minimum: minimum, maximum: maximum) }
    var coding: Coding? { .number }

    static let help = "from minimum to maximum, each optional"

    var yaml: [(setting: String, comment: String)] {
        [("minimum", minimum), ("maximum", maximum)].compactMap { key, bound in
            bound.map { ("\(key): \(numberText($0))", "") }
        }
    }

    func encode(to fields: inout KeyedEncodingContainer<ColumnType.Key>) throws {
        try fields.encodeIfPresent(minimum, forKey: .minimum)
        try fields.encodeIfPresent(maximum, forKey: .maximum)
    }

    func read(_ text: String, by rule: FieldRule) -> FieldRule.Reading {
        guard let value = rule.numbers.read(text) else {
            // Next month's export may have another word for nothing.
            if rule.column.nulls == .impute, Placeholder.isOne(text) { return .null }
            let empty = rule.column.nulls == .impute ? " or leave it empty" : ""
            guard let form = rule.numbers.form, WrittenNumber(text) != nil else {
                return .violation("is not a number; write a number\(empty)")
            }
            return .violation(
                "is not written like \(form.example); write it so\(empty), or change format in retain.yaml"
            )
        }
        if let minimum, value < minimum {
            return beyond("below the minimum", minimum, "minimum", rule)
        }
        if let maximum, value > maximum {
            return beyond("above the maximum", maximum, "maximum", rule)
        }
        return .value(value)
    }

    private func beyond(
        _ relation: String,
        _ bound: Double,
        _ key: String,
        _ rule: FieldRule
    ) -> FieldRule.Reading {
        let what = "is \(relation) \(numberText(bound))"
        return switch rule.column.outside {
        case .bound: .bounded(bound, rule: "\(what) and counts as it")
        case .error: .violation("\(what); correct it, or change \(key) if it is right")
        }
    }

    func decode(
        _ batch: RecordBatch,
        column: Int,
        by rule: FieldRule,
        violations: inout [SchemaViolation]
    ) -> Column {
        var values = rule.numbers.numbers(batch, column: column)
        let least = minimum ?? -.greatestFiniteMagnitude
        let greatest = maximum ?? .greatestFiniteMagnitude
        // One pass without branches; NaN fails it too, so empty and wrong fields come along.
        var isFine = true
        for value in values { isFine = isFine && (value >= least) && (value <= greatest) }
        guard !isFine else { return .number(values) }
        for row in values.indices where !(values[row] >= least && values[row] <= greatest) {
            let outcome = rule.read(batch, row: row, column: column, violations: &violations)
            values[row] =
                switch outcome {
                case .value(let value), .bounded(let value, _): value
                case .null, .unlisted, .violation: .nan
                }
        }
        return .number(values)
    }

    var plainNumbers: ClosedRange<Double>? {
        let (least, greatest) = (
            minimum ?? -.greatestFiniteMagnitude, maximum ?? .greatestFiniteMagnitude
        )
        return least <= greatest ? least ... greatest : nil
    }

    func requestField(_ unseen: UnseenPolicy) -> RequestField {
        RequestField(
            type: "number",
            minimum: minimum,
            maximum: maximum,
            example: .number(example)
        )
    }

    var example: Double {
        let low = minimum ?? maximum.map { $0 - 1 } ?? 0
        let high = maximum ?? low + 1
        let middle = low + (high - low) / 2
        let whole = middle.rounded()
        return low <= whole && whole <= high ? whole : middle
    }

    func text(of value: Double) -> String { numberText(value) }

    var acceptingAll: ColumnType { .number(minimum: nil, maximum: nil) }
}

/// Apart from the properties, so that these can still be given one by one.
extension NumberKind {
    init(yaml: inout StrictMapping) throws(YAMLProblem) {
        minimum = try yaml.number("minimum")
        maximum = try yaml.number("maximum")
        if let minimum, let maximum, minimum > maximum {
            throw yaml.problem("maximum", "must not be below minimum")
        }
    }

    init(from fields: KeyedDecodingContainer<ColumnType.Key>) throws {
        minimum = try fields.decodeIfPresent(Double.self, forKey: .minimum)
        maximum = try fields.decodeIfPresent(Double.self, forKey: .maximum)
    }
}
