import Output
import Tabular

/// A date; coded as its age, in days before the day that is counted back from.
///
/// So everything behind the code sees a number that means the same next month: networks, trees and graphs, drift, and
/// the record of predictions.
struct DateKind: ColumnKind {
    let form: DateForm
    /// Whether dates may lie after the day that is counted back from, as the end of a contract does.
    let mayBeAhead: Bool

    var type: ColumnType { .date(form, mayBeAhead: mayBeAhead) }
    var coding: Coding? { .number }

    static let help = "counted in days before the reference date; form says how it is written"

    var yaml: [(setting: String, comment: String)] {
        [("form: \(form.rawValue)", "as \(form.example)")]
            + (mayBeAhead ? [("future: allowed", "")] : [])
    }

    func encode(to fields: inout KeyedEncodingContainer<ColumnType.Key>) throws {
        try fields.encode(form, forKey: .form)
        if mayBeAhead { try fields.encode(true, forKey: .ahead) }
    }

    /// The greatest age that a number or a duration may tell: some 270 years.
    static let mostDays = 100_000.0

    func read(_ text: String, by rule: FieldRule) -> FieldRule.Reading {
        switch form.read(text) {
        case .day(let day):
            return .value(form.age(of: day, before: rule.reference ?? Self.epoch))
        case .never:
            return rule.column.nulls == .impute
                ? .null
                : .violation("stands for no date; correct it, or accept it with nulls: impute")
        case nil: break
        }
        if let days = Self.duration(text.trimmed) { return .value(days) }
        let empty = rule.column.nulls == .impute ? " or leave it empty" : ""
        return .violation(
            "is no date of the form \(form.rawValue); write it as \(form.example)\(empty)"
        )
    }

    /// Without a day to count back from, as where dates are only checked, ages mean nothing.
    private static let epoch = Day(number: 0)

    /// Requests may give days as they are, and tensors must; seconds can't be told from them.
    func read(number: Double, _ text: String, by rule: FieldRule) -> FieldRule.Reading {
        form.isText && abs(number) <= Self.mostDays ? .value(number) : read(text, by: rule)
    }

    /// `P412D`: so many days before the reference date, as ISO 8601 writes a duration; `-P3D` after it.
    static func duration(_ text: Substring) -> Double? {
        let isNegative = text.hasPrefix("-")
        let bytes = text.dropFirst(isNegative ? 1 : 0)
        guard bytes.hasPrefix("P"), bytes.hasSuffix("D"),
            let days = number(in: String(bytes.dropFirst().dropLast()), decimalComma: false),
            days >= 0, days <= mostDays
        else { return nil }
        return isNegative ? -days : days
    }

    func decode(
        _ batch: RecordBatch,
        column: Int,
        by rule: FieldRule,
        violations: inout [SchemaViolation]
    ) -> Column {
        var rule = rule
        var values = [Double](repeating: .nan, count: batch.rowCount)
        for row in values.indices {
            if !rule.references.isEmpty {
                // The row itself is refused where it does not tell its day.
                guard let day = rule.references[row] else { continue }
                rule.reference = day
            }
            if let value = fast(batch.text(row: row, column: column), rule) {
                values[row] = value
                continue
            }
            let outcome = rule.read(batch, row: row, column: column, violations: &violations)
            if case .value(let value) = outcome { values[row] = value }
        }
        return .number(values)
    }

    /// The age of a date that is one at first sight, whatever words count as nothing.
    private func fast(_ text: String, _ rule: FieldRule) -> Double? {
        guard form.isText, case .day(let day) = form.read(text) else { return nil }
        return form.age(of: day, before: rule.reference ?? Self.epoch)
    }

    func requestField(_ unseen: UnseenPolicy) -> RequestField {
        let days = form.isText ? "or the number of days before as_of, " : ""
        return RequestField(
            note:
                "A date like \(form.example), \(days)or these as P30D. Dates are counted back from "
                + "the field as_of, else from the day of the request in UTC.",
            example: .text(form.example)
        )
    }

    var example: Double { 365 }

    func text(of value: Double) -> String {
        let days = numberText(abs(value))
        return value < 0 ? "-P\(days)D" : "P\(days)D"
    }

    var acceptingAll: ColumnType { type }
}

/// What `future:` may say.
private enum AheadPermission: String, CaseIterable {
    case allowed
}

extension DateKind {
    init(yaml: inout StrictMapping) throws(YAMLProblem) {
        form = try yaml.choice("form", DateForm.self) ?? .iso
        mayBeAhead = try yaml.choice("future", AheadPermission.self) == .allowed
    }

    init(from fields: KeyedDecodingContainer<ColumnType.Key>) throws {
        form = try fields.decode(DateForm.self, forKey: .form)
        mayBeAhead = try fields.decodeIfPresent(Bool.self, forKey: .ahead) ?? false
    }
}
