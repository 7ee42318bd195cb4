import Schema
import Tabular
import Testing
import Wire

@Suite struct OutcomeFileTests {
    private static let schema = Schema(
        target: .init(column: "Exited", positive: "gone", negative: "here"),
        identifier: "Id",
        columns: [
            ColumnSchema(name: "Id", role: .identifier, type: .text),
            ColumnSchema(name: "Exited", role: .target, type: .boolean(no: "here", yes: "gone")),
        ]
    )

    /// What a file tells, and what it does not.
    private func read(
        _ text: String,
        schema: Schema? = nil
    ) throws -> (rows: [OutcomeRows.Row], rejects: [OutcomeFile.Reject], unused: [String]) {
        var reader = try CSVReader(text: Array(text.utf8), named: "outcomes.csv")
        let file = try OutcomeFile(
            header: reader.header,
            schema: schema,
            decimalComma: reader.dialect.decimalComma
        )
        var rows: [OutcomeRows.Row] = []
        var rejects: [OutcomeFile.Reject] = []
        for batch in try reader.readAll(threads: 1) {
            let found = file.read(batch)
            rows += found.outcomes.map(\.row)
            rejects += found.rejects
        }
        return (rows, rejects, file.unused)
    }

    @Test func `all that can be told is read`() throws {
        let found = try read(
            """
            By,customer,date,left,occurred,contacted,offer_taken,treatment,cost,note
            crm,007,2026-11-24,yes,2026-11-20,TRUE,1,call,12.5,x
            ,ü b,2026-11-24T10:30:00Z,0,,no,,,,
            ,None,,,,1,,,0,

            """
        )
        #expect(found.rejects.isEmpty, "\(found.rejects)")
        #expect(found.unused == ["note"])
        try #require(found.rows.count == 3)
        let first = found.rows[0]
        #expect(first.customer == "007" && first.by == "crm" && first.treatment == "call")
        #expect(first.left == true && first.contacted == true && first.offerTaken == true)
        #expect(first.cost == 12.5)
        // The last moment of the day, and the first.
        #expect(first.date == 1_795_564_799_999 && first.occurred == 1_795_132_800_000)
        #expect(found.rows[1].customer == "ü b" && found.rows[1].left == false)
        #expect(found.rows[1].date == 1_795_516_200_000 && found.rows[1].contacted == false)
        // A customer may be called so.
        #expect(found.rows[2].customer == "None" && found.rows[2].left == nil)
        #expect(found.rows[2].cost == 0 && found.rows[2].date == nil)
    }

    @Test func `a schema's names and words are understood`() throws {
        let found = try read(
            "Id;Exited;cost\n1;gone;1,5\n2;here;\n3;NA;2\n4;1;\n",
            schema: Self.schema
        )
        #expect(found.rejects.isEmpty, "\(found.rejects)")
        #expect(found.rows.map(\.left) == [true, false, nil, true])
        #expect(found.rows.map(\.cost) == [1.5, nil, 2, nil])
    }

    @Test(arguments: [
        ("customer,left\n1,maybe\n", "neither true nor false"),
        ("customer,left\n,1\n", "prediction_id or customer"),
        ("customer,left\n1,\n", "left is missing"),
        ("customer,left,date\n1,1,24.11.2026\n", "is no date; write 2026-11-24"),
        ("customer,left,date\n1,1,2026-02-30\n", "is no date"),
        ("customer,left,occurred\n1,0,2026-11-24\n", "left is not true"),
        ("customer,contacted,offer_taken\n1,0,1\n", "contacted is false"),
        ("customer,left,cost\n1,1,-3\n", "0 or more"),
        ("customer,left,cost\n1,1,much\n", "is no number"),
        ("customer,left,prediction_id\n1,1,p\n", "either prediction_id or customer"),
        ("customer,left\n1\n", "field"), ("customer,left\n\"a\"b,1\n", "quote"),
    ])
    func `a row that tells no outcome is named with the reason`(
        text: String,
        word: String
    ) throws {
        let found = try read(text)
        #expect(found.rows.isEmpty)
        let reject = try #require(found.rejects.first)
        #expect(reject.line == 2 && reject.reason.contains(word), "\(reject.reason)")
        #expect(!reject.reason.contains("\n"))
    }

    @Test(arguments: [
        ("id,left\n1,1\n", "no column names the customer"),
        ("customer,name\n1,1\n", "no column tells what became"),
        ("customer,contacted,treated\n1,1,1\n", "tell the same"),
    ])
    func `columns that tell no outcomes are refused`(text: String, word: String) throws {
        let error = #expect(throws: OutcomeColumnsError.self) { try read(text) }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
    }
}
