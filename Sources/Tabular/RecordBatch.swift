internal import Kernels

/// Consecutive records of a file: the bytes of their fields, unquoted, or their values, and where they stood.
///
/// Row and column count from 0; `line` counts from 1 as an editor does.
public struct RecordBatch: Sendable {
    /// Number of fields in each record (the header's).
    public let columnCount: Int
    /// Number of records, malformed ones included.
    public let rowCount: Int
    /// The rows that are no record of the table, ascending, and why; their fields are all empty.
    public let malformed: [(row: Int, problem: CSVProblem)]

    /// The chunk as it stood, then fields that had to be rewritten, then padding.
    let bytes: [UInt8]
    /// Field k = row * columnCount + column starts at `starts[k]`.
    let starts: [UInt32]
    /// Field k ends before `ends[k + 1] - 1`; the same array as `starts` where nothing is quoted.
    let ends: [UInt32]
    /// Where each record stood and on which line it started; nil where record follows upon record
    /// and line upon line.
    let places: [Place]?
    let firstLine: Int
    /// The columns of a file of values, whose fields are made into text only where text is asked for; nil of a text.
    let typed: [TypedColumn]?

    struct Place: Sendable {
        var start: UInt32
        var end: UInt32
        /// Lines below the batch's first.
        var line: UInt32
    }

    init(
        columnCount: Int,
        rowCount: Int,
        malformed: [(row: Int, problem: CSVProblem)],
        bytes: [UInt8],
        starts: [UInt32],
        ends: [UInt32],
        places: [Place]?,
        firstLine: Int,
        typed: [TypedColumn]? = nil
    ) {
        self.columnCount = columnCount
        self.rowCount = rowCount
        self.malformed = malformed
        self.bytes = bytes
        self.starts = starts
        self.ends = ends
        self.places = places
        self.firstLine = firstLine
        self.typed = typed
    }

    /// Creates a batch of values.
    ///
    /// - Parameters:
    ///   - columns: Of equal length, at least one.
    ///   - rowCount: Their length.
    ///   - firstRow: The number of the first row in its file, from 1, which stands for its line.
    ///   - places: The number of each row below the first; nil where row follows upon row.
    init(_ columns: [TypedColumn], rowCount: Int, firstRow: Int, places: [Place]? = nil) {
        self.init(
            columnCount: columns.count,
            rowCount: rowCount,
            malformed: [],
            bytes: [],
            starts: [],
            ends: [],
            places: places,
            firstLine: firstRow,
            typed: columns
        )
    }

    /// Creates a batch from texts, for tests and for callers that hold no CSV.
    ///
    /// A row with another number of texts than `columnCount` is malformed.
    ///
    /// - Precondition: `columnCount` is at least 1.
    public init(columnCount: Int, rows: [[String]]) {
        var text: [UInt8] = []
        for row in rows {
            for (column, field) in row.enumerated() {
                if column > 0 { text.append(UInt8(ascii: ",")) }
                // A blank line would be no record.
                if field.isEmpty, row.count == 1 { text += [0x22, 0x22] }
                text.appendCSVField(Array(field.utf8)[...])
            }
            if row.isEmpty { text += [0x22, 0x22] }
            text.append(0x0A)
        }
        self = CSVChunk(text: text, columnCount: columnCount, dialect: CSVDialect(), firstLine: 2)
            .parsed()
    }

    /// Where the field lies in `bytes`.
    func range(row: Int, column: Int) -> Range<Int> {
        precondition(
            row >= 0 && row < rowCount && column >= 0 && column < columnCount,
            "field (\(row), \(column)) of a batch of \(rowCount) rows and \(columnCount) columns"
        )
        let field = row * columnCount + column
        return Int(starts[field]) ..< Int(ends[field + 1]) - 1
    }

    /// The text of one field, unquoted.
    public func text(row: Int, column: Int) -> String {
        if let typed {
            precondition(row >= 0 && row < rowCount, "row \(row) of a batch of \(rowCount) rows")
            return typed[column].text(row)
        }
        return String(decoding: bytes[range(row: row, column: column)], as: UTF8.self)
    }

    /// The texts of one column, unquoted.
    ///
    /// - Complexity: O(*n*) in the rows.
    public func texts(column: Int) -> [String] {
        (0 ..< rowCount).map { text(row: $0, column: column) }
    }

    /// The line of the file on which the record starts, from 1 (the header is line 1).
    public func line(row: Int) -> Int {
        precondition(row >= 0 && row < rowCount, "row \(row) of a batch of \(rowCount) rows")
        guard let places else { return firstLine + row }
        return firstLine + Int(places[row].line)
    }

