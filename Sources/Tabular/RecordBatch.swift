/// Consecutive records of a CSV file: the bytes of their fields, unquoted, and where they stood.
///
/// Row and column count from 0; `line` counts from 1 as an editor does.
public struct RecordBatch: Sendable {
    /// Number of fields in each record (the header's).
    public let columnCount: Int
    /// Number of records, malformed ones included.
    public let rowCount: Int
    private let fields: [[String]]

    /// Creates a batch from texts, for tests and for callers that hold no CSV.
    public init(columnCount: Int, rows: [[String]]) {
        self.columnCount = columnCount
        rowCount = rows.count
        fields = rows
    }

    /// The text of one field, unquoted.
    public func text(row: Int, column: Int) -> String { fields[row][column] }

    /// The line of the file on which the record starts, from 1 (the header is line 1).
    public func line(row: Int) -> Int { row + 2 }

    /// The column as numbers: NaN where the field is empty or not a number.
    ///
    /// - Returns: `values` of shape [rowCount], and `invalid`: rows whose field is neither empty
    ///   nor a number, ascending.
    public func numbers(column: Int, decimalComma: Bool = false) -> (values: [Double], invalid: [Int]) {
        var invalid: [Int] = []
        let values = fields.indices.map { row -> Double in
            let text = fields[row][column]
            guard !text.isEmpty else { return .nan }
            guard let value = Double(text) else {
                invalid.append(row)
                return .nan
            }
            return value
        }
        return (values, invalid)
    }

    /// The column as codes of levels: the index in `levels`, -1 where the field is empty, -2 where
    /// it is none of them.
    public func codes(column: Int, levels: [String]) -> [Int32] {
        fields.map { record in
            record[column].isEmpty ? -1 : Int32(levels.firstIndex(of: record[column]) ?? -2)
        }
    }
}
