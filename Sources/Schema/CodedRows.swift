public import Tabular

/// Customers in coded form, one row after the other, as a service and its record hold them.
///
/// A row has a value for each of some columns, as a rule the features of a schema, in its order; `Coding` says what
/// the values mean. A `Table` holds the same column by column.
///
/// ```swift
/// var rows = CodedRows(width: schema.features.count)
/// rows.append([42, 1, Double(LevelCode.null)])
/// let table = rows.table(schema.features)
/// ```
public struct CodedRows: Sendable {
    /// Number of values in a row.
    public let width: Int
    /// Shape [rows, width], row by row.
    public private(set) var values: [Double]

    /// No rows.
    public init(width: Int) { self.init(width: width, values: []) }

    /// Takes values over.
    ///
    /// - Precondition: They are whole rows.
    public init(width: Int, values: [Double]) {
        precondition(
            width == 0 ? values.isEmpty : values.count % width == 0,
            "\(values.count) values for rows of \(width)"
        )
        self.width = width
        self.values = values
    }

    /// Number of rows; 0 where a row has no value.
    public var count: Int { width == 0 ? 0 : values.count / width }

    /// One value.
    ///
    /// - Precondition: Row and column are in range.
    public subscript(row row: Int, column column: Int) -> Double { values[row * width + column] }

    /// The values of one row.
    public subscript(row row: Int) -> ArraySlice<Double> {
        values[row * width ..< (row + 1) * width]
    }

    /// Adds a row.
    ///
    /// - Precondition: It has a value for each column.
    public mutating func append(_ row: some Collection<Double>) {
        precondition(row.count == width, "\(row.count) values for a row of \(width)")
        values += row
    }

    /// Adds rows of the same columns.
    ///
    /// - Precondition: They are as wide.
    public mutating func append(contentsOf rows: CodedRows) {
        precondition(rows.width == width, "rows of \(rows.width) values among rows of \(width)")
        values += rows.values
    }

    /// These rows, and others behind them.
    ///
    /// - Precondition: They are as wide.
    public func appending(_ rows: CodedRows) -> CodedRows {
        var all = self
        all.append(contentsOf: rows)
        return all
    }

    /// Some of the rows, in the order given.
    public func selecting(_ rows: some Sequence<Int>) -> CodedRows {
        var selected: [Double] = []
        selected.reserveCapacity(rows.underestimatedCount * width)
        for row in rows { selected += self[row: row] }
        return CodedRows(width: width, values: selected)
    }
}

/// Bit by bit, so that an empty number is like another, and −0 is not 0.
extension CodedRows: Equatable {
    /// Whether both have the same rows.
    public static func == (one: CodedRows, other: CodedRows) -> Bool {
        one.width == other.width
            && one.values.lazy.map(\.bitPattern)
                .elementsEqual(other.values.lazy.map(\.bitPattern))
    }
}

extension CodedRows {
    /// Adds some rows of a table.
    ///
    /// - Parameters:
    ///   - rows: Rows of the table, in the order in which they are added.
    ///   - table: Its columns of these names are the values of a row.
    ///   - names: A name for each value.
    /// - Precondition: The table has the columns, and none is text.
    /// - Complexity: O(rows · names).
    public mutating func append(_ rows: [Int], of table: Table, columns names: [String]) {
        precondition(names.count == width, "\(names.count) columns for rows of \(width)")
        let start = values.count
        values += Array(repeating: 0, count: rows.count * width)
        for (place, name) in names.enumerated() {
            switch table[name] {
            case .number(let numbers):
                for (row, source) in rows.enumerated() {
                    values[start + row * width + place] = numbers[source]
                }
            case .level(let codes, _):
                for (row, source) in rows.enumerated() {
                    values[start + row * width + place] = Double(codes[source])
                }
            case .text, nil: preconditionFailure("the table has no coded column \"\(name)\"")
            }
        }
    }

    /// The same rows column by column.
    ///
    /// - Parameter columns: What the values are, in order.
    /// - Returns: A column for each value, by the column's name.
    /// - Precondition: A column for each value.
    /// - Complexity: O(rows · columns).
    public func table(_ columns: [ColumnSchema]) -> Table {
        precondition(columns.count == width, "\(columns.count) columns for rows of \(width)")
        return Table(
            columns.enumerated().map { place, column in
                let values = (0 ..< count).map { self[row: $0, column: place] }
                guard let levels = column.type.coding?.levels else {
                    return (column.name, .number(values))
                }
                return (column.name, .level(codes: values.map { Int32($0) }, levels: levels))
            },
            rowCount: count
        )
    }
}
