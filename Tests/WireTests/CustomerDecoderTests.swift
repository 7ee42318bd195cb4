import Schema
import Testing
import Wire

@Suite struct CustomerDecoderTests {
    private static let schema = Schema(
        target: .init(column: "Left", positive: "1", negative: "0"),
        identifier: "Id",
        columns: [
            ColumnSchema(name: "Id", role: .identifier, type: .text),
            ColumnSchema(
                name: "Age",
                role: .feature,
                type: .number(minimum: 18, maximum: 100),
                outside: .error
            ),
            ColumnSchema(name: "Active", role: .feature, type: .boolean(no: "0", yes: "1")),
            ColumnSchema(
                name: "Card Type",
                role: .feature,
                type: .levels(["DIAMOND", "GOLD", "SILVER"])
            ),
            ColumnSchema(
                name: "Land",
                role: .feature,
                type: .levels(["1", "2"]),
                nulls: .impute,
                unseen: .other
            ),
            ColumnSchema(
                name: "Saldo",
                role: .feature,
                type: .number(minimum: nil, maximum: nil),
                nulls: .impute
            ),
            ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
        ]
    )
    private static let decoder = CustomerDecoder(schema)

    private static func rows(_ json: String) throws -> CustomerRows {
        try decoder.customers(Array(json.utf8))
    }

    private static func numbers(
        _ rows: CustomerRows,
        _ name: String,
        features: [String] = schema.features.map(\.name)
    ) -> [Double] {
        let place = features.firstIndex(of: name) ?? 0
        return (0 ..< rows.count).map { rows.coded.values[$0 * features.count + place] }
    }

    private static let plain =
        #""Age": 40, "Active": 1, "Card Type": "GOLD", "Land": "2", "Saldo": 1.5"#

    @Test(arguments: [
        plain,
        #""age": 40, "ACTIVE": true, "card_type": "GOLD", "l a n d": 2, "saldo": "1.5""#,
        #""Saldo": 15e-1, "Land": 2.0, "CardType": "GOLD", "Active": "1", "Age": " 40 ""#,
        #""Age": 40.0, "Active": 1.0, "Card_Type_GOLD": 1, "Card_Type_SILVER": 0, "Land": "2", "Saldo": 1.5"#,
        #""Age": 40, "Active": 1, "cardtypegold": true, "Land_2": 1, "Saldo": 1.5, "Other": [1, {"a": 2}]"#,
        #""Age": 40, "Active_1": 1, "Card Type_DIAMOND": 0, "Card Type_GOLD": 1, "Land": "2", "Saldo": 1.5, "Left": 1"#,
        #""Age": 40, "Act\u0069ve": 1, "Card Type": "GO\u004cD", "Land": "2", "Saldo": 1.5"#,
    ])
    func `the same customer in many spellings`(fields: String) throws {
        let rows = try Self.rows("{\(fields)}")
        #expect(rows.problems.isEmpty && rows.isSingle && rows.count == 1)
        let values = ["Age", "Active", "Card Type", "Land", "Saldo"].map { Self.numbers(rows, $0) }
        #expect(values == [[40], [1], [1], [1], [1.5]])
        #expect(rows.nullCount == 0 && rows.unseenCount == 0)
    }

    @Test func `the first level, which encoding drops`() throws {
        let rows = try Self.rows(
            #"{"Age": 40, "Active": 0, "Card_Type_GOLD": 0, "Card_Type_SILVER": 0, "Land": 1, "Saldo": null}"#
        )
        #expect(rows.problems.isEmpty)
        #expect(Self.numbers(rows, "Card Type") == [0] && rows.nullCount == 1)
    }

    @Test func `policies for empty and unseen fields`() throws {
        let rows = try Self.rows(
            #"[{"Age": 40, "Active": 0, "Card Type": "GOLD", "Land": "9"}, {\#(Self.plain), "Id": 7}]"#
        )
        #expect(rows.problems.isEmpty && !rows.isSingle && rows.count == 2)
        #expect(Self.numbers(rows, "Land") == [-2, 1] && rows.unseenCount == 1)
        let balance = Self.numbers(rows, "Saldo")
        #expect(balance[0].isNaN && balance[1] == 1.5 && rows.nullCount == 1)
        #expect(rows.identifiers == [nil, "7"])
    }

