import Output
import Schema

/// What a customer is in requests.
struct CustomerDescription: Sendable {
    let features: [ColumnSchema]
    /// Texts that count as an empty field in any column.
    private let nullValues: [String]
    let identifier: String?
    let target: String
    /// The field that says from which day dates are counted back; nil where no feature is a date.
    let asOf: String?
    /// The column that says the same of each customer.
    let reference: String?

    init(_ schema: Schema) {
        features = schema.givenFeatures
        nullValues = schema.nullValues
        identifier = schema.identifier
        target = schema.target.column
        let names = schema.columns.map(\.name)
        asOf = schema.hasDates && !names.contains("as_of") ? "as_of" : nil
        reference = schema.hasDates ? schema.dates?.column : nil
    }

    /// JSON Schema of one customer.
    var schema: JSONValue {
        var properties = features.map { ($0.name, self.schema(of: $0)) }
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
        let dates = [
            (reference, "The day from which the customer's dates are counted back."),
            (
                asOf,
                "The day from which the customer's dates are counted back, as 2023-10-31; by default the day of the request in UTC."
            ),
        ]
        for (name, text) in dates {
            guard let name else { continue }
            let type: JSONValue = ["string", "number", "null"]
            properties.append((name, ["type": type, "description": .string(text)]))
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
            // Nobody writes an example of a thousand columns.
            guard case .level(let levels) = feature.type.coding, levels.count <= 100 else {
                continue
            }
            let fields = levels.enumerated().map { code, level in
                "\(feature.name)_\(level): \(code == 0 ? 1 : 0)"
            }
            return (feature.name, fields.joined(separator: ", "))
        }
        return nil
    }

    /// A customer in the middle of all ranges.
    var example: JSONValue {
        .object(features.map { ($0.name, JSONValue($0.requestField.example)) })
    }

    private func schema(of column: ColumnSchema) -> JSONValue {
        let known = JSONValue(column.requestField)
        guard column.nulls == .impute else {
            guard case .level = column.type.coding, column.unseen == .other else { return known }
            // Any level may come, but none that means that there is none.
            let filled = known.with(["pattern": "\\S"])
            let empty = nullValues.map { JSONValue.string($0) }
            return empty.isEmpty ? filled : filled.with(["not": ["enum": .array(empty)]])
        }
        return ["anyOf": [known, ["type": "null"]], "description": "May be missing or null."]
    }
}

extension JSONValue {
    /// JSON Schema of a field.
    fileprivate init(_ field: RequestField) {
        var members: [(String, JSONValue)] = []
        if let type = field.type { members.append(("type", .string(type))) }
        if let minimum = field.minimum { members.append(("minimum", .number(minimum))) }
        if let maximum = field.maximum { members.append(("maximum", .number(maximum))) }
        for (name, values) in [("enum", field.allowed), ("examples", field.examples)]
        where !values.isEmpty {
            members.append((name, .array(values.map(JSONValue.init))))
        }
        if let note = field.note { members.append(("description", .string(note))) }
        self = .object(members)
    }

    init(_ literal: RequestField.Literal) {
        self =
            switch literal {
            case .number(let value): .number(value)
            case .text(let text): .string(text)
            case .truth(let isTrue): .truth(isTrue)
            }
    }
}
