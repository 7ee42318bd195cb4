import Foundation
import TestSupport
import Testing

/// `retrain`: reasons, rows, the gate, and what stays as it is.
@Suite struct RetrainTests {
    /// A folder with a champion of 5,000 customers, trained on `old.csv`.
    private static func champion(_ model: String = "seed") throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try simulate(folder, "old.csv", rows: 5_000, seed: 1)
        try Program.expect(0, ["init", "old.csv", "--target", "Exited"], in: folder)
        try Program.expect(
            0,
            ["train", "old.csv", "--model", model, "--output", "model", "--register", "churn"],
            in: folder
        )
        try Program.expect(0, ["models", "promote", "churn", "1"], in: folder)
        return folder
    }

    private static func simulate(
        _ folder: TemporaryFolder,
        _ name: String,
        rows: Int,
        seed: Int,
        _ more: String...
    ) throws {
        let arguments = ["simulate", "--rows", "\(rows)", "--seed", "\(seed)", "-o", name]
        try Program.expect(0, arguments + more, in: folder)
    }

    private static func json(_ result: Program.Result) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8))
        return try #require(object as? [String: Any], "\(result.output)\(result.messages)")
    }

    private static func champion(in folder: TemporaryFolder) throws -> String {
        try Program.expect(0, ["models", "list"], in: folder).output
    }

    @Test func `without a reason nothing is done`() throws {
        let folder = try Self.champion()
        let nothing = try Program.expect(0, ["retrain", "churn"], in: folder)
        #expect(nothing.output.hasPrefix("Nothing is to be done: version 1 of churn"))
        try Self.simulate(folder, "same.csv", rows: 1_500, seed: 2)
        try folder.file("drift.json", #"{"drift": false, "columns": []}"#)
        let same = try Program.expect(
            0,
            ["retrain", "churn", "--data", "same.csv", "--drift", "drift.json", "--json"],
            in: folder
        )
        let report = try Self.json(same)
        let decision = try #require(report["decision"] as? [String: Any])
        #expect(decision["verdict"] as? String == "nothing")
        #expect(report["loss"] is [String: Any] && report["challenger"] == nil)
        #expect(try Self.champion(in: folder).contains("version 1"))
    }

    @Test func `a dry run tells and changes nothing`() throws {
        let folder = try Self.champion()
        try Self.simulate(folder, "new.csv", rows: 1_500, seed: 2)
        try folder.file(
            "drift.json",
            #"{"verdict": {"hasDrifted": true, "columns": [{"name": "Age", "hasDrifted": true}]}}"#
        )
        func everything() throws -> [String: Data] {
            var files: [String: Data] = [:]
            for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            where URL(fileURLWithPath: folder.path + "/" + name).isFile {
                files[name] = try folder.bytes(name)
            }
            return files
        }
        let before = try everything()
        let arguments = [
            "retrain", "churn", "--data", "new.csv", "--drift", "drift.json", "--dry-run",
        ]
        let told = try Program.expect(0, arguments, in: folder)
        for part in [
            "Time for a challenger to version 1 of churn", "the drift report names \"Age\"",
            "1,500 labelled rows of new.csv", "to learn from: 1,050; to judge by: 450",
            "would train seed with random seed 42", "Nothing was changed.",
        ] {
            #expect(told.output.contains(part), "\(told.output)")
        }
        let again = try Program.expect(0, arguments + ["--json"], in: folder)
        let rows = try #require(try Self.json(again)["rows"] as? [String: Any])
        #expect(rows["judged"] as? Int == 450 && rows["learned"] as? Int == 1_050)
        #expect(before.count > 20 && before.keys.contains("mlflow.db"))
        #expect(try everything() == before)
    }

    @Test func `treated customers are counted as the rules say`() throws {
        let folder = try Self.champion()
        try Self.simulate(folder, "new.csv", rows: 1_500, seed: 2)
        let lines = try folder.text("new.csv").split(separator: "\n").map(String.init)
        let offered = lines.enumerated().map { line, text in
            text + (line == 0 ? ",offer" : line % 5 == 0 ? ",yes" : line % 5 == 1 ? "," : ",no")
        }
        try folder.file("new.csv", offered.joined(separator: "\n") + "\n")
        let yaml = try folder.text("retain.yaml")
        for (policy, learned) in [("exclude", 0 ... 900), ("weight", 1_000 ... 1_050)] {
            let rules = yaml.replacing(
                "treated: exclude",
                with: "treated_column: offer\n  treated: \(policy)"
            )
            try folder.file("retain.yaml", rules)
            let report = try Self.json(
                Program.expect(
                    0,
                    ["retrain", "churn", "--data", "new.csv", "--force", "--dry-run", "--json"],
                    in: folder
                )
            )
            let rows = try #require(report["rows"] as? [String: Any])
            #expect(rows["treated"] as? Int == 300 && rows["treatmentUnknown"] as? Int == 300)
            #expect(rows["treatedWeight"] as? Double == (policy == "weight" ? 0.5 : 0))
            #expect(learned.contains(rows["learned"] as? Int ?? 0), "\(rows)")
            #expect(rows["judged"] as? Int ?? 0 < 400)
        }
    }

    @Test func `the gate keeps a bad challenger out`() throws {
        let folder = try Self.champion()
        try Self.simulate(folder, "new.csv", rows: 2_000, seed: 2)
        // An older file that says the opposite of half its customers: the challenger learns from it, and the gate
        // judges on the fresh file.
        let lines = try folder.text("new.csv").split(separator: "\n").map(String.init)
        let target = try #require(lines[0].split(separator: ",").firstIndex(of: "Exited"))
        let poisoned = lines.enumerated().map { line, text -> String in
            guard line > 0, line <= 900 else { return text }
            var fields = text.split(separator: ",", omittingEmptySubsequences: false)
            fields[target] = fields[target] == "1" ? "0" : "1"
            return fields.joined(separator: ",")
        }
        try folder.file("old-wrong.csv", poisoned.joined(separator: "\n") + "\n")
        try Self.simulate(folder, "fresh.csv", rows: 1_500, seed: 3)
        let refused = try Program.expect(
            3,
            ["retrain", "churn", "--data", "fresh.csv", "--with", "old-wrong.csv", "--force"],
            in: folder,
            says: "Registered as version 2 of churn, alias challenger.",
            "version 2 of churn was not promoted",
            "the champion stays version 1 of churn"
        )
        #expect(
            refused.output.contains(
                "450 of 1,500 rows of fresh.csv that the challenger's training held out"
            )
        )
        let list = try Self.champion(in: folder)
        #expect(list.contains("version 1") && list.contains("challenger"))
        let history = try Program.expect(0, ["models", "history", "churn"], in: folder)
        #expect(history.output.contains("refuse") && history.output.contains("--force"))
    }

    @Test func `a better challenger becomes champion and is reproduced`() throws {
        let folder = try Self.champion()
        let shift = ["--shift", "Age=+15"]
        let arguments = ["simulate", "--rows", "4000", "--seed", "5", "-o", "new.csv"]
        try Program.expect(0, arguments + shift, in: folder)
        let passed = try Program.expect(
            0,
            ["retrain", "churn", "--data", "new.csv", "--with", "old.csv", "--json"],
            in: folder,
            says: "Version 2 is the champion of churn."
        )
        let report = try Self.json(passed)
        let decision = try #require(report["decision"] as? [String: Any])
        let reasons = try #require(decision["reasons"] as? [[String: Any]])
        #expect(reasons.compactMap { $0["kind"] as? String } == ["loss"])
        #expect((report["gate"] as? [String: Any])?["passed"] as? Bool == true)
        #expect((report["challenger"] as? [String: Any])?["version"] as? Int == 2)
        #expect(try Self.champion(in: folder).contains("version 2"))
        let run = try #require((report["challenger"] as? [String: Any])?["run"] as? String)
        let same = try Program.expect(0, ["runs", "reproduce", run], in: folder)
        #expect(same.output.hasPrefix("Identical"))
        // What the new champion has learned from is not new to it.
        try Program.expect(
            65,
            ["retrain", "churn", "--data", "new.csv", "--force"],
            in: folder,
            says: "new.csv: the champion was trained on this file"
        )
        try Program.expect(
            65,
            ["retrain", "churn", "--data", "old.csv", "--force"],
            in: folder,
            says: "old.csv: the champion was trained on this file"
        )
    }

    @Test func `what is wrong is named`() throws {
        let empty = try TemporaryFolder()
        try Program.expect(64, ["retrain", "churn"], in: empty, says: "there are no runs here yet")
        #expect(try empty.names.isEmpty)
        #expect(!FileManager.default.fileExists(atPath: empty.path + "/mlflow.db"))

        let folder = try Bank.folder(schema: true)
        try Program.expect(
            0,
            ["train", "bank.csv", "--model", "seed", "--register", "churn"],
            in: folder
        )
        try Program.expect(
            64,
            ["retrain", "churn", "--force"],
            in: folder,
            says: "churn has no champion to train a challenger to",
            "retain models promote churn 1"
        )
        try Program.expect(64, ["retrain", "other"], in: folder, says: "other has no champion")
    }

    @Test func `wrong input is named`() throws {
        let folder = try Self.champion()
        try Self.simulate(folder, "few.csv", rows: 300, seed: 2)
        try folder.file("no.json", "{}")
        let cases: [(Int32, [String], String)] = [
            (64, ["--force"], "there is no retain.db in this folder"),
            (73, ["--force", "--database", "none.db"], "there is no such file"),
            (65, ["--drift", "no.json"], "no.json: this is no drift report"),
            (65, ["--drift", "absent.json"], "absent.json"),
            (65, ["--force", "--data", "absent.csv"], "absent.csv"),
            (
                65, ["--force", "--data", "few.csv"],
                "300 labelled rows of untreated customers are too few"
            ),
            (
                65, ["--force", "--data", "few.csv", "--with", "few.csv"],
                "--with names the file that --data"
            ),
            (64, ["--force", "--data", "-"], "--data must be a file"),
            (64, ["--data", "few.csv", "--export", "a.csv"], "leave it out with --data"),
        ]
        for (code, arguments, message) in cases {
            try Program.expect(code, ["retrain", "churn"] + arguments, in: folder, says: message)
        }
        let broken = try folder.text("few.csv").replacing("Germany", with: "Atlantis")
        try folder.file("broken.csv", broken)
        let yaml = try folder.text("retain.yaml")
        try folder.file(
            "retain.yaml",
            yaml.replacing("treated: exclude", with: "treated: exclude\n  treated_column: offer")
        )
        try Program.expect(
            65,
            ["retrain", "churn", "--force", "--data", "few.csv"],
            in: folder,
            says: "there is no column \"offer\", which treated_column of retain.yaml names"
        )
        // Drift without enough rows waits; that is no failure.
        try folder.file("retain.yaml", yaml)
        try folder.file("drift.json", #"{"drift": true, "columns": []}"#)
        let waits = try Program.expect(
            0,
            ["retrain", "churn", "--drift", "drift.json", "--data", "few.csv"],
            in: folder
        )
        #expect(waits.output.contains("Not yet: version 1 of churn should get a challenger"))
        #expect(waits.output.contains("only 300 labelled rows"))
    }
}