    @Test(arguments: [
        (#""Age": 40"#, "Age", "is given more than once"),
        (#""aGe": 41"#, "Age", "is given more than once"),
        (#""Card_Type_GOLD": 1"#, "Card Type", "both"),
    ])
    func `fields that contradict each other`(field: String, name: String, problem: String) throws {
        let rows = try Self.rows("{\(Self.plain), \(field)}")
        #expect(rows.problems.map(\.field) == [name])
        #expect(rows.problems.first?.problem.contains(problem) == true)
    }

    @Test(arguments: [
        (#"Age": "abc"#, #""abc" is not a number"#), (#"Age": "17"#, "below the minimum"),
        (#"Age": true"#, "is not a number"), (#"Age": 1e999"#, "is not a number"),
        (#"Age": [4]"#, "neither"),
        (#"Age": null"#, "is empty"), (#"Age": """#, "is empty"), (#"Agee": 40"#, #""Agee" meant"#),
        (#"Age": 101"#, "above the maximum"),
    ])
    func `a wrong age`(field: String, problem: String) throws {
        let value = field.hasSuffix("\"") || !field.contains("\": \"") ? field : field + "\""
        let rows = try Self.rows(
            #"{"\#(value), "Active": 1, "Card Type": "GOLD", "Land": "2", "Saldo": 1.5}"#
        )
        #expect(rows.problems.map(\.field) == ["Age"])
        #expect(rows.problems.first?.problem.contains(problem) == true, "\(rows.problems)")
    }

    @Test(arguments: [
        (#""Card_Type_GOLD": 1, "Card_Type_SILVER": 1"#, "only one"),
        (#""Card_Type_GOLD": 0"#, "lacks"), (#""Card_Type_GOLD": 2"#, "not 0 or 1"),
        (#""Card_Type_GOLD": 0, "Card_Type_SILVER": 0, "Card_Type_DIAMOND": 0"#, "no encoded"),
        (#""Card Type": "GOLDE""#, "did you mean"), (#""Card Type": 3"#, "not a level"),
    ])
    func `a wrong level`(fields: String, problem: String) throws {
        let rows = try Self.rows(#"{"Age": 40, "Active": 1, \#(fields), "Land": "2"}"#)
        #expect(rows.problems.map(\.field) == ["Card Type"])
        #expect(rows.problems.first?.problem.contains(problem) == true, "\(rows.problems)")
    }

    @Test func `all problems of all customers at once`() throws {
        let rows = try Self.rows(
            #"[{}, {\#(Self.plain)}, 7, {"Age": 1, "Active": 2, "Card Type": "x"}]"#
        )
        #expect(rows.count == 4)
        #expect(rows.problems.map(\.index) == [0, 0, 0, 2, 3, 3, 3])
        #expect(
            rows.problems.map(\.field) == [
                "Age", "Active", "Card Type", nil, "Age", "Active", "Card Type",
            ]
        )
    }

    @Test(arguments: ["", "7", "\"a\"", "null", "{", "[{}", "[1] 2"])
    func `no customers at all`(json: String) {
        #expect(throws: JSONError.self) { try Self.rows(json) }
    }

    @Test func `names that only their exact form tells apart`() throws {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: ["a b", "a_b"].map {
                ColumnSchema(name: $0, role: .feature, type: .number(minimum: nil, maximum: nil))
            }
        )
        let rows = try CustomerDecoder(schema).customers(Array(#"{"a b": 1, "a_b": 2}"#.utf8))
        #expect(rows.coded.values == [1, 2])
        let vague = try CustomerDecoder(schema).customers(Array(#"{"A B": 1, "a_b": 2}"#.utf8))
        #expect(vague.problems.map(\.field) == ["a b"])
    }

    /// Balances are written 1.234,50 in files.
    private static let formed: CustomerDecoder = {
        var balance = ColumnSchema(
            name: "Balance",
            role: .feature,
            type: .number(minimum: nil, maximum: nil)
        )
        balance.format = NumberForm(example: "1.234,50")
        let target = ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1"))
        return CustomerDecoder(
            Schema(target: schema.target, identifier: nil, columns: [balance, target])
        )
    }()

    @Test(
        arguments: [
            ("Balance;x\n12.480,50;1\n", 12480.5), ("balance,x\n12.480,1\n", 12480),
            ("Balance;x\n950;1\n", 950), ("Balance\tx\n\"8,5\"\t1\n", 8.5),
        ]
    )
    func `CSV is read in the form of the column, as files are`(csv: String, value: Double) throws {
        let rows = try Self.formed.table(Array(csv.utf8))
        #expect(rows.problems.isEmpty)
        #expect(rows.coded.values == [value])
    }

    @Test(
        arguments: [
            (#"{"Balance": 12.480}"#, 12.48), (#"{"Balance": "12.480"}"#, 12480),
            (#"{"Balance": "12.480,50"}"#, 12480.5), (#"[{"Balance": 8105.79}]"#, 8105.79),
        ]
    )
    func `numbers of JSON are what they are, texts what files have`(
        json: String,
        value: Double
    ) throws {
        let rows = try Self.formed.customers(Array(json.utf8))
        #expect(rows.problems.isEmpty)
        #expect(rows.coded.values == [value])
    }

    @Test(arguments: ["Balance\n8105.79\n", "Balance,x\n\"8,105\",1\n"])
    func `a field of another form is a problem`(csv: String) throws {
        let problems = try Self.formed.table(Array(csv.utf8)).problems
        #expect(problems.count == 1)
        #expect(problems.first?.problem.contains("is not written like 1.234,50") == true)
    }

    @Test func `nameless columns that the model does not need stop nothing`() throws {
        let csv = ",Age,Active,Card Type,Land,Saldo,\n7,40,1,GOLD,2,1.5,\n"
        let rows = try Self.decoder.table(Array(csv.utf8))
        #expect(rows.problems.isEmpty)
        #expect(rows.count == 1)
    }
}
