import Schema

/// What a customer is in requests.
struct CustomerDescription: Sendable {
    let features: [ColumnSchema]
    let identifier: String?
    let target: String

    init(_ schema: Schema) {
        features = schema.features
        identifier = schema.identifier
        target = schema.target.column
    }

    /// JSON Schema of one customer.
    var schema: JSONValue {
        var properties = features.map { ($0.name, Self.schema(of: $0)) }
        if let identifier {
            let type: JSONValue = ["string", "integer", "null"]
            properties.append(
                (
                    identifier,
                    [
                        "type": type,
                        "description": "Names the customer, so that outcomes find the prediction.",
                    ]
                )
            )
        }
        let required = features.filter { $0.nulls == .error }.map { JSONValue.string($0.name) }
        return [
            "type": "object",
            "description":
                "One customer, by the raw names of the columns. Other fields are passed over.",
            "required": .array(required), "properties": .object(properties),
            "additionalProperties": true,
        ]
    }

    /// How one column with levels is written by one-hot encoders.
    private var encoded: (column: String, form: String)? {
        for feature in features {
            guard case .levels(let levels) = feature.type else { continue }
            let fields = levels.enumerated().map { code, level in
                "\(feature.name)_\(level): \(code == 0 ? 1 : 0)"
            }
            return (feature.name, fields.joined(separator: ", "))
        }
        return nil
    }

    /// A customer in the middle of all ranges.
    var example: JSONValue { .object(features.map { ($0.name, Self.value(of: $0)) }) }

    static func value(of column: ColumnSchema) -> JSONValue {
        switch column.type {
        case .number(let minimum, let maximum):
            let low = minimum ?? maximum.map { $0 - 1 } ?? 0
            let high = maximum ?? low + 1
            let middle = low + (high - low) / 2
            let whole = middle.rounded()
            return .number(low <= whole && whole <= high ? whole : middle)
        case .boolean(_, let yes): return literal(yes)
        case .levels(let levels): return .string(levels.first ?? "")
        case .text: return ""
        }
    }

    private static func schema(of column: ColumnSchema) -> JSONValue {
        let known: JSONValue
        switch column.type {
        case .number(let minimum, let maximum):
            var members: [(String, JSONValue)] = [("type", "number")]
            if let minimum { members.append(("minimum", .number(minimum))) }
            if let maximum { members.append(("maximum", .number(maximum))) }
            known = .object(members)
        case .boolean(let no, let yes):
            known = [
                "enum": [literal(no), literal(yes), false, true],
                "description": .string("\(no) means no, \(yes) means yes."),
            ]
        case .levels(let levels):
            let values = levels.map(JSONValue.string)
            known =
                column.unseen == .other
                ? [
                    "type": "string", "examples": .array(values),
                    "description": "Another level counts as none of the known ones.",
                ] : ["type": "string", "enum": .array(values)]
        case .text: known = ["type": "string"]
        }
        guard column.nulls == .impute else { return known }
        return ["anyOf": [known, ["type": "null"]], "description": "May be missing or null."]
    }

    /// A level as callers write it: a number where it is one.
    private static func literal(_ level: String) -> JSONValue {
        guard let value = Double(level), numberText(value) == level else { return .string(level) }
        return .number(value)
    }
}