    /// The record as it stood in the file, without its line end; of a file of values, as CSV would have it.
    public func raw(row: Int) -> [UInt8] {
        precondition(row >= 0 && row < rowCount, "row \(row) of a batch of \(rowCount) rows")
        if typed != nil {
            var record: [UInt8] = []
            for column in 0 ..< columnCount {
                if column > 0 { record.append(UInt8(ascii: ",")) }
                appendCSVField(row: row, column: column, to: &record)
            }
            return record
        }
        if let places { return Array(bytes[Int(places[row].start) ..< Int(places[row].end)]) }
        let first = Int(starts[row * columnCount])
        return Array(bytes[first ..< Int(ends[(row + 1) * columnCount]) - 1])
    }

    /// Adds the bytes of one field, unquoted, to `output`.
    public func append(row: Int, column: Int, to output: inout [UInt8]) {
        if typed != nil {
            output.append(contentsOf: text(row: row, column: column).utf8)
        } else {
            output.append(contentsOf: bytes[range(row: row, column: column)])
        }
    }

    /// Adds one field to a line of CSV, between quotes where it needs them.
    public func appendCSVField(
        row: Int,
        column: Int,
        to output: inout [UInt8],
        delimiter: UInt8 = UInt8(ascii: ",")
    ) {
        if typed != nil {
            output.appendCSVField(text(row: row, column: column), delimiter: delimiter)
        } else {
            output.appendCSVField(bytes[range(row: row, column: column)], delimiter: delimiter)
        }
    }

    /// The column as numbers: NaN where the field is empty, blank or not a number.
    ///
    /// Spaces around a number are ignored; `inf`, `nan`, hexadecimal and grouped thousands are not
    /// numbers. The values are correctly rounded.
    ///
    /// - Returns: `values` of shape [rowCount], and `invalid`: rows whose field is neither blank nor
    ///   a number, ascending.
    /// - Complexity: O(*n*) in the bytes of the column.
    public func numbers(
        column: Int,
        decimalComma: Bool = false
    ) -> (values: [Double], invalid: [Int]) {
        let separator = UInt8(ascii: decimalComma ? "," : ".")
        return typed.map { $0[column].numbers(separator: separator) }
            ?? DecimalColumn.parse(spans(column), separator: separator)
    }

    /// Whether the column came as numbers and not as text.
    public func holdsNumbers(column: Int) -> Bool {
        switch typed?[column] {
        case .integers, .floats: true
        case .texts, .coded, nil: false
        }
    }

    /// The column as codes of levels: the index in `levels`, or one of `LevelCode`.
    ///
    /// - Complexity: O(*n*) in the rows.
    public func codes(column: Int, levels: [String]) -> [Int32] {
        typed.map { $0[column].codes(LevelColumn(levels)) }
            ?? LevelColumn(levels).match(spans(column))
    }

    /// Lines of CSV, one for each value: the identifier of its row, the value, its ending.
    ///
    /// - Parameters:
    ///   - identifier: The identifiers, quoted where they need to be.
    ///   - rows: The row of each value.
    ///   - values: Written as their `description`.
    ///   - endings: What may follow a value, the line end included.
    ///   - endingOf: Which of `endings` follows each value.
    /// - Returns: The lines' bytes.
    /// - Complexity: O(*n*) in the bytes of the lines.
    public func lines(
        identifiedBy identifier: RowIdentifier,
        rows: [Int],
        values: [Float],
        endings: [[UInt8]],
        endingOf: [UInt8]
    ) -> [UInt8] {
        ScoreLines.make(
            fields: spans(identifier),
            rows: rows,
            values: values,
            endings: endings,
            endingOf: endingOf
        )
    }

    /// The identifiers as if they were a column.
    func spans(_ identifier: RowIdentifier) -> FieldSpans {
        switch identifier {
        case .column(let column): spans(column)
        case .number(let first): FieldSpans((first ..< first + rowCount).map { Int64($0) })
        }
    }

    func spans(_ column: Int) -> FieldSpans {
        precondition(
            column >= 0 && column < columnCount,
            "column \(column) of a batch of \(columnCount) columns"
        )
        if let typed { return typed[column].spans(rowCount: rowCount) }
        return FieldSpans(
            bytes: bytes,
            starts: starts,
            ends: ends,
            first: column,
            stride: columnCount,
            rows: rowCount
        )
    }
}

/// What tells the rows of a file apart.
public enum RowIdentifier: Equatable, Sendable {
    /// The fields of a column.
    case column(Int)
    /// The row's number in its file, where it has no such column: that of the batch's first row, from 1.
    case number(first: Int)
}

extension RecordBatch {
    /// What tells a row apart.
    ///
    /// - Precondition: The row is one of the batch.
    public func text(row: Int, _ identifier: RowIdentifier) -> String {
        switch identifier {
        case .column(let column): text(row: row, column: column)
        case .number(let first): "\(first + row)"
        }
    }
}
