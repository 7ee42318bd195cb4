import TestSupport
import Testing

@Suite struct CheckTests {
    @Test func `says that all rows keep the schema`() throws {
        let result = try Program.expect(
            0,
            ["check", "bank.csv"],
            in: Bank.folder(schema: true),
            says: "bank.csv: all 600 rows keep the schema."
        )
        #expect(result.output == "")
    }

    @Test func `names every problem`() throws {
        let result = try Program.expect(
            65,
            ["check", "-"],
            in: Bank.folder(schema: true),
            input: Bank.broken(),
            says: "1 of 600 rows breaks the schema; mend them, or change the rules in retain.yaml"
        )
        let problem = "line 3, column \"Point Earned\": \"old\" is not a number; write a number\n"
        #expect(result.output == problem)
    }

    @Test func `JSON holds the problems`() throws {
        let result = try Program.expect(
            65,
            ["check", "-", "--json"],
            in: Bank.folder(schema: true),
            input: Bank.broken()
        )
        let json = try parsed(result.output)
        #expect(json["rows"] as? Int == 600)
        #expect(json["rejected"] as? Int == 1)
        let problem = try #require((json["problems"] as? [[String: Any]])?.first)
        #expect(problem["line"] as? Int == 3)
        #expect(problem["column"] as? String == "Point Earned")
    }

    @Test(arguments: [
        ("costs:", "cost:", "unknown key \"cost\"; did you mean \"costs\"?"),
        (
            "customer_value:", "custmer_value:",
            "costs: unknown key \"custmer_value\"; did you mean \"customer_value\"?"
        ),
    ])
    func `unknown keys are errors`(key: String, wrong: String, message: String) throws {
        let folder = try Bank.folder()
        let text = try Bank.shared.get().schema.replacing(key, with: wrong)
        try folder.file("retain.yaml", text)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        // What stands in a comment is none.
        let line =
            try #require(lines.firstIndex { $0.drop { $0 == " " }.hasPrefix(wrong) }) + 1
        try Program.expect(
            65,
            ["train", "bank.csv"],
            in: folder,
            says: "retain.yaml:\(line):",
            message
        )
    }

    @Test func `a schema that is none is named`() throws {
        let folder = try Bank.folder()
        try folder.makeFolder("folder.yaml")
        try folder.file("empty.yaml", "")
        try folder.file("binary.yaml", "\u{1}\u{2}")
        for (name, message) in [
            ("folder.yaml", "can't read folder.yaml: it is a folder; name a file in it"),
            ("empty.yaml", "empty.yaml: the file is empty; write one with retain init"),
            ("binary.yaml", "binary.yaml: this is no YAML: control characters are not allowed"),
            ("none.yaml", "can't read none.yaml: no such file or directory; check the path"),
        ] {
            try Program.expect(
                65,
                ["check", "bank.csv", "--schema", name],
                in: folder,
                says: message
            )
        }
    }
}
