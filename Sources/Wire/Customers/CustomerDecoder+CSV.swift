import Schema
public import Tabular

extension CustomerDecoder {
    /// Reads customers out of CSV with a header, in any dialect that files may have.
    ///
    /// - Returns: The customers, and all that is wrong with them.
    /// - Throws: `CSVError` where the text is no table.
    /// - Complexity: O(bytes + customers · features).
    public func table(_ csv: [UInt8]) throws(CSVError) -> CustomerRows {
        do {
            var reader = try CSVReader(text: csv, named: "the body")
            let names = reader.header.map { Array($0.utf8) }
            var rows = CustomerRowsBuilder(self)
            while let chunk = try reader.nextChunk() {
                append(try chunk.parsed(), names, reader.dialect, to: &rows)
            }
            return rows.result
        } catch let error as CSVError {
            throw error
        } catch {
            // A text in memory can always be read on.
            preconditionFailure("\(error)")
        }
    }

    private func append(
        _ batch: RecordBatch,
        _ names: [[UInt8]],
        _ dialect: CSVDialect,
        to rows: inout CustomerRowsBuilder
    ) {
        let malformed = Dictionary(batch.malformed.map { ($0.row, $0.problem) }) { first, _ in first
        }
        // Only their own form can tell what the marks of their numbers mean.
        var next = 0
        let hasForm = names.map { name in
            guard case .feature(let number) = self.names.place(of: name[...], next: &next) else {
                return false
            }
            return rules[number].column.format != nil
        }
        for row in 0 ..< batch.rowCount {
            rows.begin()
            if let problem = malformed[row] {
                rows.add("(line \(batch.line(row: row))) \(problem.rule); \(problem.fix)", to: nil)
                continue
            }
            for (column, name) in names.enumerated() {
                let text = batch.text(row: row, column: column)
                rows.set(
                    name[...],
                    to: hasForm[column]
                        ? .text(Array(text.utf8)[...])
                        : value(text, decimalComma: dialect.decimalComma)
                )
            }
            rows.finish()
        }
    }

    /// A number where the text is one in decimal digits, so that encoded columns are understood.
    private func value(_ text: String, decimalComma: Bool) -> FieldValue {
        guard !text.isEmpty else { return .null }
        let plain = decimalComma ? text.replacing(",", with: ".") : text
        guard plain.utf8.allSatisfy({ Self.digits.contains($0) }), let number = Double(plain) else {
            return .text(Array(text.utf8)[...])
        }
        return .number(number, text: Array(plain.utf8)[...])
    }

    private static let digits = Array("0123456789+-.eE".utf8)
}
