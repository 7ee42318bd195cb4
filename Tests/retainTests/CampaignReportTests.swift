import Foundation
import TestSupport
import Testing

/// `campaign report`, from a list to whether it was worth it.
@Suite struct CampaignReportTests {
    private static let seed = ["--rows", "4000", "--seed", "7"]

    /// A folder with a campaign of 1,500 among simulated customers.
    private static func planned() throws -> TemporaryFolder {
        let folder = try Bank.folder(model: true)
        _ = try Program.expect(0, ["simulate"] + seed + ["-o", "new.csv"], in: folder)
        _ = try Program.expect(
            0,
            [
                "campaign", "plan", "spring", "model", "new.csv", "--contacts", "1500",
                "--hold-out", "0.2", "-o", "list.csv",
            ],
            in: folder
        )
        return folder
    }

    private static func play(_ options: [String], in folder: TemporaryFolder) throws {
        _ = try Program.expect(
            0,
            ["simulate"] + seed + [
                "--treatment", "list.csv", "--held-out", "spring.held-out.csv",
                "--outcomes", "outcomes.csv",
            ] + options,
            in: folder
        )
    }

    private static var over: String {
        Date(timeIntervalSinceNow: 91 * 86_400).formatted(.iso8601.year().month().day())
    }

    @Test func `a campaign that keeps half of the leavers was worth it`() throws {
        let folder = try Self.planned()
        try Self.play(["--effect", "0.5"], in: folder)
        let early = try Program.expect(
            0,
            ["campaign", "report", "spring", "--outcomes", "outcomes.csv"],
            in: folder,
            says: "outcomes read"
        )
        #expect(early.output.contains("Nothing can be said yet"))
        let report = ["campaign", "report", "spring", "--as-of", Self.over]
        let late = try Program.expect(0, report + ["--html", "spring.html"], in: folder)
        #expect(late.output.contains("Customers saved: "))
        #expect(
            late.output.contains("It was worth it") || late.output.contains("It keeps customers")
        )
        #expect(try folder.text("spring.html").contains("<svg"))
        let json = try parsed(Program.expect(0, report + ["--json"], in: folder).output)
        #expect(json["verdict"] as? String == "works" && json["finished"] as? Bool == true)
        let again = try Program.expect(0, report + ["--language", "pt-BR"], in: folder)
        #expect(again.output.contains("Clientes retidos"))
    }

    @Test func `contacted held-out customers end with three`() throws {
        let folder = try Self.planned()
        try Self.play(["--effect", "0.5", "--contaminate", "0.1"], in: folder)
        let result = try Program.expect(
            3,
            ["campaign", "report", "spring", "--outcomes", "outcomes.csv", "--as-of", Self.over],
            in: folder,
            says: "held-out customers were contacted; find out by whom"
        )
        #expect(result.output.contains("Before you rely on it:"))
    }

    @Test func `what is not there is refused`() throws {
        let folder = try Self.planned()
        for arguments in [
            ["autumn"], ["spring", "--as-of", "2020-01-01"], ["spring", "--as-of", "soon"],
            ["spring", "--language", "fr"], ["spring", "--json", "--html", "-"],
        ] {
            _ = try Program.expect(64, ["campaign", "report"] + arguments, in: folder)
        }
        _ = try Program.expect(
            65,
            ["campaign", "report", "spring", "--database", "none.db"],
            in: folder
        )
    }
}
