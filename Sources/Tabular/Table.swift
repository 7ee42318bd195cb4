/// One typed column of a table.
public enum Column: Sendable, Equatable {
    /// Numbers; NaN where null.
    case number([Double])
    /// Codes of levels: the index into `levels`, or one of `LevelCode`.
    case level(codes: [Int32], levels: [String])
    /// Text as it stands in the file, for identifiers.
    case text([String])

    /// Number of rows.
    public var count: Int {
        switch self {
        case .number(let values): values.count
        case .level(let codes, _): codes.count
        case .text(let values): values.count
        }
    }
}

/// What stands for a level where a field has none of the list.
///
/// Kernels that read files write these codes, and everything behind them goes by these names.
public enum LevelCode {
    /// The field is empty.
    public static let null: Int32 = -1
    /// The level is not listed.
    public static let unlisted: Int32 = -2
}

/// Typed columns of equal length, in order, found by name.
public struct Table: Sendable, Equatable {
    /// Names of the columns, unique, in order.
    public let names: [String]
    /// The columns, in the order of `names`.
    public let columns: [Column]
    /// Number of rows.
    public let rowCount: Int
    /// Where each name is, in a table of very many columns; nil where going through them is quicker.
    private let places: [String: Int]?

    /// Columns from which on they are not gone through.
    private static let many = 32

    /// Creates a table.
    ///
    /// - Precondition: As many names as columns; columns of equal length.
    public init(_ named: [(name: String, column: Column)], rowCount: Int) {
        precondition(named.allSatisfy { $0.column.count == rowCount }, "columns differ in length")
        names = named.map(\.name)
        columns = named.map(\.column)
        self.rowCount = rowCount
        places =
            named.count < Self.many
            ? nil : Dictionary(zip(names, named.indices)) { first, _ in first }
    }

    /// The column of that name, or nil.
    public subscript(name: String) -> Column? {
        (places.map { $0[name] } ?? names.firstIndex(of: name)).map { columns[$0] }
    }
}

extension Table {
    /// Some of the rows, in the order given.
    ///
    /// - Precondition: Each is a row of the table.
    /// - Complexity: O(rows · columns).
    public func selecting(_ rows: [Int]) -> Table {
        Table(self, columns: columns.map { $0.selecting(rows) }, rowCount: rows.count)
    }

    /// Other columns under the same names.
    private init(_ other: Table, columns: [Column], rowCount: Int) {
        names = other.names
        places = other.places
        self.columns = columns
        self.rowCount = rowCount
    }
}

extension Column {
    /// Codes as numbers, NaN where they are of no level; other columns as they are.
    public var numbers: Column {
        guard case .level(let codes, _) = self else { return self }
        return .number(codes.map { $0 < 0 ? .nan : Double($0) })
    }

    /// The values of some rows, in the order given.
    ///
    /// - Precondition: Each is a row of the column.
    public func selecting(_ rows: [Int]) -> Column {
        switch self {
        case .number(let values): .number(rows.map { values[$0] })
        case .level(let codes, let levels): .level(codes: rows.map { codes[$0] }, levels: levels)
        case .text(let values): .text(rows.map { values[$0] })
        }
    }
}
