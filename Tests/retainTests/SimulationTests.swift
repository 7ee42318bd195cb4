import TestSupport
import Testing

/// `simulate` and `demo`, which make their customers.
@Suite struct SimulationTests {
    @Test func `writes the rows that are asked for`() throws {
        let folder = try TemporaryFolder()
        let small = try Program.expect(0, ["simulate", "--rows", "3", "--seed", "9"], in: folder)
        #expect(small.output.split(separator: "\n").count == 4)
        #expect(!small.output.contains("Complain"))
        #expect(small.messages == "")
        let large = try Program.expect(0, ["simulate", "--rows", "9", "--seed", "9"], in: folder)
        #expect(large.output.hasPrefix(small.output))
        let more = try Program.expect(
            0,
            ["simulate", "--rows", "3", "--complain", "--truth", "--shift", "Age=+100"],
            in: folder
        )
        let header = try #require(more.output.split(separator: "\n").first)
        #expect(header.contains(",Complain") && header.contains(",TrueProbability"))
        let none = try Program.expect(0, ["simulate", "--rows", "0"], in: folder)
        #expect(none.output.split(separator: "\n").count == 1)
    }

    /// The list and the held-out of a campaign among 60 simulated customers.
    private static func campaign() throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        let names = customerText(60, seed: 3).split(separator: "\n").dropFirst().map {
            $0.split(separator: ",")[1]
        }
        func lines(_ names: ArraySlice<Substring>) -> String {
            "customer,rank\n" + names.map { "\($0),1\n" }.joined()
        }
        try folder.file("list.csv", lines(names.prefix(48)))
        try folder.file("spring.held-out.csv", lines(names.suffix(12)))
        return folder
    }

    private static let play = [
        "simulate", "--rows", "60", "--seed", "3", "--treatment", "list.csv",
        "--held-out", "spring.held-out.csv", "--outcomes", "outcomes.csv", "--start", "2026-11-29",
    ]

    @Test func `plays what becomes of a campaign, and keeps the truth apart`() throws {
        let folder = try Self.campaign()
        let result = try Program.expect(0, Self.play + ["--kinds", "kinds.csv"], in: folder)
        #expect(result.output == "" && result.messages.contains("48 contacted and 12 left alone"))
        let lines = try folder.text("outcomes.csv").split(separator: "\n")
        #expect(lines[0] == "customer,date,left,contacted,offer_taken,cost,occurred,by")
        #expect(lines.count == 61 && lines[1].contains(",2027-02-27,"))
        #expect(lines[1 ... 48].allSatisfy { $0.split(separator: ",")[3] == "true" })
        #expect(lines[49...].allSatisfy { $0.split(separator: ",")[3] == "false" })
        let kinds = try folder.text("kinds.csv").split(separator: "\n")
        #expect(kinds[0] == "customer,kind,leaves_alone,leaves_contacted" && kinds.count == 61)
        _ = try Program.expect(0, Self.play + ["--day", "5"], in: folder)
        let early = try folder.text("outcomes.csv").split(separator: "\n").dropFirst()
        #expect(early.allSatisfy { $0.contains(",2026-12-04,,") }, "nobody has left by then")
    }

    @Test func `a campaign of other customers is refused by name`() throws {
        let folder = try Self.campaign()
        try folder.file("list.csv", "customer\n1\n")
        let result = try Program.expect(65, Self.play, in: folder)
        #expect(result.messages.contains("list.csv: 1 is none of these 60 simulated customers"))
        try folder.file("list.csv", "name\n1\n")
        let none = try Program.expect(65, Self.play, in: folder)
        #expect(none.messages.contains("there is no column customer"))
        #expect(try !folder.names.contains("outcomes.csv"))
    }

    @Test(
        arguments: [
            ["--treatment", "list.csv"], ["--outcomes", "outcomes.csv"], ["--day", "3"],
            ["--treatment", "a", "--held-out", "b", "--outcomes", "c", "--effect", "2"],
            ["--treatment", "a", "--held-out", "b", "--outcomes", "c", "--horizon", "14"],
            ["--treatment", "a", "--held-out", "b", "--outcomes", "c", "--start", "soon"],
        ]
    )
    func `half of a campaign is refused`(arguments: [String]) throws {
        _ = try Program.expect(64, ["simulate"] + arguments, in: TemporaryFolder())
    }

    @Test func `the demo does the main job`() throws {
        let folder = try Bank.folder()
        let result = try Program.expect(
            0,
            ["demo", "--data", "bank.csv", "--target", "Exited"],
            in: folder,
            says: "1. Your customers: bank.csv",
            "2. What each column means",
            "600 rows read, 600 scored, 0 rejected.",
            "The report: retain-demo/report.html"
        )
        #expect(result.output.hasPrefix("best on bank.csv\n"))
        let names = try folder.filesBesideRecord(below: "retain-demo").keys.filter {
            !$0.contains("/")
        }
        #expect(
            names.sorted() == [
                "rejects.csv", "report.html", "retain.db", "retain.yaml", "scores.csv",
            ]
        )
        try Program.expect(0, ["demo", "--data", "bank.csv"], in: folder)
    }
}
