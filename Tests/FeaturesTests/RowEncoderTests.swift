import Features
import Kernels
import Schema
import Tabular
import Testing

@Suite struct RowEncoderTests {
    private static let columns = [
        ColumnSchema(
            name: "Unused",
            role: .feature,
            type: .number(minimum: nil, maximum: nil),
            nulls: .impute
        ),
        ColumnSchema(
            name: "Age",
            role: .feature,
            type: .number(minimum: nil, maximum: nil),
            nulls: .impute
        ),
        ColumnSchema(
            name: "Active",
            role: .feature,
            type: .boolean(no: "0", yes: "1"),
            nulls: .impute
        ),
        ColumnSchema(
            name: "Land",
            role: .feature,
            type: .levels(["a", "b", "c"]),
            nulls: .impute,
            unseen: .other
        ),
    ]
    private static let schema = Schema(
        target: .init(column: "Left", positive: "1", negative: "0"),
        identifier: nil,
        columns: columns
    )

    private static func table(rows: Int, seed: UInt64) -> Table {
        var generator = SeededGenerator(seed: seed)
        func numbers() -> [Double] {
            (0 ..< rows).map { $0 % 7 == 3 ? .nan : .random(in: -50 ... 50, using: &generator) }
        }
        return Table(
            [
                ("Unused", .number(numbers())), ("Age", .number(numbers())),
                (
                    "Active",
                    .level(codes: (0 ..< rows).map { Int32($0 % 3) - 1 }, levels: ["0", "1"])
                ),
                (
                    "Land",
                    .level(codes: (0 ..< rows).map { Int32($0 % 5) - 2 }, levels: ["a", "b", "c"])
                ),
            ],
            rowCount: rows
        )
    }

    private static func rows(_ table: Table) -> CodedRows {
        var rows = CodedRows(width: columns.count)
        rows.append(Array(0 ..< table.rowCount), of: table, columns: columns.map(\.name))
        return rows
    }

    @Test(arguments: [FeatureEncoding.dummies, .pieces], [0, 1, 2, 16, 17, 333])
    func `the bits of columns`(encoding: FeatureEncoding, rows: Int) throws {
        let training = Self.table(rows: 400, seed: 1)
        let labels = (0 ..< 400).map { $0 % 3 == 0 }
        let features = try FeaturePlan(Self.schema, encoding: encoding).fit(
            training,
            labels: labels
        )
        let encoder = try RowEncoder(features, columns: Self.columns)
        let table = Self.table(rows: rows, seed: 2)
        let expected = try features.encode(table)
        let encoded = encoder.encode(Self.rows(table))
        #expect(encoded.stride == expected.stride && encoded.columnCount == expected.columnCount)
        #expect(encoded.values.map(\.bitPattern) == expected.values.map(\.bitPattern))
    }

    @Test func `levels in another order`() throws {
        let training = Self.table(rows: 40, seed: 1)
        let features = try FeaturePlan(Self.schema).fit(training, labels: [])
        var columns = Self.columns
        columns[2].type = .boolean(no: "stays", yes: "leaves")
        columns[3].type = .levels(["c", "x", "a"])
        let encoder = try RowEncoder(features, columns: columns)
        let own = try RowEncoder(features, columns: Self.columns)
        for (code, place) in [(0.0, 2.0), (1, -2), (2, 0), (-1, -1), (-2, -2)] {
            for truth in [0.0, 1, -1] {
                #expect(
                    encoder.encode(CodedRows(width: 4, values: [0, 1, truth, code]))
                        == own.encode(CodedRows(width: 4, values: [0, 1, truth, place]))
                )
            }
        }
    }

    @Test func `features that are no columns are refused`() throws {
        let features = try FeaturePlan(Self.schema).fit(Self.table(rows: 40, seed: 1), labels: [])
        #expect(throws: FeatureError.self) {
            try RowEncoder(features, columns: Array(Self.columns.dropFirst()))
        }
        var columns = Self.columns
        for type in [ColumnType.levels(["a"]), .boolean(no: "0", yes: "1"), .text] {
            columns[1].type = type
            #expect(throws: FeatureError.self) { try RowEncoder(features, columns: columns) }
        }
    }
}
