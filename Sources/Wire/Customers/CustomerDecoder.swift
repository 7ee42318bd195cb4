public import Schema

/// Reads customers out of requests, by the rules of a schema.
///
/// It holds only what decoding needs and never changes, so any number of threads may share it; a class, since every
/// request uses it, and copying a value of so many parts counts a reference to each.
///
/// ```swift
/// let decoder = CustomerDecoder(schema)
/// let customers = try decoder.customers(Array(#"{"Age": 41, "plan": "family"}"#.utf8))
/// for problem in customers.problems { print(problem) }
/// ```
public final class CustomerDecoder: Sendable {
    let rules: [FieldRule]
    let names: FieldNames
    /// The bounds of numbers, where nearly every value ends; nil for other features.
    private let bounds: [ClosedRange<Double>?]
    private let levels: [LevelNames]
    package let ordered: OrderedFields
    /// Reads what is counted back from dates; nil where no feature is a date.
    let dates: RequestDates?

    /// Prepares the rules of the schema's features.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - today: The day from which dates are counted back where a request does not say it.
    public init(_ schema: Schema, today: @escaping @Sendable () -> Day = { .today }) {
        dates = RequestDates(schema, today: today)
        rules = schema.features.map { FieldRule($0, nullValues: schema.nullValues) }
        names = FieldNames(schema)
        levels = rules.map { LevelNames($0.levels) }
        bounds = schema.features.map(\.type.plainNumbers)
        ordered = OrderedFields(schema.features.map(\.name), bounds, levels)
    }

    /// What a value means for a feature, by its place among the schema's features.
    func read(_ value: FieldValue?, as number: Int) -> FieldRule.Reading {
        switch value {
        case .number(let value, let text):
            if bounds[number]?.contains(value) == true { return .value(value) }
            if let code = levels[number].code(of: text.span) ?? levels[number].code(of: value) {
                return .value(Double(code))
            }
        case .text(let text):
            if let code = levels[number].code(of: text.span) { return .value(Double(code)) }
        case .truth, .null: break
        case nil: return .violation("is neither a number nor a text; write one of them")
        }
        return value.map(rules[number].read) ?? .null
    }

    /// Reads one customer (an object) or many (an array of objects).
    ///
    /// Fields that the schema does not know are passed over.
    ///
    /// - Returns: The customers, and all that is wrong with them.
    /// - Throws: `JSONError` where the text is no JSON.
    /// - Complexity: O(bytes + customers · features).
    public func customers(_ json: [UInt8]) throws(JSONError) -> CustomerRows {
        if let values = ordered.values(json.span) { return CustomerRows(single: values) }
        return try fieldByField(json)
    }

    /// The same from memory of any owner.
    public func customers(_ json: Span<UInt8>) throws(JSONError) -> CustomerRows {
        if let values = ordered.values(json) { return CustomerRows(single: values) }
        var copy: [UInt8] = []
        copy.reserveCapacity(json.count)
        for place in json.indices { copy.append(json[place]) }
        return try fieldByField(copy)
    }

    /// The same, however the fields are written.
    package func fieldByField(_ json: [UInt8]) throws(JSONError) -> CustomerRows {
        var reader = try JSONReader(json)
        let rows = try rows(&reader)
        try reader.end()
        return rows
    }

    /// Reads one customer or many where the reader stands.
    func rows(_ reader: inout JSONReader) throws(JSONError) -> CustomerRows {
        var rows: CustomerRowsBuilder
        switch try reader.kind() {
        case .object:
            rows = CustomerRowsBuilder(self, isSingle: true)
            try read(&reader, into: &rows)
        case .array:
            rows = CustomerRowsBuilder(self)
            try many(&reader, into: &rows)
        default:
            throw JSONError("one customer (an object) or many (an array) are expected", at: 0)
        }
        return rows.result
    }

    /// Reads an array of objects.
    func many(_ reader: inout JSONReader, into rows: inout CustomerRowsBuilder) throws(JSONError) {
        try reader.array { (reader) throws(JSONError) in
            guard try reader.kind() == .object else {
                try reader.skip()
                rows.begin()
                rows.add("is not an object of fields", to: nil)
                return
            }
            try read(&reader, into: &rows)
        }
    }

    private func read(
        _ reader: inout JSONReader,
        into rows: inout CustomerRowsBuilder
    ) throws(JSONError) {
        rows.begin()
        try reader.object { (name, reader) throws(JSONError) in
            rows.set(name.bytes, to: try reader.fieldValue())
        }
        rows.finish()
    }
}
