import Schema

/// Puts the customers of a request together, field by field in any order.
///
/// `begin`, then `set` for each field, then `finish`, for each customer.
struct CustomerRowsBuilder {
    private(set) var result = CustomerRows()
    private let decoder: CustomerDecoder
    private var fields: [Field]
    private var unknown: [ArraySlice<UInt8>] = []
    /// Where the next field's name probably is.
    private var nextName = 0

    /// What is known of one feature of the present customer.
    private struct Field {
        var outcome: FieldRule.Outcome?
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
        result.isSingle = isSingle
        fields = decoder.rules.map { _ in Field() }
    }

    mutating func begin() {
        for number in fields.indices { fields[number] = Field() }
        if !unknown.isEmpty { unknown = [] }
        nextName = 0
        result.identifiers.append(nil)
    }

    /// Takes a field of the present customer; `value` is nil for what can't be a field, like a list.
    mutating func set(_ name: ArraySlice<UInt8>, to value: FieldValue?) {
        switch decoder.names.place(of: name, next: &nextName) {
        case .feature(let number):
            let outcome = decoder.read(value, as: number)
            if fields[number].outcome != nil { fields[number].isTwice = true }
            fields[number].outcome = named(outcome, value)
        case .encoded(let number, let code):
            set(encoded: number, code: code, to: value)
        case .identifier: result.identifiers[result.count - 1] = value?.text
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
        _ outcome: FieldRule.Outcome,
        _ value: FieldValue?
    ) -> FieldRule.Outcome {
        guard case .violation(let rule) = outcome, let text = value?.text, !text.isEmpty else {
            return outcome
        }
        return .violation("\"\(shortened(text))\" \(rule)")
    }

    mutating func finish() {
        for number in fields.indices {
            switch outcome(number) {
            case .number(let value): result.values.append(value)
            case .level(let code):
                if code < 0 { result.unseenCount += 1 }
                result.values.append(Double(code))
            case .null:
                result.nullCount += 1
                if case .levels = decoder.rules[number].column.type {
                    result.values.append(-1)
                } else {
                    result.values.append(.nan)
                }
            case .violation(let problem):
                result.values.append(.nan)
                add(problem, to: decoder.rules[number].column.name)
            }
        }
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

    private func outcome(_ number: Int) -> FieldRule.Outcome {
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
        case 1: return .level(field.code)
        case 0: return noneHot(field, rule)
        default: return .violation("has \(field.hot) encoded columns that are 1; only one may be")
        }
    }

    /// All encoded columns are 0: that is the first level, which one-hot encoding drops, where all others are given.
    private func noneHot(_ field: Field, _ rule: FieldRule) -> FieldRule.Outcome {
        guard field.encoded >= rule.levels.count - (field.hasBase ? 0 : 1) else {
            return .violation("lacks some of its encoded columns; give all, or the level itself")
        }
        guard field.hasBase else { return .level(0) }
        return rule.column.unseen == .other
            ? .level(-2) : .violation("has no encoded column that is 1; one must be")
    }

    private func missing(_ rule: FieldRule) -> FieldRule.Outcome {
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
