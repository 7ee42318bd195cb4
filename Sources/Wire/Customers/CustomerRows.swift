public import Schema
import Tabular

/// The customers of a request.
public struct CustomerRows: Sendable {
    /// Everything that breaks the schema, by customer and then by column of the schema.
    public internal(set) var problems: [FieldProblem] = []
    /// The identifier of each customer; nil where the request has none.
    public internal(set) var identifiers: [String?] = []
    /// Fields that were empty and are imputed.
    public internal(set) var nullCount = 0
    /// Fields with a level that is not listed and counts as none of the levels.
    public internal(set) var unseenCount = 0
    /// The day from which each customer's dates were counted back; empty where no feature is a date.
    public internal(set) var asOf: [Day] = []
    /// The numbers that are out of range and count as the nearest bound, by customer and then by column of the schema.
    public internal(set) var outside: [OutsideField] = []
    /// Whether the request is one customer and not a list.
    public internal(set) var isSingle = false
    /// The customers' features, in the order of the schema; not to be used where there are problems.
    public internal(set) var coded: CodedRows

    init(width: Int) { coded = CodedRows(width: width) }

    /// One customer, with whom all is well.
    init(single values: [Double]) {
        identifiers = [nil]
        isSingle = true
        coded = CodedRows(width: values.count, values: values)
    }

    /// Number of customers.
    public var count: Int { identifiers.count }
}

/// A number of a request that is out of range and counts as the nearest bound.
public struct OutsideField: Equatable, Sendable {
    /// Place of the customer in the request, from 0.
    public let index: Int
    /// Name of the column.
    public let field: String
}

/// Puts the customers of a request together, field by field in any order.
///
/// `begin`, then `set` for each field, then `finish`, for each customer.
struct CustomerRowsBuilder {
    private(set) var result: CustomerRows
    private let decoder: CustomerDecoder
    private var fields: [Field]
    private var unknown: [ArraySlice<UInt8>] = []
    /// Where the next field's name probably is.
    private var nextName = 0
    private var day = RequestDates.Given()
    /// What the request says of all customers' day from which dates are counted back.
    var asOf: FieldValue?

    /// What is known of one feature of the present customer.
    private struct Field {
        var outcome: FieldRule.Reading?
        /// Of a date, which can't be read before it is known what it is counted back from.
        var date: FieldValue?
        /// How many of its encoded columns were given, how many of them as 1, and the last of these.
        var encoded = 0
        var hot = 0
        var code = 0
        var hasBase = false
        var isTwice = false
    }

    /// Takes customers that may be one, and not a list.
    init(_ decoder: CustomerDecoder, isSingle: Bool = false) {
        self.decoder = decoder
        result = CustomerRows(width: decoder.rules.count)
        result.isSingle = isSingle
        fields = decoder.rules.map { _ in Field() }
    }

    mutating func begin() {
        for number in fields.indices { fields[number] = Field() }
        if !unknown.isEmpty { unknown = [] }
        nextName = 0
        day = RequestDates.Given()
        day.requestAsOf = asOf
        result.identifiers.append(nil)
    }

    /// Takes a field of the present customer; `value` is nil for what can't be a field, like a list.
    mutating func set(_ name: ArraySlice<UInt8>, to value: FieldValue?) {
        switch decoder.names.place(of: name, next: &nextName) {
        case .feature(let number):
            let isDate = value != nil && decoder.dates?.isDate[number] == true
            let outcome = isDate ? .null : decoder.read(value, as: number)
            if isDate { fields[number].date = value }
            if fields[number].outcome != nil { fields[number].isTwice = true }
            fields[number].outcome = named(outcome, value)
        case .encoded(let number, let code):
            set(encoded: number, code: code, to: value)
        case .identifier: result.identifiers[result.count - 1] = value?.text
        case .asOf: take(value, into: \.asOf)
        case .reference: take(value, into: \.reference)
        case .other: break
        case nil: unknown.append(name)
        }
    }

    private mutating func set(encoded number: Int, code: Int, to value: FieldValue?) {
        fields[number].encoded += 1
        if code == 0 { fields[number].hasBase = true }
        switch value {
        case .truth(true), .number(1, _):
            fields[number].hot += 1
            fields[number].code = code
        case .truth(false), .number(0, _): break
        default:
            let level = decoder.rules[number].levels[code]
            fields[number].outcome = .violation(
                "has an encoded column (\(level)) that is not 0 or 1"
            )
        }
    }

