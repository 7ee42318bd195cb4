import Foundation
import Glibc
import TestSupport
import Testing

/// Where output can't be written, nothing is lost and the exit code is 73.
@Suite struct OutputTests {
    @Test(arguments: [
        (
            ["train", "bank.csv", "-o", "no/model"],
            "can't write no/model: no such file or directory"
        ),
        (
            ["train", "bank.csv", "-o", "bank.csv"],
            "can't write bank.csv: it is a file, not a folder"
        ),
        (
            ["train", "bank.csv", "-o", "bank.csv/model"],
            "can't write bank.csv/model: not a directory"
        ),
        (["train", "bank.csv", "--html", "no/r.html"], "can't write no/r.html: no such file"),
        (
            ["score", "model", "bank.csv", "-o", "no/s.csv"],
            "no/s.csv: no such file or directory; "
        ),
        (
            ["score", "model", "bank.csv", "-o", "bank.csv/s"],
            "can't write bank.csv/s: not a directory"
        ),
        (["score", "model", "bank.csv", "-o", "model"], "can't write model: is a directory"),
        (["score", "model", "bank.csv", "-o", "/proc/s"], "can't write /proc/s: no such file"),
        (["score", "model", "bank.csv", "-o", "/dev/full"], "/dev/full: no space left on device"),
        (["evaluate", "model", "bank.csv", "--html", "no/r.html"], "no/r.html: no such file"),
        (["simulate", "--rows", "5", "-o", "no/b.csv"], "can't write no/b.csv: no such file"),
        (["init", "bank.csv", "-o", "no/r.yaml"], "can't write no/r.yaml: no such file"),
        (["demo", "-o", "bank.csv"], "can't write bank.csv: the folder can't be made"),
        (["demo", "-o", "."], "can't write .: the folder holds other files, such as bank.csv"),
    ])
    func `output that can't be written is refused`(arguments: [String], message: String) throws {
        let folder = try Bank.folder(schema: true, model: true)
        let before = try folder.filesBesideRecord(below: ".")
        try Program.expect(73, arguments, in: folder, says: message)
        #expect(try folder.filesBesideRecord(below: ".") == before)
    }

    @Test func `someone else's folder is left alone`() throws {
        let folder = try Bank.folder(schema: true)
        try folder.makeFolder("photos")
        try folder.file("photos/cat.jpg", "dear")
        try Program.expect(
            73,
            ["train", "bank.csv", "-o", "photos"],
            in: folder,
            says: "can't write photos: the folder holds other files and no retain/manifest.json; "
                + "choose a new or empty folder"
        )
        #expect(try folder.filesBesideRecord(below: "photos") == ["cat.jpg": Data("dear".utf8)])
        #expect(try folder.namesBesideRecord == ["bank.csv", "photos", "retain.yaml"])
    }

    @Test(arguments: [
        ["train", "bank.csv"], ["train", "bank.csv", "--json"], ["evaluate", "model", "bank.csv"],
        ["score", "model", "bank.csv"], ["simulate", "--rows", "5"],
        ["init", "bank.csv", "-o", "-"],
    ])
    func `a full disk behind standard output is told`(arguments: [String]) throws {
        let folder = try Bank.folder(schema: true, model: true)
        let process = try Program.prepared(arguments, in: folder)
        let messages = Pipe()
        process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
        process.standardError = messages
        try process.run()
        let told = String(
            decoding: messages.fileHandleForReading.readDataToEndOfFile(),
            as: UTF8.self
        )
        process.waitUntilExit()
        #expect(process.terminationStatus == 73)
        #expect(told.contains("can't write standard output: no space left on device"))
    }

    @Test func `a reader that ends early is no crash`() throws {
        let folder = try TemporaryFolder()
        let process = try Program.prepared(["simulate", "--rows", "100000"], in: folder)
        let (output, messages) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = messages
        try process.run()
        try output.fileHandleForWriting.close()
        #expect(try output.fileHandleForReading.read(upToCount: 10)?.count == 10)
        try output.fileHandleForReading.close()
        let told = messages.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit)
        #expect(process.terminationStatus == 73)
        #expect(String(decoding: told, as: UTF8.self).contains("the program that reads the output"))
    }

    @Test(
        arguments: [["score", "model", "-", "-o", "old"], ["train", "-", "-o", "old"]]
    )
    func `killed half-way leaves the old and no litter`(arguments: [String]) throws {
        let folder = try Bank.folder(schema: true, model: true)
        if arguments[0] == "train" {
            try FileManager.default.copyItem(
                atPath: folder.path + "/model",
                toPath: folder.path + "/old"
            )
        } else {
            try folder.file("old", "old\n")
        }
        let before = try folder.filesBesideRecord(below: ".")
        let process = try Program.prepared(arguments, in: folder)
        let input = Pipe()
        process.standardInput = input
        try process.run()
        try input.fileHandleForWriting.write(contentsOf: folder.bytes("bank.csv").prefix(30_000))
        Thread.sleep(forTimeInterval: 0.2)
        #expect(process.isRunning)
        // Foundation starts processes with the other signals blocked.
        #expect(kill(process.processIdentifier, SIGKILL) == 0)
        process.waitUntilExit()
        #expect(process.terminationReason == .uncaughtSignal)
        #expect(try folder.filesBesideRecord(below: ".") == before)
    }

    @Test func `killed while it learns leaves nothing`() throws {
        let folder = try Bank.folder()
        let schema = try Bank.shared.get().schema
        try folder.file(
            "retain.yaml",
            schema.replacing("epochs: 50 ", with: "epochs: 100000 ")
        )
        let process = try Program.prepared(["train", "bank.csv"], in: folder)
        try process.run()
        Thread.sleep(forTimeInterval: 0.5)
        #expect(process.isRunning)
        #expect(kill(process.processIdentifier, SIGKILL) == 0)
        process.waitUntilExit()
        #expect(try folder.namesBesideRecord == ["bank.csv", "retain.yaml"])
    }
}
