import Output
import Schema
import Tabular
import Testing

@Suite struct TargetTests {
    /// Customers whose status is one of some words, in turn.
    private func customers(_ words: [String], count: Int = 60) -> CustomerFile {
        CustomerFile(
            header: ["tenure", "plan", "status"],
            rows: (0 ..< count).map { row in
                ["\(row * 7 % 23)", ["A", "B"][row / 3 % 2], words[row % words.count]]
            }
        )
    }

    private func infer(
        _ file: CustomerFile,
        positive: String? = nil,
        negative: String? = nil,
        rest: Bool = false
    ) throws -> InferredSchema {
        try SchemaInference(target: "status", positive: positive, negative: negative, rest: rest)
            .infer(header: file.header, batches: file.batches(of: 7))
    }

    private func decoded(_ file: CustomerFile, _ schema: Schema) throws -> [DecodedBatch] {
        let decoder = try SchemaDecoder(schema, header: file.header, needsTarget: true)
        return file.batches(of: 7).map { decoder.decode($0) }
    }

    @Test func `one level against another leaves out the others, and counts them`() throws {
        let file = customers(["Churned", "Stayed", "Stayed", "Joined", "", "NA"])
        let result = try infer(file, positive: "Churned", negative: "Stayed")
        #expect(
            result.schema.target
                == .init(
                    column: "status",
                    positive: "Churned",
                    negative: "Stayed",
                    others: .exclude
                )
        )
        #expect(result.rowCount == 30 && result.positiveCount == 10)
        #expect(result.unlabelled.count == 30 && result.unlabelled.empty == 20)
        let summary =
            "30 rows are left out: 10 whose \"status\" is \"Joined\", 20 without a value in \"status\""
        #expect(result.reason("status") == summary)
        let parts = try decoded(file, result.schema)
        #expect(parts.allSatisfy { $0.violations.isEmpty })
        #expect(parts.flatMap(\.labels).count == 30)
        #expect(parts.flatMap(\.labels).count { $0 } == 10)
        #expect(parts.reduce(0) { $0 + $1.table.rowCount } == 30)
        var unlabelled = UnlabelledRows()
        for part in parts { unlabelled.add(part.unlabelled) }
        #expect(unlabelled.summary(target: "status") == summary)
        #expect(parts.allSatisfy { $0.unlabelledRows.count == $0.unlabelled.count })
    }

    @Test func `one level against all others takes these for one`() throws {
        let file = customers(["Churned", "Stayed", "Stayed", "Joined"])
        let result = try infer(file, positive: "Churned", rest: true)
        #expect(result.schema.target.negative == "Stayed")
        #expect(result.schema.target.others == .negative)
        #expect(result.rowCount == 60 && result.positiveCount == 15)
        let labels = try decoded(file, result.schema).flatMap(\.labels)
        #expect(labels == (0 ..< 60).map { $0 % 4 == 0 })
    }

    @Test func `retain yaml holds what other levels mean`() throws {
        for others in OtherLevels.allCases {
            var schema = try infer(customers(["Churned", "Stayed"])).schema
            schema.target.others = others
            let text = schema.yaml()
            #expect(text.contains("others: \(others.rawValue)") == (others != .error))
            let read = try StrictMapping.read(text, file: "retain.yaml") {
                root throws(YAMLProblem) in
                try Schema(yaml: &root)
            }
            #expect(read == schema)
        }
    }

    @Test(
        arguments: [
            (["True.", "False."], "True."), (["False", "True"], "True"),
            (["churned", "active"], "churned"),
            (["1.0", "0.0"], "1.0"), (["Yes", "No", "yes", "no", "Yes", "No"], "Yes"),
            (["Retained", "Attrited"], "Attrited"), (["active", "inactive"], "inactive"),
            (["0", "1", "1.0", "0"], "1"), (["TERMINATED", "current"], "TERMINATED"),
        ] as [([String], String)]
    )
    func `the usual words are understood`(words: [String], positive: String) throws {
        let file = customers(words)
        let result = try infer(file)
        #expect(result.schema.target.positive == positive)
        #expect(result.unlabelled.count == 0 && result.rowCount == 60)
        let parts = try decoded(file, result.schema)
        #expect(parts.allSatisfy { $0.violations.isEmpty })
        let wanted = Set([positive.lowercased(), positive + ".0"])
        #expect(
            parts.flatMap(\.labels) == file.rows.map { wanted.contains($0[2].lowercased()) }
        )
    }

    @Test(
        arguments: [
            (
                ["Churned", "Stayed", "Stayed", "Joined"], nil, nil, false,
                "the target \"status\" has 3 levels: \"Churned\", \"Joined\", \"Stayed\"; say which mean that the "
                    + "customer left and that she stayed, such as --positive Churned --negative Stayed (rows with "
                    + "other levels are left out), or --positive Churned --rest where all others stayed"
            ),
            (
                ["A", "B", "no contract"], "no contract", nil, false,
                "the target \"status\" has 3 levels: \"A\", \"B\", \"no contract\"; say which mean that the "
                    + "customer left and that she stayed, such as --positive \"no contract\" --negative A (rows with "
                    + "other levels are left out), or --positive \"no contract\" --rest where all others stayed"
            ),
            (
                ["A", "B", "C"], "A", "D", false,
                "the target \"status\" has no level \"D\"; --negative takes one of \"A\", \"B\", \"C\""
            ),
            (
                ["A", "B", "C"], "A", "A", false,
                "\"A\" of the target \"status\" can't mean both that the customer left and that she stayed; "
                    + "name another level with --positive or --negative"
            ),
        ] as [([String], String?, String?, Bool, String)]
    )
    func `asks where it can't know`(
        words: [String],
        positive: String?,
        negative: String?,
        rest: Bool,
        message: String
    ) throws {
        let error = #expect(throws: SchemaInferenceError.self) {
            try infer(customers(words), positive: positive, negative: negative, rest: rest)
        }
        #expect(error?.description == message && error?.exitStatus == .usage)
    }

    @Test func `another level breaks a schema of two, and the message says what may be done`()
        throws
    {
        let schema = try infer(customers(["Churned", "Stayed"])).schema
        let parts = try decoded(customers(["Churned", "Stayed", "Joined"], count: 3), schema)
        #expect(
            parts[0].violations.map(\.rule) == [
                "is neither \"Stayed\" nor \"Churned\"; write one of them, or say with others: exclude or "
                    + "others: negative under target what other levels mean"
            ]
        )
    }

    @Test func `what is left out need not be mended`() throws {
        let schema = try infer(customers(["Churned", "Stayed"])).schema
        var file = customers(["Churned", "Stayed", ""], count: 9)
        file.rows[2][0] = "many"
        file.rows[4][0] = "few"
        let batch = try decoded(file, schema)[0]
        #expect(batch.unlabelledRows == [2, 5] && batch.rejectedRows == [4])
        #expect(batch.acceptedRows == [0, 1, 3, 6] && batch.rowCount == 7)
        #expect(batch.violations.map(\.row) == [4])
    }

    @Test(arguments: [
        (["Age", "Complain", "Exited"], "Exited"), (["Age", "Complain", "target"], "target"),
        (["Age", "TARGET", "Exited"], "Exited"), (["Age", "Complain", "target_group"], nil),
        (["Age", "Left", "Churn"], nil), (["Churn", "Complain", "Target"], "Target"),
    ])
    func `without a word from the user a name decides, or nothing does`(
        header: [String],
        target: String?
    ) throws {
        let rows = (0 ..< 60).map { ["\($0 % 41)", "\($0 / 2 % 2)", "\($0 % 2)"] }
        let file = CustomerFile(header: header, rows: rows)
        let found = try? SchemaInference(target: nil)
            .inferFindingTarget(header: file.header, batches: file.batches())
        #expect(found?.schema.target.column == target)
    }
}
