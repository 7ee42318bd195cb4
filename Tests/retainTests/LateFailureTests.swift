import Foundation
import TestSupport
import Testing

/// What would make a training worthless is found before it begins; what fails later costs no model.
@Suite struct LateFailureTests {
    /// Epochs without end: who gets an answer got it before training.
    private func endless() throws -> TemporaryFolder {
        let folder = try Bank.folder()
        let schema = try Bank.shared.get().schema.replacing(
            "  # epochs: 40",
            with: "  epochs: 100000"
        )
        try folder.file("retain.yaml", schema)
        return folder
    }

    @Test func `an output that is a file`() throws {
        let folder = try endless()
        try folder.file("taken", "mine")
        try Program.expect(
            73,
            ["train", "bank.csv", "-o", "taken"],
            in: folder,
            says: "can't write taken: it is a file, not a folder"
        )
        #expect(try folder.text("taken") == "mine")
        #expect(try !folder.names.contains("mlflow.db"))
    }

    @Test(arguments: [
        ["train", "bank.csv", "-o", "none/model"], ["train", "bank.csv", "--html", "none/m.html"],
        ["train", "bank.csv", "-o", "none/model", "--no-tracking"],
    ])
    func `a place that is not there`(arguments: [String]) throws {
        try Program.expect(
            73,
            arguments,
            in: endless(),
            says: "no such file or directory; create the folder first"
        )
    }

    @Test(arguments: [["train", "bank.csv"], ["tune", "bank.csv"]])
    func `a store that is none`(arguments: [String]) throws {
        let folder = try endless()
        try folder.file("mlflow.db", "this is no database")
        try Program.expect(65, arguments, in: folder, says: "the file is no database of runs")
        try Program.expect(
            64,
            arguments + ["--tracking-uri", "sqlite:///none/mlflow.db"],
            in: folder,
            says: "is not there"
        )
    }

    @Test func `artifacts that can't be written`() throws {
        let folder = try endless()
        try folder.file("mlruns", "in the way")
        try Program.expect(
            73,
            ["train", "bank.csv"],
            in: folder,
            says: "the folder of the run's files can't be made"
        )
    }

    @Test func `a report that can't be written costs no model`() throws {
        let folder = try Bank.folder()
        try Program.expect(
            73,
            ["train", "bank.csv", "--model", "seed", "-o", "m", "--html", "/dev/full"],
            in: folder,
            says: "The model is written to m all the same.",
            "The model is kept as runs:/"
        )
        try Program.expect(0, ["score", "m", "bank.csv", "-o", "s.csv"], in: folder)
    }
}