    /// A violation with the value that it speaks of.
    private func named(
        _ outcome: FieldRule.Reading,
        _ value: FieldValue?
    ) -> FieldRule.Reading {
        guard case .violation(let rule) = outcome, let text = value?.text, !text.isEmpty else {
            return outcome
        }
        return .violation("\"\(shortened(text))\" \(rule)")
    }

    private mutating func take(
        _ value: FieldValue?,
        into place: WritableKeyPath<RequestDates.Given, FieldValue?>
    ) {
        day[keyPath: place] = value
        if value == nil { day.isBroken = true }
    }

    /// Reads the customer's dates, now that all fields are there.
    private mutating func readDates() {
        guard let dates = decoder.dates else { return }
        let found = dates.day(day)
        if let problem = found.problem { add(problem.rule, to: problem.field) }
        result.asOf.append(found.day)
        for number in fields.indices {
            guard let value = fields[number].date else { continue }
            var rule = decoder.rules[number]
            rule.reference = found.day
            fields[number].outcome = named(rule.read(value), value)
        }
        for (number, date) in dates.derived where fields[number].outcome == nil {
            var rule = decoder.rules[number]
            rule.reference = found.day
            fields[number].outcome = fields[date].date.map(rule.read) ?? .null
        }
    }

    mutating func finish() {
        readDates()
        var row: [Double] = []
        row.reserveCapacity(fields.count)
        for number in fields.indices {
            switch outcome(number) {
            case .value(let value): row.append(value)
            case .bounded(let bound, _):
                let name = decoder.rules[number].column.name
                result.outside.append(OutsideField(index: result.count - 1, field: name))
                row.append(bound)
            case .null:
                result.nullCount += 1
                row.append(decoder.rules[number].null)
            case .unlisted:
                result.unseenCount += 1
                row.append(Double(LevelCode.unlisted))
            case .violation(let problem):
                row.append(decoder.rules[number].null)
                add(problem, to: decoder.rules[number].column.name)
            }
        }
        result.coded.append(row)
    }

    /// Takes customers whose fields stand column by column.
    mutating func append(_ columns: [(name: JSONText, values: [FieldValue?])], count: Int) {
        for row in 0 ..< count {
            begin()
            for (name, values) in columns { set(name.bytes, to: values[row]) }
            finish()
        }
    }

    /// Adds what is wrong with the present customer, or with one of its fields.
    mutating func add(_ problem: String, to field: String?) {
        result.problems.append(
            FieldProblem(
                index: result.isSingle ? nil : result.count - 1,
                field: field,
                problem: problem
            )
        )
    }

    private func outcome(_ number: Int) -> FieldRule.Reading {
        let field = fields[number]
        if field.encoded == 0, !field.isTwice, let outcome = field.outcome { return outcome }
        let rule = decoder.rules[number]
        guard !field.isTwice else { return .violation("is given more than once; give it once") }
        guard field.encoded > 0 else { return missing(rule) }
        if let outcome = field.outcome {
            guard case .violation = outcome else {
                return .violation("is given both as it is and encoded; leave one of them out")
            }
            return outcome
        }
        switch field.hot {
        case 1: return .value(Double(field.code))
        case 0: return noneHot(field, rule)
        default: return .violation("has \(field.hot) encoded columns that are 1; only one may be")
        }
    }

    /// All encoded columns are 0: that is the first level, which one-hot encoding drops, where all others are given.
    private func noneHot(_ field: Field, _ rule: FieldRule) -> FieldRule.Reading {
        guard field.encoded >= rule.levels.count - (field.hasBase ? 0 : 1) else {
            return .violation("lacks some of its encoded columns; give all, or the level itself")
        }
        guard field.hasBase else { return .value(0) }
        return rule.column.unseen == .other
            ? .unlisted : .violation("has no encoded column that is 1; one must be")
    }

    private func missing(_ rule: FieldRule) -> FieldRule.Reading {
        if rule.column.nulls == .impute { return .null }
        let given = unknown.map { String(decoding: $0, as: UTF8.self) }
        let near = nearestName(to: rule.column.name, in: given)
        return .violation(
            "is missing" + (near.map { "; is \"\(shortened($0))\" meant?" } ?? "; add it")
        )
    }
}

extension FieldValue {
    /// As a file would have it; empty for null.
    fileprivate var text: String {
        switch self {
        case .number(_, let text), .text(let text): String(decoding: text, as: UTF8.self)
        case .truth(let isTrue): isTrue ? "true" : "false"
        case .null: ""
        }
    }
}
