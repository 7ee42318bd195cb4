import Foundation
import TestSupport
import Testing

/// `score --database`, `outcomes` and `performance`, as one after the other they are used.
@Suite struct RecordTests {
    /// The identifiers of the bank's customers, in the order of the file.
    private func customers(in folder: TemporaryFolder) throws -> [String] {
        let lines = try folder.text("bank.csv").split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        }
        let column = try #require(lines[0].firstIndex(of: "CustomerId"))
        return lines.dropFirst().map { $0[column] }
    }

    @Test func `a file that enters the record is scored as without it`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        try Program.expect(0, ["score", "model", "bank.csv", "-o", "plain.csv"], in: folder)
        try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "kept.csv", "--database", "retain.db"],
            in: folder
        )
        #expect(try folder.bytes("plain.csv") == folder.bytes("kept.csv"))
    }

    @Test func `a file without identifiers can't enter the record`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        let text = try folder.text("bank.csv")
            .replacingOccurrences(of: "CustomerId", with: "Number")
        try folder.file("nameless.csv", text)
        try Program.expect(
            65,
            ["score", "model", "nameless.csv", "-o", "s.csv", "--database", "retain.db"],
            in: folder,
            says: "lacks the identifier \"CustomerId\""
        )
        #expect(!(try folder.names.contains("s.csv")))
    }

    @Test func `outcomes of a file are joined, and what is odd is named`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "s.csv", "--database", "retain.db"],
            in: folder
        )
        let ids = try customers(in: folder)
        let rows = ids.enumerated().map { "\($1),\($0 % 3 == 0 ? 1 : 0),crm,red" }
        try folder.file(
            "outcomes.csv",
            (["CustomerId,Exited,by,colour"] + rows + [
                "nobody,1,crm,red", "\(ids[0]),perhaps,crm,red", "",
            ])
            .joined(separator: "\n")
        )
        try Program.expect(
            65,
            ["outcomes", "outcomes.csv"],
            in: folder,
            says: "1 of 602 rows tells no outcome",
            "neither true nor false",
            "Not used: the columns \"colour\"",
            "1 outcome of nobody whom the record knows",
            "602 rows read, 600 recorded"
        )
        // The same once more changes nothing.
        let again = try Program.expect(
            0,
            ["outcomes", "outcomes.csv", "--rejects", "rejects.csv", "--json"],
            in: folder,
            says: "601 known before"
        )
        #expect(again.output.contains("\"repeated\" : 601"), "\(again.output)")
        #expect(try folder.text("rejects.csv").hasPrefix("line,reason,row\n603,"))
        // Every third left, whatever the model said: it is below what the gate would let through.
        let report = try Program.expect(
            3,
            [
                "performance", "retain.db", "--model", "model", "--html", "performance.html",
                "--json",
            ],
            in: folder
        )
        #expect(report.output.contains("\"outcomes\" : 600"), "\(report.output)")
        #expect(try folder.text("performance.html").contains("<h1>model</h1>"))
    }

    @Test func `performance below the gate ends with 3`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "s.csv", "--database", "retain.db"],
            in: folder
        )
        let ids = try customers(in: folder)
        let rows = ids.enumerated().map { "\($1),\($0 < 30 ? 0 : 1)" }
        try folder.file("o.csv", (["customer,left"] + rows + [""]).joined(separator: "\n"))
        try Program.expect(0, ["outcomes", "o.csv"], in: folder)
        let below = try Program.expect(
            3,
            ["performance", "retain.db", "--model", "model"],
            in: folder,
            says: "performance: The mean probability is too low."
        )
        #expect(below.output.contains("BELOW"))
        // With a horizon nothing has matured today.
        let schema = try folder.text("retain.yaml")
            .replacingOccurrences(of: "# horizon: 90d", with: "horizon: 90d")
        try folder.file("retain.yaml", schema)
        let open = try Program.expect(0, ["performance", "retain.db"], in: folder)
        #expect(open.output.contains("Too few outcomes count"), "\(open.output)")
    }

    @Test func `a killed score leaves nothing that counts, and the next removes it`() async throws {
        let folder = try Bank.folder(schema: true, model: true)
        let lines = try folder.text("bank.csv").split(separator: "\n")
        let many = (0 ..< 600).flatMap { _ in lines.dropFirst() }
        try folder.file("many.csv", ([lines[0]] + many).joined(separator: "\n") + "\n")
        let process = try Program.prepared(
            ["score", "model", "-", "-o", "s.csv", "--database", "retain.db"],
            in: folder
        )
        // It never comes to the end of what stays open.
        let input = Pipe()
        process.standardInput = input
        try process.run()
        let bytes = Data(try folder.bytes("many.csv"))
        let feeding = Thread {
            signal(SIGPIPE, SIG_IGN)
            try? input.fileHandleForWriting.write(contentsOf: bytes)
        }
        feeding.start()
        let log = folder.path + "/retain.db-wal"
        while process.isRunning, try size(log) < 1_000_000 {
            try await Task.sleep(for: .milliseconds(5))
        }
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? input.fileHandleForReading.close()
        #expect(!(try folder.names.contains("s.csv")))
        // Others go on at once.
        try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "t.csv", "--database", "retain.db"],
            in: folder
        )
        try folder.file("o.csv", "customer,left\n\(try customers(in: folder)[0]),1\n")
        try Program.expect(0, ["outcomes", "o.csv"], in: folder, says: "1 recorded")
    }

    /// The bytes of a file; 0 where it is not there.
    private func size(_ path: String) throws -> Int {
        guard FileManager.default.fileExists(atPath: path) else { return 0 }
        return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
    }

    @Test func `several programs write at once`() throws {
        let folder = try Bank.folder(schema: true, model: true)
        let processes = try (0 ..< 4).map { number in
            try Program.prepared(
                ["score", "model", "bank.csv", "-o", "s\(number).csv", "--database", "retain.db"],
                in: folder
            )
        }
        for process in processes { try process.run() }
        for process in processes {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        let report = try Program.expect(
            0,
            ["performance", "retain.db", "--newest", "10000", "--json"],
            in: folder
        )
        #expect(report.output.contains("\"rows\" : 2400"), "\(report.output)")
    }

    @Test(arguments: [
        (["outcomes", "none.csv"], Int32(65), "none.csv"),
        (["outcomes", "bank.csv", "--database", "other.db"], 64, "there is no such file"),
        (["performance", "other.db"], 73, "there is no such file"),
        (["performance", "bank.csv"], 73, "bank.csv"),
        (["outcomes", "bank.csv", "--model", "model", "--schema", "retain.yaml"], 64, "--model"),
    ])
    func `what can't be used is refused with the reason`(
        arguments: [String],
        code: Int32,
        word: String
    ) throws {
        let folder = try Bank.folder(schema: true, model: true)
        try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "s.csv", "--database", "retain.db"],
            in: folder
        )
        try Program.expect(code, arguments, in: folder, says: word)
    }

    @Test func `predictions are kept at least for the horizon and a month`() throws {
        let folder = try Bank.folder(schema: true)
        let schema = try folder.text("retain.yaml")
            .replacingOccurrences(of: "# horizon: 90d", with: "horizon: 200d")
        try folder.file("retain.yaml", schema)
        try Program.expect(
            0,
            ["train", "bank.csv", "--model", "seed", "--output", "model", "--no-tracking"],
            in: folder
        )
        try Program.expect(
            64,
            ["serve", "model", "--port", "0", "--keep-days", "100"],
            in: folder,
            says: "the model's horizon is 200 days",
            "give 230 or more"
        )
    }
}
