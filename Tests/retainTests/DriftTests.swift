import Foundation
import TestSupport
import Testing

@Suite struct DriftTests {
    private func folder() throws -> TemporaryFolder {
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

    @Test func `drift ends with three`() throws {
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
        #expect(try folder.text("drift.html").contains("<!DOCTYPE html>"))
        #expect(try folder.text("drift.xml").contains("failures="))
        #expect(try folder.text("drift.md").hasPrefix("## Drift\n"))
    }

    @Test func `no drift ends with zero`() throws {
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

    @Test func `a file is compared with a file from standard input`() throws {
        let folder = try folder()
        let moved = try folder.text("moved.csv")
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

    @Test func `without a schema it is inferred and said`() throws {
        let folder = try folder()
        try FileManager.default.removeItem(atPath: folder.path + "/retain.yaml")
        try Program.expect(
            3,
            ["drift", "same.csv", "moved.csv"],
            in: folder,
            says: "There is no retain.yaml, so the columns are read as they look"
        )
    }

    @Test func `bad input is named`() throws {
        let folder = try folder()
        try folder.file("broken.csv", try Bank.broken())
        let broken = try Program.expect(
            65,
            ["drift", "model", "broken.csv"],
            in: folder,
            says: "broken.csv: 1 of 600 rows breaks the schema; mend them"
        )
        #expect(broken.output.hasPrefix("COLUMN"))
        try folder.file("other.csv", "a,b\n1,2\n")
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
        let header = try folder.text("same.csv").prefix { $0 != "\n" } + "\n"
        try folder.file("empty.csv", String(header))
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
    func `wrong usage is named`(arguments: [String], message: String) throws {
        try Program.expect(
            64,
            ["drift", "model", "a.csv"] + arguments,
            in: TemporaryFolder(),
            says: message
        )
    }

    @Test(arguments: [true, false])
    func `files without a target are compared, and none is asked for`(hasTruths: Bool) throws {
        let folder = try TemporaryFolder()
        for (name, seed, options) in [
            ("june.csv", "1", [String]()), ("july.csv", "2", []),
            ("august.csv", "3", ["--shift", "Age=+9"]),
        ] {
            try Program.expect(
                0,
                ["simulate", "--rows", "2000", "--seed", seed, "-o", name] + options,
                in: folder
            )
            let lines = try folder.text(name).split(separator: "\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            let left = try #require(lines[0].firstIndex(of: "Exited"))
            // No column has two levels where none but numbers are left.
            let kept = lines[0].indices.filter { place in
                place != left
                    && (hasTruths || ["CreditScore", "Age", "Balance"].contains(lines[0][place]))
            }
            try folder.file(
                name,
                lines.map { line in kept.map { String(line[$0]) }.joined(separator: ",") }
                    .joined(separator: "\n") + "\n"
            )
        }
        let same = try Program.expect(0, ["drift", "june.csv", "july.csv"], in: folder)
        #expect(!same.messages.lowercased().contains("target"))
        #expect(!same.messages.contains("left"))
        let moved = try Program.expect(3, ["drift", "june.csv", "august.csv"], in: folder)
        #expect(moved.output.split(separator: "\n")[1].hasPrefix("Age "))
        if hasTruths { #expect(same.output.contains("HasCrCard")) }
    }
}
