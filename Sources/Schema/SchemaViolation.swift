public import Output

/// One field, or one whole record, that breaks the schema.
public struct SchemaViolation: RetainError, Equatable {
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
    /// What the number counts as, where it is out of range and its row is not refused for that; else nil.
    public var bound: Double?

    /// Creates a violation; cuts a long value.
    public init(
        row: Int,
        line: Int,
        column: String?,
        value: String,
        rule: String,
        bound: Double? = nil
    ) {
        self.row = row
        self.line = line
        self.column = column
        self.value = shortened(value)
        self.rule = rule
        self.bound = bound
    }

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// `line 12, column "Age": "abc" is not a number; write a number or leave it empty`.
    public var description: String {
        "line \(line)" + (column == nil ? ": " : ", ") + reason
    }

    /// The same without the line.
    public var reason: String {
        guard let column else { return "the record \(rule)" }
        return "column \(quoted(column)): \(value.isEmpty ? "the field" : quoted(value)) \(rule)"
    }
}
