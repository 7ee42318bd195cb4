/// One typed column of a table.
public enum Column: Sendable, Equatable {
    /// Numbers; NaN where null.
    case number([Double])
    /// Codes of levels: the index into `levels`, -1 where null, -2 where none of them.
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

/// Typed columns of equal length, in order, found by name.
public struct Table: Sendable, Equatable {
    /// Names of the columns, unique, in order.
    public let names: [String]
    /// The columns, in the order of `names`.
    public let columns: [Column]
    /// Number of rows.
    public let rowCount: Int

    /// Creates a table.
    ///
    /// - Precondition: As many names as columns; columns of equal length.
    public init(_ named: [(name: String, column: Column)], rowCount: Int) {
        precondition(named.allSatisfy { $0.column.count == rowCount }, "columns differ in length")
        names = named.map(\.name)
        columns = named.map(\.column)
        self.rowCount = rowCount
    }

    /// The column of that name, or nil.
    public subscript(name: String) -> Column? {
        names.firstIndex(of: name).map { columns[$0] }
    }
}

extension Table {
    /// Some of the rows, in the order given.
    ///
    /// - Precondition: Each is a row of the table.
    /// - Complexity: O(rows · columns).
    public func selecting(_ rows: [Int]) -> Table {
        let columns = columns.map { column -> Column in
            switch column {
            case .number(let values): .number(rows.map { values[$0] })
            case .level(let codes, let levels):
                .level(codes: rows.map { codes[$0] }, levels: levels)
            case .text(let values): .text(rows.map { values[$0] })
            }
        }
        return Table(Array(zip(names, columns)), rowCount: rows.count)
    }
}
