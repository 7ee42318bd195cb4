import Tabular

/// Reads the numbers of a column: plain ones, or those of its form.
struct NumberReader: Sendable {
    /// The decimal sign of plain numbers.
    let decimalComma: Bool
    /// Nil for plain numbers.
    let form: NumberForm?

    /// The number that a field holds with white space around it ignored, or nil.
    func read(_ text: String) -> Double? {
        guard let form else { return number(in: text, decimalComma: decimalComma) }
        return form.value(of: text)
    }

    /// The numbers of one column; NaN where a field holds none, or only `read` can tell.
    ///
    /// - Complexity: O(bytes of the column).
    func numbers(_ batch: RecordBatch, column: Int) -> [Double] {
        // What came as a number is written in no form.
        guard let form, !batch.holdsNumbers(column: column) else {
            return batch.numbers(column: column, decimalComma: decimalComma).values
        }
        return (0 ..< batch.rowCount).map { row in
            form.value(of: batch.text(row: row, column: column)) ?? .nan
        }
    }
}
