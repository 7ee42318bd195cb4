public import Schema

/// Reads outcomes out of requests to `/outcomes`.
public struct OutcomeDecoder: Sendable {
    private let target: Schema.Target

    /// Takes the words for yes and no from a schema.
    public init(_ schema: Schema) { target = schema.target }

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
                    outcomes.rows.append(OutcomeRows.Row())
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
        var row = OutcomeRows.Row()
        var problems: [(field: String?, problem: String)] = []
        var given: Set<OutcomeField> = []
        try reader.object { (name, reader) throws(JSONError) in
            let name = name.string
            let known = name == target.column ? .left : OutcomeField(named: name)
            guard let field = known else {
                try reader.skip()
                problems.append((name, "is none of \(OutcomeField.list); remove it"))
                return
            }
            let value = try reader.fieldValue()
            guard given.insert(field).inserted else {
                problems.append((name, "is given more than once; give it once"))
                return
            }
            guard let value else {
                problems.append((name, "is neither a number nor a text; write one of them"))
                return
            }
            if field == .left, case .null = value {
                problems.append((name, "is neither true nor false; write one of them"))
            } else if let problem = row.set(field, to: value, truth: truth) {
                problems.append((name, problem))
            }
        }
        if problems.isEmpty { problems = row.conflicts }
        for problem in problems { outcomes.add(problem.problem, row: place, field: problem.field) }
        outcomes.rows.append(row)
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
}
