import Foundation
import Testing

@Suite struct DriftTests {
    private func folder() throws -> Folder {
        let folder = try Bank.folder(schema: true, model: true)
        for (name, options) in [
            ("same.csv", [String]()),
            ("moved.csv", ["--shift", "Age=+6", "--scale", "Balance=1.8"]),
        ] {
            try Program.expect(
                0,
                ["simulate", "--rows", "3000", "--seed", "9", "-o", name] + options,
                in: folder
            )
        }
        return folder
    }

    @Test func driftEndsWithThree() throws {
        let folder = try folder()
        let result = try Program.expect(
            3,
            [
                "drift", "model", "moved.csv", "--html", "drift.html", "--junit", "drift.xml",
                "--markdown", "drift.md",
            ],
            in: folder,
            says: "retain: drift: 2 of 13 columns drift: Balance, Age",
            "Wrote drift.html."
        )
        let lines = result.output.split(separator: "\n")
        #expect(lines[0].hasPrefix("COLUMN"))
        #expect(lines[1].hasPrefix("Balance  ") && lines[2].hasPrefix("Age  "))
        #expect(try folder.read("drift.html").contains("<!DOCTYPE html>"))
        #expect(try folder.read("drift.xml").contains("failures="))
        #expect(try folder.read("drift.md").hasPrefix("## Drift\n"))
    }

    @Test func noDriftEndsWithZero() throws {
        let folder = try folder()
        let result = try Program.expect(0, ["drift", "model", "same.csv", "--json"], in: folder)
        let verdict = try #require(try parsed(result.output)["verdict"] as? [String: Any])
        #expect(verdict["hasDrifted"] as? Bool == false)
        #expect(verdict["score"] is [String: Any])
        let files = try Program.expect(
            0,
            ["drift", "same.csv", "bank.csv", "--markdown", "-"],
            in: folder
        )
        #expect(files.output.hasPrefix("## No drift\n"))
    }

    @Test func aFileIsComparedWithAFileFromStandardInput() throws {
        let folder = try folder()
        let moved = try folder.read("moved.csv")
        let result = try Program.expect(
            3,
            ["drift", "same.csv", "-", "--schema", "retain.yaml", "--threads", "1"],
            in: folder,
            input: moved,
            says: "Balance, Age; so do whole rows."
        )
        #expect(!result.output.contains("\nscore "))
        let many = try Program.expect(
            3,
            ["drift", "same.csv", "moved.csv", "--threads", "3"],
            in: folder
        )
        #expect(many.output == result.output)
    }

    @Test func withoutASchemaItIsInferredAndSaid() throws {
        let folder = try folder()
        try FileManager.default.removeItem(atPath: folder.path + "/retain.yaml")
        try Program.expect(
            3,
            ["drift", "same.csv", "moved.csv"],
            in: folder,
            says: "There is no retain.yaml, so the schema is inferred"
        )
    }

    @Test func badInputIsNamed() throws {
        let folder = try folder()
        try folder.write(try Bank.broken(), to: "broken.csv")
        let broken = try Program.expect(
            65,
            ["drift", "model", "broken.csv"],
            in: folder,
            says: "broken.csv: 1 of 600 rows breaks the schema; mend them"
        )
        #expect(broken.output.hasPrefix("COLUMN"))
        try folder.write("a,b\n1,2\n", to: "other.csv")
        try Program.expect(
            65,
            ["drift", "model", "other.csv"],
            in: folder,
            says: "lacks 13 columns"
        )
        try Program.expect(
            65,
            ["drift", "nowhere.csv", "same.csv"],
            in: folder,
            says: "nowhere.csv"
        )
        let header = try folder.read("same.csv").prefix { $0 != "\n" } + "\n"
        try folder.write(String(header), to: "empty.csv")
        try Program.expect(
            65,
            ["drift", "model", "empty.csv"],
            in: folder,
            says: "drift: the current sample is empty"
        )
    }

    @Test(arguments: [
        (["--rate", "0"], "--rate must be between 0 and 1"),
        (["--least", "-0.1"], "--least must be at least 0 and under 1"),
        (["--json", "--junit", "-"], "only one of the results can go to standard output"),
    ])
    func wrongUsageIsNamed(arguments: [String], message: String) throws {
        try Program.expect(
            64,
            ["drift", "model", "a.csv"] + arguments,
            in: Folder(),
            says: message
        )
    }
}
