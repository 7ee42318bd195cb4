/// One field, or one whole record, that breaks the schema.
public struct SchemaViolation: Error, Equatable, Sendable, CustomStringConvertible {
    /// Row in its batch, from 0.
    public var row: Int
    /// Line of the file, from 1.
    public var line: Int
    /// Name of the column; nil where the record as a whole is malformed.
    public var column: String?
    /// The field, cut to 40 characters.
    public var value: String
    /// What the field breaks and how to mend it.
    public var rule: String

    /// Creates a violation; cuts a long value.
    public init(row: Int, line: Int, column: String?, value: String, rule: String) {
        self.row = row
        self.line = line
        self.column = column
        self.value = shortened(value)
        self.rule = rule
    }

    /// `line 12, column "Age": "abc" is not a number; write a number or leave it empty`.
    public var description: String {
        guard let column else { return "line \(line): the record \(rule)" }
        return
            "line \(line), column \(quoted(column)): \(value.isEmpty ? "the field" : quoted(value)) \(rule)"
    }
}
