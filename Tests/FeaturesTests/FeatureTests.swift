import Features
import Foundation
import Schema
import Tabular
import Testing

@Suite struct FeatureTests {
    @Test func `numbers and booleans come first, then levels, each in file order`() throws {
        let fitted = try FeaturePlan(bank()).fit(customers())
        #expect(
            fitted.encodedNames == [
                "Age", "Active", "Geography_Germany", "Geography_Spain", "Gender_Male",
            ]
        )
    }

    @Test func `a row has the same bits alone, in any batch and at any place`() throws {
        let fitted = try FeaturePlan(bank(nulls: .impute, unseen: .other))
            .fit(customers(gaps: true))
        let many = customers(gaps: true, count: 1_000)
        let matrix = try fitted.encode(many)
        #expect(matrix.stride == 1_008)
        for row in stride(from: 0, to: 1_000, by: 37) {
            let alone = try fitted.encode(customers(gaps: true, rows: row ..< row + 1))
            #expect(alone.stride == 16)
            for column in 0 ..< matrix.columnCount {
                let one = alone[row: 0, column: column]
                #expect(one.bitPattern == matrix[row: row, column: column].bitPattern)
            }
        }
    }

    @Test(arguments: [1, 15, 16, 17, 33])
    func `padding is zero up to a multiple of 16`(count: Int) throws {
        let matrix = try FeaturePlan(bank()).fit(customers()).encode(customers(count: count))
        #expect(matrix.stride == (count + 15) / 16 * 16)
        #expect(matrix.values.count == matrix.stride * matrix.columnCount)
        for column in 0 ..< matrix.columnCount {
            for row in count ..< matrix.stride {
                #expect(matrix.values[column * matrix.stride + row] == 0)
            }
        }
        let rows = matrix.rowMajor()
        #expect(rows.count == count * matrix.columnCount)
        #expect(rows[rows.count - 2] == matrix[row: count - 1, column: 3])
    }

    @Test func `no rows encode to an empty matrix`() throws {
        let matrix = try FeaturePlan(bank()).fit(customers()).encode(customers(count: 0))
        #expect(matrix.rowCount == 0 && matrix.values.isEmpty)
    }

    @Test func `what breaks the schema becomes NaN, never a made-up number`() throws {
        let fitted = try FeaturePlan(bank()).fit(customers())
        let table = Table(
            [
                ("Age", .number([.nan, 40])),
                ("Active", .level(codes: [1, 0], levels: ["no", "yes"])),
                ("Geography", .level(codes: [0, -2], levels: ["France", "Germany", "Spain"])),
                ("Gender", .level(codes: [-1, 0], levels: ["Female", "Male"])),
            ],
            rowCount: 2
        )
        let matrix = try fitted.encode(table)
        #expect(matrix[row: 0, column: 0].isNaN && !matrix[row: 1, column: 0].isNaN)
        #expect(matrix[row: 1, column: 2].isNaN && matrix[row: 1, column: 3].isNaN)
        #expect(matrix[row: 0, column: 4].isNaN)
    }

    @Test func `levels in another order, and a boolean as levels, are found by name`() throws {
        let fitted = try FeaturePlan(bank()).fit(customers())
        func table(_ levels: [String], _ geography: Int32, _ active: Column) -> Table {
            Table(
                [
                    ("Gender", .level(codes: [1], levels: ["Female", "Male"])),
                    ("Active", active),
                    ("Geography", .level(codes: [geography], levels: levels)),
                    ("Age", .number([40])),
                ],
                rowCount: 1
            )
        }
        let expected = try fitted.encode(
            table(["France", "Germany", "Spain"], 2, .level(codes: [1], levels: ["no", "yes"]))
        )
        let other = try fitted.encode(
            table(["Spain", "France"], 0, .level(codes: [0], levels: ["yes", "no"]))
        )
        #expect(other == expected)
    }

    @Test func `the most frequent level stands in, the first where two are as frequent`() throws {
        let fitted = try FeaturePlan(bank(nulls: .impute)).fit(
            Table(
                [
                    ("Age", .number([1, .nan, 3, 8])),
                    ("Active", .level(codes: [0, 1, 1, 0], levels: ["no", "yes"])),
                    (
                        "Geography",
                        .level(codes: [2, 1, 1, 2], levels: ["France", "Germany", "Spain"])
                    ),
                    ("Gender", .level(codes: [1, -1, 1, 0], levels: ["Female", "Male"])),
                ],
                rowCount: 4
            )
        )
        #expect(fitted.features.map(\.substitute) == [4, 0.5, 1, 1])
        #expect(
            fitted.features.map { $0.indicator?.name } == [
                "Age_missing", nil, nil, "Gender_missing",
            ]
        )
    }

    @Test func `the same state gives the same JSON, and reads back equal`() throws {
        let fitted = try FeaturePlan(bank(nulls: .impute, unseen: .other))
            .fit(customers(gaps: true))
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = try encoder.encode(fitted)
        #expect(try JSONDecoder().decode(FittedFeatures.self, from: json) == fitted)
        #expect(try encoder.encode(JSONDecoder().decode(FittedFeatures.self, from: json)) == json)
    }

    @Test(arguments: [
        (#""deviation":1"#, #""deviation":0"#, "no finite mean and positive deviation"),
        (#""code":1"#, #""code":2"#, "can't be read off it"),
        (#"["a","b"]"#, "[]", "has no levels"),
        (#""substitute":0"#, #""substitute":2"#, "no index of its 2 levels"),
    ])
    func `a state whose parts don't fit is refused`(
        part: String,
        wrong: String,
        message: String
    )
        throws
    {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(
                    name: "Plan",
                    role: .feature,
                    type: .levels(["a", "b"]),
                    nulls: .impute
                )
            ]
        )
        let table = Table([("Plan", .level(codes: [0, 0], levels: ["a", "b"]))], rowCount: 2)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = String(
            decoding: try encoder.encode(FeaturePlan(schema).fit(table)),
            as: UTF8.self
        )
        #expect(json.contains(part))
        let broken = json.replacingOccurrences(of: part, with: wrong)
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(FittedFeatures.self, from: Data(broken.utf8))
        }
        let description = error.map { "\($0)" } ?? ""
        #expect(description.contains("Plan") && description.contains(message))
    }
}

