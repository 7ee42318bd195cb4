import Output
import Tabular

/// A place in the year or the week, derived from a column of dates; coded as a number from −1 to 1.
struct CycleKind: ColumnKind {
    let part: DateCycle
    /// The column of dates.
    let source: String
    /// How its dates are written.
    let form: DateForm

    var type: ColumnType { .cycle(part, of: source, form) }
    var coding: Coding? { .number }

    static let help =
        "month_sin and month_cos, or weekday_sin and weekday_cos, of the dates of another column"

    var yaml: [(setting: String, comment: String)] {
        [("of: \(YAMLText.scalar(source))", ""), ("part: \(part.rawValue)", "")]
    }

    func encode(to fields: inout KeyedEncodingContainer<ColumnType.Key>) throws {
        try fields.encode(part, forKey: .part)
        try fields.encode(source, forKey: .source)
        try fields.encode(form, forKey: .form)
    }

    /// What is no date is refused by the column of dates itself.
    func read(_ text: String, by rule: FieldRule) -> FieldRule.Reading {
        if let value = written(text) { return .value(value) }
        switch form.read(text) {
        case .day(let day): return .value(part.value(on: day))
        case .never: return .null
        case nil:
            guard let age = DateKind.duration(text.trimmed), let reference = rule.reference else {
                return .null
            }
            return .value(value(age, before: reference))
        }
    }

    /// Days as requests may give them; without a day to count from the value itself, under the column's own name.
    func read(number: Double, _ text: String, by rule: FieldRule) -> FieldRule.Reading {
        guard let reference = rule.reference else {
            return abs(number) <= 1 ? .value(number) : .null
        }
        guard form.isText, abs(number) <= DateKind.mostDays else { return read(text, by: rule) }
        return .value(value(number, before: reference))
    }

    /// An age of months leads to the first day of one.
    private func value(_ age: Double, before reference: Day) -> Double {
        let start = form == .month ? reference.monthStart : reference
        return part.value(on: Day(number: start.number - Int(age.rounded())))
    }

    func decode(
        _ batch: RecordBatch,
        column: Int,
        by rule: FieldRule,
        violations: inout [SchemaViolation]
    ) -> Column {
        var rule = rule
        return .number(
            (0 ..< batch.rowCount).map { row in
                if !rule.references.isEmpty { rule.reference = rule.references[row] }
                let text = batch.text(row: row, column: column)
                if !rule.nulls.contains(text), case .value(let value) = read(text, by: rule) {
                    return value
                }
                return .nan
            }
        )
    }

    func requestField(_ unseen: UnseenPolicy) -> RequestField {
        RequestField(type: "number", minimum: -1, maximum: 1, example: .number(1))
    }

    var example: Double { 1 }

    /// Told apart from any date, so that it is read as itself again.
    func text(of value: Double) -> String { "\(part.rawValue) \(numberText(value))" }

    private func written(_ text: String) -> Double? {
        guard text.hasPrefix(part.rawValue + " "),
            let value = number(
                in: String(text.dropFirst(part.rawValue.count + 1)),
                decimalComma: false
            ), abs(value) <= 1
        else { return nil }
        return value
    }
}

extension CycleKind {
    /// The form is that of the column of dates, which is known when all columns are read.
    init(yaml: inout StrictMapping) throws(YAMLProblem) {
        source = try yaml.required("of", try yaml.text("of"))
        part = try yaml.required("part", try yaml.choice("part", DateCycle.self))
        form = .iso
    }

    init(from fields: KeyedDecodingContainer<ColumnType.Key>) throws {
        part = try fields.decode(DateCycle.self, forKey: .part)
        source = try fields.decode(String.self, forKey: .source)
        form = try fields.decode(DateForm.self, forKey: .form)
    }
}
