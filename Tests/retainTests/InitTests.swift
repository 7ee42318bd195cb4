import TestSupport
import Testing

@Suite struct InitTests {
    @Test func `writes the schema and shows what it found`() throws {
        let folder = try Bank.folder()
        let result = try Program.expect(
            0,
            ["init", "bank.csv", "--target", "Exited", "-o", "mine.yaml"],
            in: folder,
            says: "column              role",
            "600 rows, of which",
            "Wrote mine.yaml. Read it through, then: retain train bank.csv"
        )
        #expect(result.output == "")
        #expect(!result.messages.contains("is taken to be"))
        #expect(try folder.namesBesideRecord == ["bank.csv", "mine.yaml"])
    }

    @Test func `excludes a leak, which stops training once it is a feature again`() throws {
        let folder = try TemporaryFolder()
        try Program.expect(
            0,
            ["simulate", "--rows", "600", "--complain", "-o", "bank.csv"],
            in: folder
        )
        try Program.expect(
            0,
            ["init", "bank.csv"],
            in: folder,
            says: "Excluded as a leak: \"Complain\" (alone: AUC "
        )
        let schema = try folder.text("retain.yaml")
        try folder.file(
            "retain.yaml",
            schema.replacing("role: leak", with: "role: feature")
        )
        try Program.expect(
            3,
            ["train", "bank.csv"],
            in: folder,
            says: "column \"Complain\" gives the target away (alone: AUC 0.99",
            "exclude it with role: leak in retain.yaml, or write leak: allowed if it is truly known"
        )
        #expect(try folder.namesBesideRecord == ["bank.csv", "retain.yaml"])
    }

    @Test func `standard input to standard output`() throws {
        let bank = try Bank.shared.get()
        let result = try Program.expect(
            0,
            ["init", "-", "--target", "Exited", "-o", "-"],
            in: TemporaryFolder(),
            input: bank.customers
        )
        #expect(result.output == bank.schema)
    }

    @Test func `JSON is the schema`() throws {
        let result = try Program.expect(
            0,
            ["init", "bank.csv", "--target", "Exited", "--json"],
            in: Bank.folder()
        )
        #expect(try parsed(result.output)["columns"] is [Any])
    }

    @Test func `refuses to replace without force`() throws {
        let folder = try Bank.folder()
        try folder.file("retain.yaml", "mine\n")
        try Program.expect(
            73,
            ["init", "bank.csv", "--target", "Exited"],
            in: folder,
            says: "can't write retain.yaml: it exists; name another file with -o, or replace it "
                + "with --force"
        )
        #expect(try folder.text("retain.yaml") == "mine\n")
        try Program.expect(0, ["init", "bank.csv", "--target", "Exited", "--force"], in: folder)
        #expect(try folder.text("retain.yaml") == Bank.shared.get().schema)
    }

    @Test(arguments: [["init"], ["train"], ["demo", "--data"]])
    func `takes the target by its name`(verb: [String]) throws {
        try Program.expect(
            0,
            verb + ["bank.csv"],
            in: Bank.folder(),
            says: "The target is taken to be \"Exited\", by its name; --target names another.\n"
        )
    }

    @Test func `several candidates are a question`() throws {
        let folder = try TemporaryFolder()
        let rows = (0 ..< 40).map { "\($0 * 7 % 40).5,\($0 % 2),\($0 / 2 % 2)\n" }.joined()
        try folder.file("a.csv", "spent,active,answered\n" + rows)
        try folder.file("b.csv", "spent,left,churned\n" + rows)
        try Program.expect(
            64,
            ["init", "a.csv"],
            in: folder,
            says: "with --target COLUMN (columns with two levels: \"active\", \"answered\")"
        )
        try Program.expect(
            64,
            ["train", "b.csv"],
            in: folder,
            says: "with --target COLUMN (columns with two levels: \"left\", \"churned\")"
        )
        #expect(try folder.namesBesideRecord == ["a.csv", "b.csv"])
    }

    @Test(
        arguments: [
            (64, "Exted", "no column \"Exted\" to be the target; did you mean \"Exited\"?"),
            (
                64, "Geography",
                "the target \"Geography\" has 3 levels: \"France\", \"Germany\", \"Spain\"; say"
            ),
            (65, "CreditScore", "the target \"CreditScore\" needs two levels but has "),
            (64, "Gender", "which means that the customer left; say so with --positive LEVEL"),
        ] as [(Int32, String, String)]
    )
    func `a target that can't be is named`(code: Int32, target: String, message: String) throws {
        let folder = try Bank.folder()
        try Program.expect(
            code,
            ["init", "bank.csv", "--target", target],
            in: folder,
            says: message
        )
        #expect(try folder.namesBesideRecord == ["bank.csv"])
    }
}
