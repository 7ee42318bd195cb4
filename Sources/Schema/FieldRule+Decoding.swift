import Tabular

extension FieldRule {
    /// Decodes one column of a batch; rows that break the rule are appended to `violations` and hold
    /// NaN or -2.
    func decode(
        _ batch: RecordBatch,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> Column {
        switch column.type {
        case .number(let minimum, let maximum):
            var values = batch.numbers(column: index, decimalComma: decimalComma).values
            let least = minimum ?? -.greatestFiniteMagnitude
            let greatest = maximum ?? .greatestFiniteMagnitude
            // One pass without branches; NaN fails it too, so empty and wrong fields come along.
            var isFine = true
            for value in values { isFine = isFine && (value >= least) && (value <= greatest) }
            guard !isFine else { return .number(values) }
            for row in values.indices where !(values[row] >= least && values[row] <= greatest) {
                let outcome = slow(batch, row: row, column: index, violations: &violations)
                if case .number(let value) = outcome {
                    values[row] = value
                } else {
                    values[row] = .nan
                }
            }
            return .number(values)
        case .boolean:
            let codes = codes(batch, column: index, violations: &violations)
            return .number(codes.map { $0 < 0 ? .nan : Double($0) })
        case .levels(let levels):
            return .level(
                codes: codes(batch, column: index, violations: &violations),
                levels: levels
            )
        case .text:
            return .text((0 ..< batch.rowCount).map { batch.text(row: $0, column: index) })
        }
    }

    private func codes(
        _ batch: RecordBatch,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> [Int32] {
        var codes = batch.codes(column: index, levels: levels)
        for row in codes.indices where codes[row] < 0 {
            if codes[row] == -1, column.nulls == .impute { continue }
            let outcome = slow(batch, row: row, column: index, violations: &violations)
            switch outcome {
            case .level(let code): codes[row] = Int32(code)
            case .null: codes[row] = -1
            case .number, .violation: codes[row] = -2
            }
        }
        return codes
    }

    private func slow(
        _ batch: RecordBatch,
        row: Int,
        column index: Int,
        violations: inout [SchemaViolation]
    ) -> Outcome {
        let text = batch.text(row: row, column: index)
        let outcome = read(text)
        if case .violation(let rule) = outcome {
            violations.append(
                SchemaViolation(
                    row: row,
                    line: batch.line(row: row),
                    column: column.name,
                    value: text.trimmed.isEmpty ? "" : text,
                    rule: rule
                )
            )
        }
        return outcome
    }
}
