import Schema
import Testing
import Wire

@Suite struct OrderedFieldsTests {
    private static let decoder = CustomerDecoder(
        Schema(
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
                ColumnSchema(
                    name: "Saldo \"€\"",
                    role: .feature,
                    type: .number(minimum: nil, maximum: nil),
                    nulls: .impute
                ),
                ColumnSchema(name: "Active", role: .feature, type: .boolean(no: "0", yes: "1")),
                ColumnSchema(name: "Land", role: .feature, type: .levels(["Österreich", "D\t"])),
                ColumnSchema(
                    name: "Plan",
                    role: .feature,
                    type: .levels(["1.0", "1"]),
                    nulls: .impute,
                    unseen: .other
                ),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
    )

    private static func values(_ json: [UInt8]) -> [Double]? { decoder.ordered.values(json.span) }

    private static let plain = [
        #"{"Age": 40, "Saldo \"€\"": -1.5, "Active": 1, "Land": "Österreich", "Plan": "1"}"#,
        #"{"Age":40.0,"Saldo \"€\"":-1.50,"Active":"1","Land":"Österreich","Plan":1}"#,
        " {\n\"Age\"\t:\r40 , \"Saldo \\\"€\\\"\" : -1.5 ,\"Active\" :1.0, "
            + "\"Land\":\"Österreich\",\"Plan\":1 }\n",
    ]

    @Test(arguments: plain) func `are read in one pass`(json: String) throws {
        #expect(Self.values(Array(json.utf8)) == [40, -1.5, 1, 0, 1])
        let rows = try Self.decoder.customers(Array(json.utf8))
        #expect(rows.isSingle && rows.identifiers == [nil] && rows.problems.isEmpty)
    }

    @Test(arguments: [
        #""Age": 17"#, #""Age": 101"#, #""Age": "40""#, #""Age": 4e1"#, #""Age": 040"#,
        #""Age": 40."#,
        #""Age": .4"#, #""Age": -"#, #""Age": null"#, #""Age": [40]"#,
        #""Age": 40.0000000000000000"#,
        #""Age": 40, "Age": 40"#, #""Age" 40"#, #""Age":"#, #""age": 40"#, #""Ag\u0065": 40"#,
        #""Id": 7, "Age": 40"#, "",
    ])
    func `another spelling is not for them`(age: String) {
        let json = Self.plain[0].replacing(#""Age": 40"#, with: age)
        #expect(Self.values(Array(json.utf8)) == nil)
    }

    @Test(arguments: [
        ("\"Österreich\"", "\"D\t\""), ("\"Österreich\"", "\"D\\t\""),
        ("\"Österreich\"", "\"\\u00d6sterreich\""), ("\"Österreich\"", "\"österreich\""),
        ("\"Österreich\"", "\"Österreich"), ("1.5", "1.5.5"), ("\"1\"}", "\"1\",}"),
        ("\"1\"}", "\"1\"} 1"), ("\"1\"}", "\"2\"}"), ("\"1\"}", "\"1\""), ("{", "[{"),
        ("\"Active\": 1", "\"Active\": 2"),
    ])
    func `neither is another text`(part: String, other: String) {
        #expect(Self.values(Array(Self.plain[0].replacing(part, with: other).utf8)) == nil)
    }

    /// Bytes of a plain text removed, doubled, or replaced by one that means something to JSON.
    @Test(arguments: plain) func `what they are is what the other reader says`(json: String) throws
    {
        let bytes = Array(json.utf8)
        var read = 0
        for place in bytes.indices {
            for other in [nil] + Array(" \t\u{1}\"\\{}[]:,.-+eE0159aÖ".utf8).map(Optional.some) {
                for isAdded in [false, true] {
                    var changed = bytes
                    changed.replaceSubrange(
                        place ..< (isAdded ? place : place + 1),
                        with: other.map { [$0] } ?? []
                    )
                    guard let values = Self.values(changed) else { continue }
                    read += 1
                    let rows = try Self.decoder.fieldByField(changed)
                    #expect(rows.coded.values.map(\.bitPattern) == values.map(\.bitPattern))
                    #expect(rows.isSingle && rows.identifiers == [nil] && rows.problems.isEmpty)
                    #expect(rows.nullCount == 0 && rows.unseenCount == 0)
                }
            }
        }
        #expect(read > bytes.count)
    }

    @Test func `nobody without features`() {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1"))]
        )
        #expect(CustomerDecoder(schema).ordered.values(Array("{}".utf8).span) == nil)
    }
}
