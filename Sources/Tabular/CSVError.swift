public import Output

/// What is wrong with one record, so that it is no row of the table.
public enum CSVProblem: Equatable, Sendable {
    /// The record has another number of fields than the header.
    case fieldCount(expected: Int, found: Int)
    /// Text follows a closing quote; `column` counts from 0.
    case textAfterQuote(column: Int)
    /// Bytes that are not UTF-8; `column` counts from 0.
    case invalidUTF8(column: Int)

    /// The rule that the record breaks, in a few words.
    public var rule: String {
        switch self {
        case .fieldCount(let expected, let found):
            "has \(found) field\(found == 1 ? "" : "s"), the header has \(expected)"
        case .textAfterQuote: "has text after a closing quote"
        case .invalidUTF8: "is not UTF-8"
        }
    }

    /// How to put it right.
    public var fix: String {
        switch self {
        case .fieldCount: "put fields that hold the delimiter between double quotes"
        case .textAfterQuote: "write a double quote within a quoted field twice"
        case .invalidUTF8: "save the file as UTF-8"
        }
    }

    /// The column concerned, from 0; nil where it is the whole record.
    public var column: Int? {
        switch self {
        case .fieldCount: nil
        case .textAfterQuote(let column), .invalidUTF8(let column): column
        }
    }
}

/// A CSV file that can't be read as a table, and how to put it right.
public struct CSVError: RetainError, Equatable {
    /// The file, as it was given; `-` is standard input.
    public let source: String
    /// The line, from 1; nil where it is the whole file.
    public let line: Int?
    /// The column's name, or its place from 1 where it has none; nil where it is the whole line.
    public let column: String?
    /// The text that breaks the rule; nil where it says nothing.
    public let value: String?
    /// The rule that is broken.
    public let rule: String
    /// How to put it right.
    public let fix: String

    /// Creates an error.
    public init(
        source: String,
        line: Int? = nil,
        column: String? = nil,
        value: String? = nil,
        rule: String,
        fix: String
    ) {
        self.source = source
        self.line = line
        self.column = column
        self.value = value
        self.rule = rule
        self.fix = fix
    }

    /// Creates the error that a malformed record is where no rejects are wanted.
    ///
    /// - Parameters:
    ///   - problem: What is wrong with the record.
    ///   - source: The file.
    ///   - line: The line on which the record starts, from 1.
    ///   - header: The names of the columns.
    public init(_ problem: CSVProblem, source: String, line: Int, header: [String]) {
        self.init(
            source: source,
            line: line,
            column: problem.column.map { $0 < header.count ? header[$0] : "\($0 + 1)" },
            rule: problem.rule,
            fix: problem.fix
        )
    }

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: where, what and how to fix it.
    public var description: String {
        var text = source == "-" ? "standard input" : source
        if let line { text += ", line \(line)" }
        if let column { text += ", column \(column)" }
        if let value {
            let shown = value.count > 60 ? value.prefix(60) + "…" : value[...]
            text += ", value \"\(shown.map { $0.isNewline ? "␤" : String($0) }.joined())\""
        }
        return text + ": \(rule); \(fix)"
    }
}
