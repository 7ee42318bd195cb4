import Foundation
import TestSupport
import Testing

/// The built program, run as its users run it.
struct Program {
    /// What a finished run left.
    struct Result {
        /// The exit code; nil where a signal ended the process.
        let code: Int32?
        let output: String
        let messages: String
    }

    /// The program stands beside the bundle of tests, wherever the build folder is.
    static let url: URL? = {
        for path in [Bundle.main.executablePath, CommandLine.arguments.first].compactMap(\.self) {
            var folder = URL(fileURLWithPath: path).deletingLastPathComponent()
            while folder.path != "/" {
                let program = folder.appendingPathComponent("retain")
                if program.isFile { return program }
                folder.deleteLastPathComponent()
            }
        }
        return nil
    }()

    /// Runs `retain` in a folder and waits for its end.
    static func run(
        _ arguments: [String],
        in folder: TemporaryFolder,
        input: String? = nil
    ) throws -> Result {
        // Files take any length without a reader; pipes would block.
        let logs = try TemporaryFolder()
        for name in ["out", "err"] { try logs.file(name, "") }
        let process = try prepared(arguments, in: folder)
        process.standardOutput = FileHandle(forWritingAtPath: logs.path + "/out")
        process.standardError = FileHandle(forWritingAtPath: logs.path + "/err")
        if let input {
            try logs.file("in", input)
            process.standardInput = FileHandle(forReadingAtPath: logs.path + "/in")
        }
        try process.run()
        process.waitUntilExit()
        return Result(
            code: process.terminationReason == .exit ? process.terminationStatus : nil,
            output: try logs.text("out"),
            messages: try logs.text("err")
        )
    }

    /// A process that has not started yet; it reads nothing and what it prints goes nowhere.
    static func prepared(_ arguments: [String], in folder: TemporaryFolder) throws -> Process {
        let process = Process()
        let program: URL = try #require(url, "build the product retain first")
        process.executableURL = program
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
        // No test may reach a server of the person who runs it.
        process.environment = ProcessInfo.processInfo.environment.filter {
            !$0.key.hasPrefix("MLFLOW_") && !$0.key.hasPrefix("DAGSHUB_")
        }
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }

    /// Runs `retain` and expects an exit code and what the messages contain.
    @discardableResult
    static func expect(
        _ code: Int32,
        _ arguments: [String],
        in folder: TemporaryFolder,
        input: String? = nil,
        says messages: String...,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Result {
        let result = try run(arguments, in: folder, input: input)
        let command = "retain " + arguments.joined(separator: " ")
        #expect(
            result.code == code,
            "\(command): \(result.messages)",
            sourceLocation: sourceLocation
        )
        for message in messages {
            #expect(
                result.messages.contains(message),
                "\(command): \(result.messages)",
                sourceLocation: sourceLocation
            )
        }
        return result
    }
}

extension URL {
    /// Whether a file, no folder, stands there.
    var isFile: Bool {
        (try? resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) ?? false
    }
}
