import Schema
import Tabular
import Testing

@Suite struct CodedRowsTests {
    static let columns = [
        ColumnSchema(
            name: "Age",
            role: .feature,
            type: .number(minimum: 18, maximum: 100),
            nulls: .impute
        ),
        ColumnSchema(
            name: "Card",
            role: .feature,
            type: .boolean(no: "no", yes: "yes"),
            nulls: .impute
        ),
        ColumnSchema(
            name: "Land",
            role: .feature,
            type: .levels(["E\u{301}ire", "Île"]),
            nulls: .impute,
            unseen: .other
        ),
    ]
    static let rows = CodedRows(width: 3, values: [42.5, 1, 0, .nan, -1, -1, -0.0, 0, -2])
    static let schema = Schema(
        target: .init(column: "Left", positive: "1", negative: "0"),
        identifier: nil,
        nullValues: ["(not listed)"],
        columns: columns + [
            ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1"))
        ]
    )
    static var customers: CodedCustomers {
        var customers = CodedCustomers(schema)
        for row in 0 ..< 3 { customers.append(rows[row: row], label: row == 1) }
        return customers
    }

    @Test func `rows and columns are the same customers`() {
        let table = Self.rows.table(Self.columns)
        #expect(table.names == ["Age", "Card", "Land"])
        #expect(table["Card"] == .level(codes: [1, -1, 0], levels: ["no", "yes"]))
        #expect(
            table["Land"]
                == .level(
                    codes: [0, LevelCode.null, LevelCode.unlisted],
                    levels: ["E\u{301}ire", "Île"]
                )
        )
        var back = CodedRows(width: 3)
        back.append([0, 1, 2], of: table, columns: table.names)
        #expect(back == Self.rows)
        back.append([2, 0], of: table, columns: table.names)
        #expect(back.selecting([3, 4]) == Self.rows.selecting([2, 0]))
        #expect(back.count == 5 && back[row: 4, column: 0] == 42.5)
        #expect(Array(back[row: 3]) == [0, 0, -2])
    }

    @Test func `equal means the same bits`() {
        #expect(Self.rows == Self.rows)
        var values = Self.rows.values
        values[6] = 0
        #expect(CodedRows(width: 3, values: values) != Self.rows)
        #expect(CodedRows(width: 9, values: Self.rows.values) != Self.rows)
        #expect(CodedRows(width: 0).count == 0)
    }

    @Test(
        arguments: [
            (Coding.number, Coding.number, []), (.number, .level(["1"]), nil),
            (.truth(no: "a", yes: "b"), .truth(no: "0", yes: "1"), [-2, -1, 0, 1]),
            (.truth(no: "a", yes: "b"), .level(["a", "b"]), nil),
            (.level(["a", "b"]), .level(["b", "c", "a"]), [-2, -1, 1, -2, 0]),
            // Two forms of "é", which are two levels.
            (.level(["e\u{301}"]), .level(["\u{e9}"]), [-2, -1, -2]),
            (.level(["a"]), .number, nil),
        ] as [(Coding, Coding, [Int32]?)]
    )
    func `codes of one column in another's`(own: Coding, other: Coding, codes: [Int32]?) {
        #expect(own.codes(of: other) == codes)
    }

    @Test func `their own schema reads them as they are`() throws {
        let decoded = try Self.customers.decoded(by: Self.schema, needsTarget: true)
        #expect(decoded.labels == [false, true, false] && decoded.violations.isEmpty)
        var rows = CodedRows(width: 3)
        rows.append([0, 1, 2], of: decoded.table, columns: decoded.table.names)
        #expect(rows == Self.rows)
    }

    /// What another schema says of a file of the same customers.
    @Test func `another schema reads them as it reads a file`() throws {
        var other = Self.schema
        other.columns[0].nulls = .error
        other.columns[0].type = .number(minimum: 0, maximum: 40)
        other.columns[0].outside = .error
        other.columns[1].type = .levels(["yes", "no"])
        other.columns[2].type = .levels(["Île", "(not listed)", "E\u{301}ire"])
        other.columns[3].type = .boolean(no: "1", yes: "0")
        other.target = .init(column: "Left", positive: "0", negative: "1")
        let header = ["Age", "Card", "Land", "Left"]
        let texts = header.map { Self.customers.texts($0) ?? [] }
        #expect(
            texts == [
                ["42.5", "", "-0"], ["yes", "", "no"],
                ["E\u{301}ire", "", "((not listed))"], ["0", "1", "0"],
            ]
        )
        let batch = RecordBatch(
            columnCount: 4,
            rows: (0 ..< 3).map { row in texts.map { $0[row] } }
        )
        let file = try SchemaDecoder(other, header: header, needsTarget: true).decode(batch)
        let coded = try Self.customers.decoded(by: other, needsTarget: true)
        #expect(coded == file)
        #expect(coded.rejectedRows == [0, 1] && coded.violations.count == 2)
        #expect(coded.labels == [true])
        #expect(coded.table["Card"] == .level(codes: [1], levels: ["yes", "no"]))
    }

    @Test func `a column that is not there is named`() {
        var other = Self.schema
        other.columns[0].name = "Years"
        other.target.column = "Gone"
        let error = #expect(throws: ColumnMismatch.self) {
            try Self.customers.decoded(by: other, needsTarget: true)
        }
        #expect(error?.missing == ["Years", "Gone"])
        #expect(error?.header == ["Age", "Card", "Land", "Left"])
        #expect(Self.customers.texts("Years") == nil)
    }
}
