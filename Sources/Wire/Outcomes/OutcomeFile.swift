public import Output
public import Schema
public import Tabular

/// Reads outcomes out of files, by the names of their columns.
///
/// The columns may stand in any order. The target's and the identifier's own names are understood as `left` and
/// `customer`, where a schema tells them.
public struct OutcomeFile: Sendable {
    /// Columns that say nothing of outcomes, in the order of the file.
    public let unused: [String]
    private let fields: [(column: Int, field: OutcomeField)]
    private let target: Schema.Target?
    private let rule: FieldRule

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - header: Names of the file's columns.
    ///   - schema: Whose words for yes, no and nothing count besides the usual ones; nil where there is none.
    ///   - decimalComma: Whether numbers have a decimal comma.
    /// - Throws: `OutcomeColumnsError` where nothing names a customer or nothing is told of one, or two columns tell the same.
    public init(
        header: [String],
        schema: Schema?,
        decimalComma: Bool
    ) throws(OutcomeColumnsError) {
        target = schema?.target
        var fields: [(column: Int, field: OutcomeField)] = []
        var unused: [String] = []
        for (column, name) in header.enumerated() {
            guard let field = Self.field(named: name, schema) else {
                unused.append(name)
                continue
            }
            if let other = fields.first(where: { $0.field == field }) {
                throw OutcomeColumnsError(
                    problem:
                        "the columns \"\(header[other.column])\" and \"\(name)\" tell the same",
                    fix: "keep one of them"
                )
            }
            fields.append((column, field))
        }
        let found = fields.map(\.field)
        let names = header.map { "\"\($0)\"" }.joined(separator: ", ")
        guard found.contains(.customer) || found.contains(.prediction) else {
            throw OutcomeColumnsError(
                problem: "no column names the customer; there are \(names)",
                fix: Self.identifierFix(schema)
            )
        }
        guard ![.left, .contacted, .offerTaken, .cost].allSatisfy({ !found.contains($0) }) else {
            throw OutcomeColumnsError(
                problem: "no column tells what became of a customer; there are \(names)",
                fix: "call one left (true or false), and others contacted, offer_taken, cost"
            )
        }
        self.fields = fields
        self.unused = unused
        rule = FieldRule(
            ColumnSchema(
                name: "cost",
                role: .feature,
                type: .number(minimum: nil, maximum: nil),
                nulls: .impute
            ),
            nullValues: schema?.nullValues ?? Schema.usualNullValues,
            decimalComma: decimalComma
        )
    }

    private static func identifierFix(_ schema: Schema?) -> String {
        if let identifier = schema?.identifier {
            return "call it customer, or \"\(identifier)\" as the schema has it"
        }
        return
            "call it customer, or prediction_id; with --schema or --model the schema's identifier is understood"
    }

    private static func field(named name: String, _ schema: Schema?) -> OutcomeField? {
        if let schema, name == schema.target.column { return .left }
        if let identifier = schema?.identifier, name == identifier { return .customer }
        return OutcomeField(named: name.lowercased())
    }

    /// A row that tells no outcome, and why.
    public struct Reject: Equatable, Sendable {
        /// Row of the batch.
        public let row: Int
        /// Line of the file, from 1.
        public let line: Int
        /// What is wrong and how to mend it.
        public let reason: String
    }

    /// What the rows of a batch tell.
    ///
    /// - Returns: The outcomes with the lines where they stand, and the rows that tell none.
    /// - Complexity: O(fields).
    public func read(
        _ batch: RecordBatch
    ) -> (outcomes: [(line: Int, row: OutcomeRows.Row)], rejects: [Reject]) {
        var outcomes: [(line: Int, row: OutcomeRows.Row)] = []
        var rejects: [Reject] = []
        var malformed = batch.malformed[...]
        for row in 0 ..< batch.rowCount {
            let line = batch.line(row: row)
            if let (_, problem) = malformed.first, malformed[malformed.startIndex].row == row {
                malformed.removeFirst()
                rejects.append(
                    Reject(row: row, line: line, reason: "\(problem.rule); \(problem.fix)")
                )
                continue
            }
            var outcome = OutcomeRows.Row()
            var problems: [String] = []
            for (column, field) in fields {
                let text = batch.text(row: row, column: column)
                if let problem = set(field, to: text, in: &outcome) {
                    problems.append("\(field.rawValue) \"\(text)\" \(problem)")
                }
            }
            if problems.isEmpty {
                problems = outcome.conflicts.map {
                    [$0.field, $0.problem].compactMap(\.self).joined(separator: " ")
                }
            }
            if problems.isEmpty {
                outcomes.append((line, outcome))
            } else {
                rejects.append(
                    Reject(row: row, line: line, reason: problems.joined(separator: "; "))
                )
            }
        }
        return (outcomes, rejects)
    }

    /// - Returns: What is wrong with the text.
    private func set(
        _ field: OutcomeField,
        to text: String,
        in row: inout OutcomeRows.Row
    ) -> String? {
        // A customer may be called "None".
        let isName = field == .customer || field == .prediction
        if isName ? text.isEmpty : isNull(text) { return nil }
        if field == .cost {
            guard case .value(let cost) = rule.read(text) else {
                return "is no number; write what contact and offer cost"
            }
            return row.set(.cost, to: .number(cost, text: []), truth: { _ in nil })
        }
        return row.set(field, to: .text(Array(text.utf8)[...])) { _ in truth(text) }
    }

    private func isNull(_ text: String) -> Bool {
        if case .null = rule.read(text) { true } else { false }
    }

    private func truth(_ text: String) -> Bool? {
        if text == target?.positive { return true }
        if text == target?.negative { return false }
        return BooleanWords.answer(text)
    }
}

/// A file's columns tell no outcomes.
public struct OutcomeColumnsError: RetainError, Equatable {
    /// What is wrong.
    public let problem: String
    /// How to mend it.
    public let fix: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, how to mend it.
    public var description: String { "\(problem); \(fix)" }
}
