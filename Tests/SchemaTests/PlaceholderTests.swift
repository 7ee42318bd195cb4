import Output
import Schema
import Tabular
import Testing

@Suite struct PlaceholderTests {
    private static let words = [
        "n/a", "#N/A", "NaN", "NULL", "None", "\\N", "?", "-", ".", "(null)", "<NA>", "missing",
        "#DIV/0!", "–",
    ]

    @Test(arguments: words, [2, 6, 50])
    func `a word among numbers is the column's null, at any share`(word: String, every: Int) throws
    {
        let fields = (0 ..< 300).map { $0 / 2 % every == 0 ? word : "\(Double($0 * 7 % 60) + 0.5)" }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.type("Value")?.kind == .number)
        #expect(result.role("Value") == .feature)
        #expect(result.column("Value")?.nulls == .impute)
        #expect(result.evidence[0].nullCount == (150 + every - 1) / every * 2)
        #expect(result.evidence[0].nullWords == [word])
        let known = Schema.usualNullValues.contains(word)
        #expect(result.column("Value")?.nullWords == (known ? [] : [word]))
        #expect(result.reason("Value") == (known ? "" : "\"\(word)\" counts as empty"))
        // What init writes reads the same rows.
        let batch = RecordBatch(
            columnCount: 2,
            rows: [[word, "3"], ["7.5", "4"], ["#N/A", "4"]]
        )
        let decoded = try SchemaDecoder(
            result.schema,
            header: ["Value", "Age"],
            needsTarget: false
        )
        .decode(batch)
        #expect(decoded.rejectedRows.isEmpty)
    }

    @Test func `several such words, few numbers, and no and yes`() throws {
        let ratings = (0 ..< 100).map { ["1", "2", "3", "?", "n/a"][$0 % 5] }
        let rating = try CustomerFile.column(ratings).schema(target: "Left")
        #expect(rating.type("Value")?.kind == .number)
        #expect(rating.column("Value")?.nullWords == ["?", "n/a"])
        let answers = (0 ..< 100).map { ["Yes", "No", "?"][$0 % 3] }
        let answer = try CustomerFile.column(answers).schema(target: "Left")
        #expect(answer.type("Value") == .boolean(no: "No", yes: "Yes"))
        #expect(answer.column("Value")?.nullWords == ["?"])
        #expect(answer.yaml().contains("    null_values: [\"?\"]\n"))
    }

    @Test(arguments: ["refused", "unbekannt"])
    func `one word that nobody knows is null beside many numbers`(word: String) throws {
        let fields = (0 ..< 300).map { $0 % 4 == 0 ? word : "\(Double($0 % 61) + 0.5)" }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.type("Value")?.kind == .number)
        #expect(result.column("Value")?.nullWords == [word])
        // Beside few, it may be one of several answers.
        let few = (0 ..< 300).map { ["1", "2", word][$0 % 3] }
        #expect(try CustomerFile.column(few).schema(target: "Left").type("Value")?.kind == .levels)
    }

    @Test(arguments: ["?", "-", "n/a", "None", "unknown"])
    func `among levels a word stays a level, and init says so`(word: String) throws {
        let fields = (0 ..< 300).map { ["Basic", "Plus", word][$0 % 3] }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.type("Value")?.listed.contains(word) == true)
        #expect(
            result.reason("Value")
                == "\"\(word)\" (33.3 %) is taken for a level; if it means empty, take it out of levels and add it to null_values"
        )
        let decoded = try SchemaDecoder(
            result.schema,
            header: ["Value", "Age"],
            needsTarget: false
        )
        .decode(RecordBatch(columnCount: 2, rows: [[word, "3"]]))
        #expect(decoded.acceptedRows == [0])
    }

    @Test func `numbers with many words say what they are`() throws {
        let fields = (0 ..< 300).map { $0 % 3 == 0 ? "about \($0)" : "\($0)" }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(
            result.reason("Value")?.contains(
                "200 of 300 fields are numbers, others are texts such as \"about 0\""
            )
                == true
        )
    }

    @Test(arguments: [" ", "\u{A0}", "\u{3000}", "\t", "\u{2003}", "\u{200B}", "\u{FEFF} "])
    func `blanks of any width are empty`(blank: String) throws {
        let fields = (0 ..< 300).map { $0 % 3 == 0 ? blank : "\(Double($0) + 0.5)" }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.evidence[0].nullCount == 100)
        #expect(result.type("Value")?.kind == .number)
        #expect(result.column("Value")?.nullWords == [])
    }

    @Test(
        arguments: [
            (["TRUE", "FALSE"], "FALSE", "TRUE"), (["=TRUE()", "=FALSE()"], "=FALSE()", "=TRUE()"),
            (["WAHR", "FALSCH"], "FALSCH", "WAHR"),
            (["True", "=TRUE()", "FALSE"], "FALSE", "=TRUE()"),
        ]
    )
    func `truths as spreadsheets write them`(words: [String], no: String, yes: String) throws {
        let fields = (0 ..< 300).map { words[$0 / 2 % words.count] }
        let result = try CustomerFile.column(fields).schema(target: "Left")
        #expect(result.type("Value") == .boolean(no: no, yes: yes))
        let rows = [["true", "1"], ["=FALSE()", "1"], ["True", "1"], ["FALSE", "1"]]
        let decoded = try SchemaDecoder(
            result.schema,
            header: ["Value", "Age"],
            needsTarget: false
        )
        .decode(RecordBatch(columnCount: 2, rows: rows))
        #expect(decoded.table["Value"] == .level(codes: [1, 0, 1, 0], levels: [no, yes]))
    }

    @Test func `a target that is empty for no is told`() {
        let file = CustomerFile(
            header: ["Left", "Age"],
            rows: (0 ..< 100).map { [$0 % 4 == 0 ? "Yes" : "", "\($0 % 7)"] }
        )
        let error = #expect(throws: SchemaInferenceError.self) { try file.schema(target: "Left") }
        #expect(
            error?.description
                == "the target \"Left\" has one level, \"Yes\" in 25 rows, and is empty in 75; "
                + "if empty means that the customer stayed, write a word there, such as No"
        )
        #expect(error?.exitStatus == .badData)
    }
}
