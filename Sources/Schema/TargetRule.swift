import Tabular

/// What the fields of the target mean.
struct TargetRule: Sendable {
    private let target: Schema.Target
    private let rule: FieldRule

    init(_ target: Schema.Target, nulls: NullWords) {
        self.target = target
        let column = ColumnSchema(
            name: target.column,
            role: .target,
            type: .boolean(no: target.negative, yes: target.positive),
            nulls: .impute
        )
        rule = FieldRule(column: column, nulls: nulls, decimalComma: false)
    }

    /// What one field means.
    enum Reading: Equatable {
        /// Whether the customer left.
        case label(Bool)
        /// Nothing: it is empty.
        case empty
        /// Nothing: the level is neither of the two.
        case other
        case violation(String)
    }

    /// Reads a field.
    func read(_ text: String) -> Reading {
        switch rule.read(text) {
        case .value(let code), .bounded(let code, _): return .label(code == 1)
        case .null: return .empty
        case .unlisted, .violation: break
        }
        // A person who writes "yes" where others write "Yes" means the same.
        switch BooleanWords.word(text) {
        case BooleanWords.word(target.positive): return .label(true)
        case BooleanWords.word(target.negative): return .label(false)
        default: break
        }
        return switch target.others {
        case .exclude: .other
        case .negative: .label(false)
        case .error:
            .violation(
                "is neither \(quoted(target.negative)) nor \(quoted(target.positive)); write one of "
                    + "them, or say with others: exclude or others: negative under target what other "
                    + "levels mean"
            )
        }
    }

    /// Labels of a batch.
    struct Labels {
        /// Whether each row has the positive level; false where the row is left out or breaks the rule.
        var values: [Bool]
        /// Rows that say nothing, ascending.
        var unlabelledRows: [Int] = []
        /// How many for which reason.
        var unlabelled = UnlabelledRows()
    }

    /// Reads the target of a batch; rows that break the rule are appended to `violations`.
    ///
    /// - Complexity: O(rows).
    func decode(
        _ batch: RecordBatch,
        column: Int,
        violations: inout [SchemaViolation]
    ) -> Labels {
        let codes = batch.codes(column: column, levels: rule.levels)
        let malformed = Set(batch.malformed.map(\.row))
        var labels = Labels(values: codes.map { $0 == 1 })
        for row in codes.indices where codes[row] < 0 && !malformed.contains(row) {
            let text = batch.text(row: row, column: column)
            switch read(text) {
            case .label(let hasLeft): labels.values[row] = hasLeft
            case .empty:
                labels.unlabelledRows.append(row)
                labels.unlabelled.add(empty: 1)
            case .other:
                labels.unlabelledRows.append(row)
                labels.unlabelled.add(text)
            case .violation(let problem):
                violations.append(
                    SchemaViolation(
                        row: row,
                        line: batch.line(row: row),
                        column: target.column,
                        value: text,
                        rule: problem
                    )
                )
            }
        }
        return labels
    }
}
