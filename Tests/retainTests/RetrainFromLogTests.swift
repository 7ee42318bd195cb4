import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// `serve`, outcomes, and `retrain` from what the service has kept.
@Suite struct RetrainFromLogTests {
    @Test func `what the service saw trains a challenger`() async throws {
        let folder = try TemporaryFolder()
        for (name, rows, more) in [
            ("old.csv", "5000", []),
            ("new.csv", "4000", ["--shift", "Age=+15"]),
        ] {
            let arguments = ["simulate", "--rows", rows, "--seed", rows, "-o", name]
            try Program.expect(0, arguments + more, in: folder)
        }
        try Program.expect(0, ["init", "old.csv", "--target", "Exited"], in: folder)
        try Program.expect(
            0,
            ["train", "old.csv", "--model", "seed", "--output", "model", "--register", "churn"],
            in: folder
        )
        try Program.expect(0, ["models", "promote", "churn", "1"], in: folder)

        let service = try await RunningService("models:/churn@champion", in: folder)
        let csv = try folder.text("new.csv")
        _ = try await service.post("/invocations", "text/csv", csv)
        let header = csv.prefix { $0 != "\n" }.split(separator: ",").map(String.init)
        let (id, target) = (
            try #require(header.firstIndex(of: "CustomerId")),
            try #require(header.firstIndex(of: "Exited"))
        )
        let outcomes = csv.split(separator: "\n").dropFirst().enumerated().map { row, line in
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            return
                #"{"customer":"\#(fields[id])","left":\#(fields[target]),"treated":\#(row % 4 == 0)}"#
        }
        let told = try await service.post(
            "/outcomes",
            "application/json",
            "[\(outcomes.joined(separator: ","))]"
        )
        #expect(told == #"{"recorded":4000,"unmatched":[]}"#)

        // Also while the service runs.
        let first = try Program.expect(0, ["retrain", "churn", "--dry-run", "--json"], in: folder)
        service.stop()
        let again = try Program.expect(0, ["retrain", "churn", "--dry-run", "--json"], in: folder)
        #expect(first.output == again.output)
        let report = try parsed(again.output)
        let rows = try #require(report["rows"] as? [String: Any])
        #expect(rows["rows"] as? Int == 4_000 && rows["treated"] as? Int == 1_000)
        #expect(rows["treatmentUnknown"] as? Int == 0 && rows["source"] as? String == "retain.db")
        let loss = try #require(report["loss"] as? [String: Any])
        #expect(loss["rows"] as? Int == 3_000)

        let passed = try Program.expect(
            0,
            ["retrain", "churn", "--with", "old.csv", "--export", "fresh.csv", "--json"],
            in: folder,
            says: "Version 2 is the champion of churn."
        )
        let challenger = try #require(try parsed(passed.output)["challenger"] as? [String: Any])
        let run = try #require(challenger["run"] as? String)
        let same = try Program.expect(0, ["runs", "reproduce", run], in: folder)
        #expect(same.output.hasPrefix("Identical"), "\(same.output)")
        // All that is known was known before the new champion was trained.
        try Program.expect(
            65,
            ["retrain", "churn", "--force"],
            in: folder,
            says: "0 labelled rows of untreated customers are too few"
        )
    }

    @Test func `personal columns can't train`() async throws {
        let folder = try TemporaryFolder()
        try Program.expect(
            0,
            ["simulate", "--rows", "5000", "--seed", "1", "-o", "old.csv"],
            in: folder
        )
        try Program.expect(0, ["init", "old.csv", "--target", "Exited"], in: folder)
        let yaml = try folder.text("retain.yaml")
        let age = try #require(yaml.firstMatch(of: #/  Age:\n    role: feature/#))
        try folder.file(
            "retain.yaml",
            yaml.replacingCharacters(
                in: age.range,
                with: "  Age:\n    privacy: personal\n    role: feature"
            )
        )
        try Program.expect(
            0,
            ["train", "old.csv", "--model", "seed", "--output", "model", "--register", "churn"],
            in: folder
        )
        try Program.expect(0, ["models", "promote", "churn", "1"], in: folder)
        let service = try await RunningService("models:/churn@champion", in: folder)
        service.stop()
        try Program.expect(0, ["retrain", "churn"], in: folder)
        try Program.expect(
            65,
            ["retrain", "churn", "--force"],
            in: folder,
            says: "retain.db lacks the column \"Age\"",
            "privacy: personal",
            "--data FILE"
        )
    }
}
