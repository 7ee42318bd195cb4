import Foundation
import TestSupport
import Testing

/// `train --folds` and `tune`.
@Suite struct FoldsAndTuneTests {
    @Test func `folds against another model`() throws {
        let folder = try Bank.folder(schema: true)
        let arguments = ["train", "bank.csv", "--model", "seed", "--folds", "3"]
        let result = try Program.expect(0, arguments + ["--against", "fast"], in: folder)
        for part in ["Log loss", "seed against fast", "told apart", "±"] {
            #expect(result.output.lowercased().contains(part.lowercased()), "\(result.output)")
        }
        // Nothing is written: there is no single model.
        #expect(try folder.namesBesideRecord == ["bank.csv", "retain.yaml"])
        let json = try parsed(Program.expect(0, arguments + ["--json"], in: folder).output)
        #expect((json["folds"] as? [Any])?.count == 3)
    }

    @Test(arguments: [
        (["--folds", "1"], "--folds must be 2 or more"),
        (["--against", "seed"], "--repeats and --against go with --folds or --fold-file"),
        (["--folds", "2", "--fold-file", "f.csv"], "exclude each other"),
    ])
    func `wrong usage is named`(arguments: [String], message: String) throws {
        try Program.expect(
            64,
            ["train", "bank.csv"] + arguments,
            in: Bank.folder(schema: true),
            says: message
        )
    }

    @Test func `tune leaves settings, trials and a page`() throws {
        let folder = try Bank.folder(schema: true)
        let arguments = [
            "tune", "bank.csv", "--model", "seed", "--folds", "2", "--output", "found",
        ]
        let result = try Program.expect(0, arguments + ["--trials", "2"], in: folder)
        #expect(result.output.hasPrefix("Best: trial "))
        #expect(try folder.text("found/trials.jsonl").split(separator: "\n").count == 3)
        #expect(try folder.text("found/trials.html").contains("<svg"))
        let again = try Program.expect(0, arguments + ["--trials", "3", "--json"], in: folder)
        #expect(try parsed(again.output)["logLoss"] is Double)
        #expect(try folder.text("found/trials.jsonl").split(separator: "\n").count == 4)
        try Program.expect(
            0,
            ["train", "bank.csv", "--schema", "found/retain.yaml", "-o", "model"],
            in: folder,
            says: "Wrote the model to model"
        )
        try Program.expect(
            65,
            arguments + ["--trials", "4", "--seed", "7"],
            in: folder,
            says: "trials.jsonl"
        )
    }

    @Test func `certainty on request`() throws {
        let folder = try Bank.folder(model: true)
        try Program.expect(
            0,
            ["score", "model", "bank.csv", "-o", "s.csv", "--certainty"],
            in: folder
        )
        let lines = try folder.text("s.csv").split(separator: "\n")
        #expect(lines[0] == "identifier,churn_probability,risk,certainty")
        let answers = Set(lines.dropFirst().compactMap { $0.split(separator: ",").last })
        #expect(answers.isSubset(of: ["certain_to_leave", "certain_to_stay", "unclear"]))
    }
}
