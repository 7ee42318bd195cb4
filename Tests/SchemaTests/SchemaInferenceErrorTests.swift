import Schema
import Tabular
import Testing

@Suite struct SchemaInferenceErrorTests {
    private func message(
        _ file: CustomerFile,
        target: String?,
        positive: String? = nil
    ) -> String {
        do {
            _ = try file.schema(target: target, positive: positive)
            return "no error"
        } catch { return "\(error)" }
    }

    @Test func `lists candidates without a target`() {
        #expect(
            message(.bank(500), target: nil)
                == "no target is given; name the column that says who left with --target COLUMN "
                + "(columns with two levels: \"HasCrCard\", \"Exited\", \"Complain\")"
        )
        let file = CustomerFile(header: ["A"], rows: [["1"], ["2"], ["3"]])
        #expect(
            message(file, target: nil)
                == "no target is given and no column has two levels; "
                + "a yes/no column that says who left is needed"
        )
    }

    @Test func `suggests the nearest target`() {
        #expect(
            message(.bank(20), target: "exitd")
                == "the file has no column \"exitd\" to be the target; did you mean \"Exited\"?"
        )
        #expect(
            message(.column(["1", "2"]), target: "Churn")
                == "the file has no column \"Churn\" to be the target; "
                + "its columns are \"Value\", \"Left\", \"Age\""
        )
    }

    @Test func `target needs two levels`() {
        #expect(
            message(.column(["", "", ""]), target: "Value")
                == "the target \"Value\" needs two levels but has none; "
                + "name a yes/no column with --target COLUMN"
        )
        #expect(
            message(.column((0 ..< 30).map { "\($0)" }), target: "Value")
                == "the target \"Value\" needs two levels but has 30: \"0\", \"1\", \"2\", \"3\", "
                + "\"4\", \"5\", \"6\", \"7\" and 22 more; name a yes/no column with --target COLUMN"
        )
    }

    @Test func `asks for a meaning that is not known`() {
        #expect(
            message(.column(["A", "B", "A"]), target: "Value")
                == "the target \"Value\" has the levels \"A\", \"B\", and it is not known which means "
                + "that the customer left; say so with --positive LEVEL"
        )
        #expect(
            message(.column(["A", "B", "A"]), target: "Value", positive: "C")
                == "the target \"Value\" has no level \"C\"; --positive takes one of \"A\", \"B\""
        )
    }

    @Test func `empty, doubled and featureless files are told apart`() {
        #expect(
            message(CustomerFile(header: ["A"], rows: []), target: "A")
                == "the file has a header but no rows; give a file with one row per customer"
        )
        #expect(
            message(CustomerFile(header: ["A", "A"], rows: [["1", "2"]]), target: "A")
                == "the header names the column \"A\" twice; rename one of them"
        )
        #expect(
            message(CustomerFile(header: ["A"], rows: [["1"], ["0"]]), target: "A")
                == "no column is left to predict \"A\" from: every other column identifies the "
                + "customer, is constant or gives the target away"
        )
    }

    @Test(arguments: ["A\u{0}", "\u{FEFF}A"])
    func `other encodings are named`(level: String) {
        #expect(
            message(.column((0 ..< 20).map { $0 % 3 == 0 ? level : "B" }), target: "Left")
                == "the column \"Value\" holds NUL characters or byte order marks; "
                + "save the file as UTF-8 text"
        )
    }

    @Test func `rows without a target are left out and counted`() throws {
        var file = CustomerFile.bank(500)
        file.rows[4][10] = ""
        let result = try file.schema(target: "Exited")
        #expect(result.reason("Exited") == "1 row is left out: 1 without a value in \"Exited\"")
        #expect(result.rowCount == 499)
        let decoder = try SchemaDecoder(result.schema, header: file.header, needsTarget: true)
        let decoded = decoder.decode(file.batches()[0])
        #expect(decoded.unlabelledRows == [4] && decoded.unlabelled.empty == 1)
        #expect(decoded.rejectedRows.isEmpty && decoded.labels.count == 499)
    }
}
