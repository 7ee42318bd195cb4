import Foundation
import TestSupport
import Testing

/// Ctrl-C and SIGTERM.
@Suite struct InterruptionTests {
    @Test(
        arguments: [
            ["train", "bank.csv", "--no-tracking"], ["train", "bank.csv"],
            ["train", "bank.csv", "--folds", "3", "--repeats", "50"],
            ["tune", "bank.csv", "--trials", "500"], ["score", "model", "-"], ["check", "-"],
        ],
        [SIGINT, SIGTERM]
    )
    func `every command ends, with the status of an interruption`(
        arguments: [String],
        signal: Int32
    ) throws {
        let folder = try Bank.folder(schema: true, model: true)
        // So long that nothing ends by itself.
        let schema = try Bank.shared.get().schema.replacing(
            "  # epochs: 40",
            with: "  epochs: 100000"
        )
        try folder.file("retain.yaml", schema)
        let process = try Program.prepared(arguments, in: folder)
        let messages = Pipe()
        let input = Pipe()
        process.standardError = messages
        process.standardInput = input
        try process.run()
        Thread.sleep(forTimeInterval: 1)
        #expect(process.isRunning)
        #expect(kill(process.processIdentifier, signal) == 0)
        process.waitUntilExit()
        let told = String(
            decoding: messages.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        #expect(process.terminationReason == .exit && process.terminationStatus == 130)
        #expect(told.contains("retain: interrupted"))
        // There is a record only where one is kept.
        #expect(!told.contains("record of the run") || arguments == ["train", "bank.csv"])
    }

    @Test func `the record says that the run was ended`() throws {
        let folder = try Bank.folder()
        let schema = try Bank.shared.get().schema.replacing(
            "  # epochs: 40",
            with: "  epochs: 100000"
        )
        try folder.file("retain.yaml", schema)
        let process = try Program.prepared(["train", "bank.csv", "-o", "new"], in: folder)
        try process.run()
        while try !folder.names.contains("mlflow.db") { Thread.sleep(forTimeInterval: 0.05) }
        Thread.sleep(forTimeInterval: 1)
        #expect(kill(process.processIdentifier, SIGTERM) == 0)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let list = try Program.expect(0, ["runs", "list", "--json"], in: folder)
        #expect(list.output.contains("KILLED"))
        #expect(try !folder.names.contains("new"))
    }
}
