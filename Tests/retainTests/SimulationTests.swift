import Testing

/// `simulate` and `demo`, which make their customers.
@Suite struct SimulationTests {
    @Test func writesTheRowsThatAreAskedFor() throws {
        let folder = try Folder()
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

    @Test func theDemoDoesTheMainJob() throws {
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
        let names = try folder.files(below: "retain-demo").keys.filter { !$0.contains("/") }
        #expect(names.sorted() == ["rejects.csv", "report.html", "retain.yaml", "scores.csv"])
        try Program.expect(0, ["demo", "--data", "bank.csv"], in: folder)
    }
}
