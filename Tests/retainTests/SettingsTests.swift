import Foundation
import TestSupport
import Testing

/// A flag overrides its own setting, and nothing else.
@Suite struct SettingsTests {
    /// A schema with settings of its own, for `best`.
    private func folder(_ settings: String) throws -> TemporaryFolder {
        let folder = try Bank.folder()
        let schema = try Bank.shared.get().schema
        try folder.file(
            "retain.yaml",
            schema.replacing("  model: best", with: "  model: best\n\(settings)")
        )
        return folder
    }

    @Test func `--model leaves the other settings as they are, and says so`() throws {
        let folder = try folder(
            "  epochs: 3\n  members: 2\n  learning_rate: 0.004\n  columns: all\n  weight_decay_pieces: 0.3"
        )
        let result = try Program.expect(
            0,
            ["train", "bank.csv", "--model", "seed", "--no-tracking"],
            in: folder,
            says: "--model seed in place of best: the other settings of retain.yaml stay",
            "epochs",
            "learning_rate",
            "members",
            "weight_decay_pieces has no effect: seed sees no number in pieces"
        )
        #expect(!result.messages.contains("ecorded"))
        let metrics = try parsed(folder.text("model/retain/metrics.json"))
        let settings = try #require(metrics["settings"] as? [String: Any])
        let loop = try #require(settings["loop"] as? [String: Any])
        #expect(settings["model"] as? String == "seed" && settings["members"] as? Int == 2)
        #expect(settings["columns"] as? String == "all")
        #expect(loop["epochs"] as? Int == 3 && loop["learningRate"] as? Double == 0.004)
        // What the file leaves out is the other model's default.
        #expect(loop["batchSize"] as? Int == 32 && settings["hidden"] as? [Int] == [10, 10])
    }

    @Test func `a model that needs what another setting takes away is refused with the line`()
        throws
    {
        let folder = try folder("  validation_share: 0.2\n  keep: best")
        let schema = try folder.text("retain.yaml").replacing("  validation_share: 0.2\n", with: "")
        try folder.file(
            "retain.yaml",
            schema.replacing("  model: best", with: "  model: seed")
        )
        try Program.expect(
            65,
            ["train", "bank.csv", "--model", "fast"],
            in: folder,
            says: "validation_share",
            "retain.yaml"
        )
    }

    @Test(arguments: [
        (
            ["train", "bank.csv", "--target", "HasCrCard"],
            "--target HasCrCard: retain.yaml says Exited"
        ),
        (["train", "bank.csv", "--positive", "0"], "--positive 0: retain.yaml says 1"),
        (["tune", "bank.csv", "--target", "HasCrCard"], "retain.yaml says Exited"),
        (["drift", "bank.csv", "bank.csv", "--target", "HasCrCard"], "retain.yaml says Exited"),
        (
            ["drift", "model", "bank.csv", "--schema", "retain.yaml"],
            "a model has a schema of its own"
        ),
        (["train", "bank.csv", "--no-tracking", "--experiment", "a"], "--no-tracking leaves out"),
        (["train", "bank.csv", "--no-tracking", "--run-name", "a"], "--no-tracking leaves out"),
        (
            ["train", "bank.csv", "--folds", "2", "--html", "a.html"],
            "leave out --register and --html"
        ),
        (["train", "bank.csv", "--fold-file", "f.csv", "--repeats", "2"], "leave out --repeats"),
    ])
    func `what contradicts itself is said`(arguments: [String], message: String) throws {
        let folder = try Bank.folder(schema: true, model: true)
        try Program.expect(64, arguments, in: folder, says: message)
    }

    @Test func `the target that the file names anyway is no contradiction`() throws {
        let folder = try Bank.folder(schema: true)
        try Program.expect(
            0,
            [
                "train", "bank.csv", "--target", "Exited", "--positive", "1", "--model", "seed",
                "--no-tracking",
            ],
            in: folder
        )
    }
}