/// Every way in which a table can't be fitted, and what the message says.
@Suite struct FeatureErrorTests {
    @Test(
        arguments: [
            ("Age", nil, #"column "Age": is absent, but the model needs it; add it to the file"#),
            (
                "Age", .text(["a", "b"]),
                #"column "Age": holds text where the model expects numbers"#
            ),
            (
                "Age", .level(codes: [0, 0], levels: ["a"]),
                #"column "Age": holds levels where the model expects numbers"#
            ),
            (
                "Gender", .number([1, 2]),
                #"column "Gender": holds no levels where the model expects levels"#
            ),
            (
                "Age", .number([.nan, .nan]),
                #"column "Age": every training row is empty; give the column the role ignored"#
            ),
            (
                "Age", .number([.nan, 1]),
                #"column "Age": 1 training rows are empty; fill them, or set nulls: impute"#
            ),
            (
                "Age", .number([1, .infinity]),
                #"column "Age": row 2 of the training rows is infinite"#
            ),
            (
                "Gender", .level(codes: [0, -2], levels: ["Female", "Male"]),
                #"column "Gender": row 2 of the training rows has a level that the schema does not list;"#
                    + " list it, or set unseen: other"
            ),
        ] as [(String, Column?, String)]
    )
    func `says which column and why`(name: String, column: Column?, message: String) {
        let rest: [(name: String, column: Column)] = [
            ("Age", .number([1, 2])),
            ("Active", .level(codes: [0, 1], levels: ["no", "yes"])),
            ("Geography", .level(codes: [0, 1], levels: ["France", "Germany", "Spain"])),
            ("Gender", .level(codes: [0, 1], levels: ["Female", "Male"])),
        ]
        let table = Table(
            rest.filter { $0.name != name } + (column.map { [(name, $0)] } ?? []),
            rowCount: 2
        )
        let error = #expect(throws: FeatureError.self) { try FeaturePlan(bank()).fit(table) }
        #expect(error?.description == message)
        #expect(error?.column == name)
    }

    @Test func `a schema without features and a table without rows can't be fitted`() {
        var schema = bank()
        let none = #expect(throws: FeatureError.self) {
            try FeaturePlan(schema).fit(customers(count: 0))
        }
        #expect(none?.description == "there is no row to fit on")
        schema.columns = [ColumnSchema(name: "Plan", role: .feature, type: .levels(["a"]))]
        let constant = #expect(throws: FeatureError.self) {
            try FeaturePlan(schema)
                .fit(Table([("Plan", .level(codes: [0], levels: ["a"]))], rowCount: 1))
        }
        #expect(
            constant?.description
                == "every feature has a single level, so there is nothing to learn from"
        )
        schema.columns = []
        let empty = #expect(throws: FeatureError.self) { try FeaturePlan(schema).fit(customers()) }
        #expect(
            empty?.description == "the schema has no feature; give a column the role feature"
        )
    }
}

private func bank(nulls: NullPolicy = .error, unseen: UnseenPolicy = .error) -> Schema {
    func column(_ name: String, _ type: ColumnType, role: Role = .feature) -> ColumnSchema {
        ColumnSchema(name: name, role: role, type: type, nulls: nulls, unseen: unseen)
    }
    return Schema(
        target: .init(column: "Left", positive: "1", negative: "0"),
        identifier: "Id",
        columns: [
            column("Id", .text, role: .identifier),
            column("Geography", .levels(["France", "Germany", "Spain"])),
            column("Gender", .levels(["Female", "Male"])),
            column("Age", .number(minimum: 18, maximum: nil)),
            column("Active", .boolean(no: "no", yes: "yes")),
        ]
    )
}

/// Made-up customers; with gaps, every feature is null in some rows, and Geography unlisted in some.
private func customers(gaps: Bool = false, count: Int = 60, rows: Range<Int>? = nil) -> Table {
    let rows = rows ?? 0 ..< count
    return Table(
        [
            (
                "Age",
                .number(rows.map { gaps && $0 % 7 == 3 ? .nan : Double(18 + $0 * 31 % 57) / 3 })
            ),
            (
                "Active",
                .level(
                    codes: rows.map { gaps && $0 % 11 == 5 ? -1 : Int32($0 / 3 % 2) },
                    levels: ["no", "yes"]
                )
            ),
            (
                "Geography",
                .level(
                    codes: rows.map { gaps ? Int32($0 * 7 % 5) - 2 : Int32($0 * 7 % 3) },
                    levels: ["France", "Germany", "Spain"]
                )
            ),
            (
                "Gender",
                .level(
                    codes: rows.map { gaps && $0 % 5 == 2 ? -1 : Int32($0 % 2) },
                    levels: ["Female", "Male"]
                )
            ),
        ],
        rowCount: rows.count
    )
}
