public import Tabular

extension Table {
    /// The rows of tables with the same columns, one table after the other.
    ///
    /// - Precondition: Every table has the names and kinds of column of the first.
    public init(joining tables: [Table]) {
        guard let first = tables.first, tables.count > 1 else {
            self = tables.first ?? Table([], rowCount: 0)
            return
        }
        let columns = first.columns.indices.map { index -> (name: String, column: Column) in
            (first.names[index], Column(joining: tables.map { $0.columns[index] }))
        }
        self.init(columns, rowCount: tables.reduce(0) { $0 + $1.rowCount })
    }
}

extension Column {
    /// The values of columns of one kind, one after the other.
    fileprivate init(joining columns: [Column]) {
        var numbers: [Double] = []
        var codes: [Int32] = []
        var texts: [String] = []
        for column in columns {
            switch column {
            case .number(let values): numbers += values
            case .level(let values, _): codes += values
            case .text(let values): texts += values
            }
        }
        switch columns.first {
        case .number, nil: self = .number(numbers)
        case .level(_, let levels): self = .level(codes: codes, levels: levels)
        case .text: self = .text(texts)
        }
    }
}
