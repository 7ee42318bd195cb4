import Features
import Schema
import Tabular

/// A table of number columns, and the schema that makes all of them features.
func numbers(
    _ columns: [(name: String, values: [Double])],
    nulls: NullPolicy = .error
) -> (table: Table, schema: Schema) {
    let schemas = columns.map {
        ColumnSchema(
            name: $0.name,
            role: .feature,
            type: .number(minimum: nil, maximum: nil),
            nulls: nulls
        )
    }
    let table = Table(
        columns.map { ($0.name, .number($0.values)) },
        rowCount: columns.first?.values.count ?? 0
    )
    return (table, schema(of: schemas))
}

/// A table of one column of levels by code, and its schema.
func levels(
    _ name: String,
    _ levels: [String],
    codes: [Int32],
    nulls: NullPolicy = .error,
    unseen: UnseenPolicy = .error
) -> (table: Table, schema: Schema) {
    let column = ColumnSchema(
        name: name,
        role: .feature,
        type: .levels(levels),
        nulls: nulls,
        unseen: unseen
    )
    let table = Table([(name, .level(codes: codes, levels: levels))], rowCount: codes.count)
    return (table, schema(of: [column]))
}

func schema(of columns: [ColumnSchema]) -> Schema {
    Schema(
        target: .init(column: "Left", positive: "1", negative: "0"),
        identifier: nil,
        columns: columns
    )
}

extension FittedFeatures {
    /// One encoded column of numbers, in double precision, by the name of the column.
    func encoded(_ column: String, of name: String, _ values: [Double]) throws -> [Double] {
        guard let place = encodedNames.firstIndex(of: column) else { return [] }
        let table = Table([(name, .number(values))], rowCount: values.count)
        return try values.indices.map { try encodedDoubles(table, row: $0)[place] }
    }
}
