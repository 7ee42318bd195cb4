import Foundation
import Schema
import Testing

@Suite struct SchemaYAMLTests {
    static func read(_ yaml: String) throws(YAMLProblem) -> Schema {
        try StrictMapping.read(yaml, file: "retain.yaml") { mapping throws(YAMLProblem) in
            try Schema(yaml: &mapping)
        }
    }

    static let oddNames = [
        "", " ", " leading", "trailing ", "yes", "No", "null", "~", "1", "007", "1.5e3", "0x1F",
        "a: b",
        "a #b", "#", "'", "\"", "\\", "- x", "? x", "[a]", "{a}", "a,b", "é", "e\u{301}", "名前", "👩‍👧",
        "line\nbreak", "tab\t", "\u{7}", "\u{2028}", "x\u{FEFF}", "\u{FFFE}", "\u{85}", "%", "@x",
        "`x`",
        "!tag", "&a", "*a", "<<", "=", "2024-01-01", "12:30", "---", "...", "|", ">", "Card Type",
        "N/A",
        "CreditScore", "x\r\ny", String(repeating: "long ", count: 300), ".inf", "a:", ":",
    ]

    private func randomSchema(_ seed: UInt64) -> Schema {
        var random = Weyl(seed)
        var names = Self.oddNames.shuffled(using: &random)
        // Names that Swift takes for the same can't both be columns.
        names = names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        func levels(_ count: Int) -> [String] {
            Array(Self.oddNames.shuffled(using: &random).prefix(count))
        }
        let meaning = levels(2)
        let target = Schema.Target(column: names[0], positive: meaning[0], negative: meaning[1])
        var columns = [
            ColumnSchema(
                name: names[0],
                role: .target,
                type: .boolean(no: meaning[1], yes: meaning[0])
            ),
            ColumnSchema(name: names[1], role: .identifier, type: .text),
        ]
        for name in names[2 ..< Int.random(in: 3 ... 20, using: &random)] {
            let two = levels(2)
            let bound = Double.random(in: -1e6 ... 1e6, using: &random)
            let types: [ColumnType] = [
                .number(minimum: nil, maximum: nil), .number(minimum: bound, maximum: bound + 0.1),
                .number(minimum: -1e300, maximum: nil), .boolean(no: two[0], yes: two[1]),
                .levels(levels(Int.random(in: 1 ... 30, using: &random))),
            ]
            let type = types.randomElement(using: &random) ?? .text
            var column = ColumnSchema(
                name: name,
                role: .feature,
                type: type,
                nulls: Bool.random(using: &random) ? .error : .impute,
                leakAllowed: Bool.random(using: &random),
                personal: Bool.random(using: &random)
            )
            if type.kind == .levels {
                column.unseen = Bool.random(using: &random) ? .error : .other
            }
            columns.append(column)
        }
        columns.append(ColumnSchema(name: names[30], role: .ignored, type: .text))
        columns.append(ColumnSchema(name: names[31], role: .constant, type: .text))
        columns.shuffle(using: &random)
        return Schema(
            target: target,
            identifier: Bool.random(using: &random) ? names[1] : nil,
            nullValues: levels(Int.random(in: 0 ... 6, using: &random)),
            columns: columns,
            horizonDays: Bool.random(using: &random)
                ? Int.random(in: 1 ... 3650, using: &random) : nil
        )
    }

    @Test(arguments: 1 ... 200)
    func `what is written is read`(seed: UInt64) throws {
        let schema = randomSchema(seed)
        #expect(try Self.read(schema.yaml()) == schema)
    }

    @Test(arguments: 1 ... 20)
    func `JSON keeps the schema`(seed: UInt64) throws {
        let schema = randomSchema(seed)
        let data = try JSONEncoder().encode(schema)
        #expect(try JSONDecoder().decode(Schema.self, from: data) == schema)
    }

    @Test func `JSON in the form of other programs`() throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let types: [ColumnType] = [
            .number(minimum: 0, maximum: nil), .boolean(no: "0", yes: "1"), .levels(["a"]), .text,
        ]
        #expect(
            String(decoding: try encoder.encode(types), as: UTF8.self)
                == #"[{"kind":"number","minimum":0},{"kind":"boolean","no":"0","yes":"1"},"#
                + #"{"kind":"levels","levels":["a"]},{"kind":"text"}]"#
        )
    }

    @Test func `a schema without a horizon is written as before`() throws {
        let schema = try CustomerFile.bank(60).schema(target: "Exited").schema
        let json = String(decoding: try JSONEncoder().encode(schema), as: UTF8.self)
        #expect(schema.horizonDays == nil && !json.contains("horizon"))
    }

    @Test func `inferred schemas are read back`() throws {
        var file = CustomerFile.bank(500)
        file.header[4] = "Land: \"#1\" \u{7}"
        for row in stride(from: 0, to: 500, by: 2) { file.rows[row][4] = "a\n# b\u{7}\u{2028}: c" }
        for row in stride(from: 0, to: 500, by: 5) { file.rows[row][4] = "NA" }
        let result = try file.schema(target: "Exited")
        #expect(try Self.read(result.yaml()) == result.schema)
    }

    @Test func `reads as a person expects`() throws {
        let yaml = try CustomerFile.bank(500).schema(target: "Exited").yaml()
        for line in [
            "target:\n  column: Exited\n  positive: \"1\"  # ",
            "identifier: CustomerId\n", "\n# horizon: 90d\n",
            "  RowNumber:\n    role: identifier  # counts the rows\n",
            "    type: levels  # ", "    levels: [France, Germany, Spain]\n",
            "    levels: [\"0\", \"1\"]  # read as 0 and 1\n",
            "  Complain:\n    role: leak  # alone: AUC ",
        ] {
            #expect(yaml.contains(line))
        }
        #expect(yaml.split(separator: "\n").allSatisfy { $0.count <= 120 })
    }

    @Test func `further sections follow`() throws {
        let result = try CustomerFile.bank(60).schema(target: "Exited")
        let yaml = result.yaml(sections: "costs:\n  offer: 10\n")
        let offer = try StrictMapping.read(yaml, file: "f") { mapping throws(YAMLProblem) in
            _ = try Schema(yaml: &mapping)
            return try mapping.mapping("costs") { costs throws(YAMLProblem) in
                try costs.number("offer")
            }
        }
        #expect(offer == 10)
        do {
            _ = try Self.read(yaml)
            Issue.record("no error")
        } catch { #expect(error.message.hasPrefix("unknown key \"costs\"; known are version, ")) }
    }
}
