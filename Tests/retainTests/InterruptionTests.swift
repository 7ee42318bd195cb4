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
        // Before it listens, a signal would simply end it: a slow machine takes its time to get there.
        while try process.isRunning && !process.listensForSignals {
            Thread.sleep(forTimeInterval: 0.02)
        }
        Thread.sleep(forTimeInterval: 0.5)
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
        // Another program's eye tells when the run is on record.
        while try process.isRunning
            && !Program.run(["runs", "list", "--json"], in: folder).output.contains("RUNNING")
        {
            Thread.sleep(forTimeInterval: 0.1)
        }
        #expect(kill(process.processIdentifier, SIGTERM) == 0)
        process.waitUntilExit()
        #expect(process.terminationStatus == 130)
        let list = try Program.expect(0, ["runs", "list", "--json"], in: folder)
        #expect(list.output.contains("KILLED"))
        #expect(try !folder.names.contains("new"))
    }
}

extension Process {
    /// Whether it takes signals as events: Dispatch reads them from a descriptor of that kind.
    fileprivate var listensForSignals: Bool {
        get throws {
            let folder = "/proc/\(processIdentifier)/fd"
            return try FileManager.default.contentsOfDirectory(atPath: folder).contains {
                let target = try? FileManager.default.destinationOfSymbolicLink(
                    atPath: folder + "/" + $0
                )
                return target?.contains("signalfd") == true
            }
        }
    }
}
