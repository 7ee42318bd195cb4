import Output
import Tabular

/// What the fields of one column must be, and what to say of one that isn't.
package struct FieldRule: Sendable {
    package let column: ColumnSchema
    /// The levels that fields are coded by; empty for numbers.
    package let levels: [String]
    /// The coded value of an empty field.
    package let null: Double
    let nulls: NullWords
    let numbers: NumberReader
    /// The day that dates are counted back from.
    package var reference: Day?
    /// The same for each row of a batch, nil where it is not told; empty where all rows have the one above.
    var references: [Day?] = []
    private let kind: any ColumnKind
    /// The code of each level.
    private let codes: [ExactText: Int]

    package init(_ column: ColumnSchema, nullValues: [String], decimalComma: Bool = false) {
        self.init(column: column, nulls: NullWords(nullValues), decimalComma: decimalComma)
    }

    init(column: ColumnSchema, nulls: NullWords, decimalComma: Bool) {
        self.column = column
        kind = column.type.home
        levels = column.type.listed
        codes = Dictionary(
            levels.enumerated().map { (ExactText($1), $0) },
            uniquingKeysWith: { first, _ in first }
        )
        null = kind.coding?.null ?? .nan
        self.nulls = nulls.adding(column.nullWords)
        numbers = NumberReader(decimalComma: decimalComma, form: column.format)
    }

    /// The same rule for numbers that a program wrote: in JSON, 12.480 is a little more than 12 in any column.
    package var plain: FieldRule {
        guard column.format != nil else { return self }
        var plain = column
        plain.format = nil
        return FieldRule(column: plain, nulls: nulls, decimalComma: false)
    }

    /// What a field turns out to be on the slow path.
    package enum Reading: Sendable {
        /// A coded value: a number, or the code of a listed level.
        case value(Double)
        /// The bound that stands in for a number beyond it, and what is to be said of that.
        case bounded(Double, rule: String)
        case null
        /// A level that is not listed and need not be.
        case unlisted
        case violation(String)
    }

    /// Reads one field that the fast path could not, with all the leniency there is.
    package func read(_ text: String) -> Reading {
        // A listed level wins over a null value: whoever lists "None" means it.
        if !codes.isEmpty, let code = codes[ExactText(text)] { return .value(Double(code)) }
        if nulls.contains(text) {
            return column.nulls == .impute ? .null : .violation(Self.emptyRule)
        }
        return kind.read(text, by: self)
    }

    /// What a number of a request means, which is no listed level's name; the text is how it was written.
    package func read(number: Double, _ text: String) -> Reading {
        kind.read(number: number, text, by: self)
    }

    private static let emptyRule =
        "is empty; fill it in, or accept empty fields with nulls: impute"

    /// Decodes one column of a batch; rows that break the rule are appended to `violations`.
    func decode(
        _ batch: RecordBatch,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> Column {
        kind.decode(batch, column: index, by: self, violations: &violations)
    }

    /// How much the rows of a batch count; rows whose weight is no number above 0 are appended to `violations`.
    func weights(
        _ batch: RecordBatch,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> [Float] {
        guard case .number(let values) = decode(batch, column: index, violations: &violations)
        else { return [] }
        for row in values.indices where values[row] <= 0 {
            violations.append(
                SchemaViolation(
                    row: row,
                    line: batch.line(row: row),
                    column: column.name,
                    value: batch.text(row: row, column: index),
                    rule: "is no weight above 0; leave the row out where it shall not count"
                )
            )
        }
        return values.map { Float($0) }
    }

    /// The codes of one column of a batch.
    func codes(
        _ batch: RecordBatch,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> [Int32] {
        var codes = batch.codes(column: index, levels: levels)
        // Other spellings of a level are few and come again.
        var spellings: [String: Int32] = [:]
        for row in codes.indices where codes[row] < 0 {
            if codes[row] == LevelCode.null, column.nulls == .impute { continue }
            let text = batch.text(row: row, column: index)
            if let known = spellings[text] {
                codes[row] = known
                continue
            }
            switch read(batch, row: row, column: index, violations: &violations) {
            case .value(let code), .bounded(let code, _):
                codes[row] = Int32(code)
                spellings[text] = codes[row]
            case .null: codes[row] = LevelCode.null
            case .unlisted, .violation: codes[row] = LevelCode.unlisted
            }
        }
        return codes
    }

    /// Reads one field of a batch on the slow path.
    func read(
        _ batch: RecordBatch,
        row: Int,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> Reading {
        let text = batch.text(row: row, column: index)
        let outcome = read(text)
        func note(_ rule: String, bound: Double? = nil) {
            violations.append(
                SchemaViolation(
                    row: row,
                    line: batch.line(row: row),
                    column: column.name,
                    value: text.trimmed.isEmpty ? "" : text,
                    rule: rule,
                    bound: bound
                )
            )
        }
        switch outcome {
        case .violation(let rule): note(rule)
        case .bounded(let bound, let rule): note(rule, bound: bound)
        case .value, .null, .unlisted: break
        }
        return outcome
    }
}
