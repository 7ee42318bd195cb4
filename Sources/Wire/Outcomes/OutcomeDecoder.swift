public import Schema

/// Reads outcomes out of requests to `/outcomes`.
public struct OutcomeDecoder: Sendable {
    private let target: Schema.Target

    /// Takes the words for yes and no from a schema.
    public init(_ schema: Schema) { target = schema.target }

    /// The names of an outcome's fields.
    private enum Name: String, CaseIterable {
        case prediction = "prediction_id"
        case customer, date, left, treated, treatment
    }

    /// Reads one outcome (an object) or many (an array of objects).
    ///
    /// - Returns: The outcomes, and all that is wrong with them.
    /// - Throws: `JSONError` where the text is no JSON.
    /// - Complexity: O(bytes).
    public func outcomes(_ json: [UInt8]) throws(JSONError) -> OutcomeRows {
        var reader = try JSONReader(json)
        var outcomes = OutcomeRows()
        switch try reader.kind() {
        case .object:
            outcomes.isSingle = true
            try read(&reader, into: &outcomes)
        case .array:
            try reader.array { (reader) throws(JSONError) in
                guard try reader.kind() == .object else {
                    try reader.skip()
                    outcomes.add("is not an object of fields", row: outcomes.rows.count, field: nil)
                    outcomes.rows.append(OutcomeRows.Row(left: false))
                    return
                }
                try read(&reader, into: &outcomes)
            }
        default:
            throw JSONError("one outcome (an object) or many (an array) are expected", at: 0)
        }
        try reader.end()
        return outcomes
    }

    private func read(
        _ reader: inout JSONReader,
        into outcomes: inout OutcomeRows
    ) throws(JSONError) {
        let place = outcomes.rows.count
        var row = OutcomeRows.Row(left: false)
        var problems: [(field: String?, problem: String)] = []
        var given: Set<String> = []
        try reader.object { (name, reader) throws(JSONError) in
            let name = name.string == target.column ? Name.left.rawValue : name.string
            guard let field = Name(rawValue: name) else {
                try reader.skip()
                problems.append((name, "is none of \(Self.list); remove it"))
                return
            }
            let value = try reader.fieldValue()
            guard given.insert(name).inserted else {
                problems.append((name, "is given more than once; give it once"))
                return
            }
            if let problem = set(field, to: value, in: &row) { problems.append((name, problem)) }
        }
        if !given.contains(Name.left.rawValue) {
            problems.append((Name.left.rawValue, "is missing; say true or false"))
        }
        if (row.prediction == nil) == (row.customer == nil), problems.isEmpty {
            problems.append((nil, "needs either prediction_id or customer; give one of them"))
        }
        for problem in problems { outcomes.add(problem.problem, row: place, field: problem.field) }
        outcomes.rows.append(row)
    }

    /// - Returns: What is wrong with the value.
    private func set(
        _ name: Name,
        to value: FieldValue?,
        in row: inout OutcomeRows.Row
    ) -> String? {
        switch (name, value) {
        case (.left, let value?):
            guard let left = truth(value) else {
                return "is neither true nor false; write one of them"
            }
            row.left = left
        case (_, nil): return "is neither a number nor a text; write one of them"
        case (_, .null?): break
        case (.treated, let value?):
            guard let treated = truth(value) else {
                return "is neither true nor false; write one of them"
            }
            row.treated = treated
        case (.prediction, .text(let text)?): row.prediction = string(text)
        case (.customer, .text(let text)?), (.customer, .number(_, let text)?):
            row.customer = string(text)
        case (.date, .text(let text)?): row.date = string(text)
        case (.treatment, .text(let text)?): row.treatment = string(text)
        default: return "is not a text; write it between double quotes"
        }
        return nil
    }

    /// True, 1 or the target's word for yes; false, 0 or its word for no.
    private func truth(_ value: FieldValue) -> Bool? {
        switch value {
        case .truth(let isTrue): isTrue
        case .number(1, _): true
        case .number(0, _): false
        case .text(let text) where string(text) == target.positive: true
        case .text(let text) where string(text) == target.negative: false
        default: nil
        }
    }

    private func string(_ text: ArraySlice<UInt8>) -> String {
        String(decoding: text, as: UTF8.self)
    }

    private static let list = Name.allCases.map(\.rawValue).joined(separator: ", ")
}
