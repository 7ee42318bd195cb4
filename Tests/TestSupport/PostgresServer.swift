import Foundation
import Synchronization

/// A PostgreSQL server on loopback, with its data in a folder of its own; it ends with the last reference to it, or with the
/// process.
public final class PostgresServer: Sendable {
    private struct State {
        let process: Process
        let commands: FileHandle
        let answers: FileHandle
        var port = 0
    }

    private let state: Mutex<State>

    /// The one that tests share; nil where PostgreSQL is not installed, which is said once.
    public static let shared: PostgresServer? = {
        do { return try PostgresServer() } catch {
            print("SKIPPED: the tests of a record on PostgreSQL; the server can't be run here")
            return nil
        }
    }()

    /// Tells why there is no server.
    private struct NotThere: Error {}

    /// Starts a server.
    public init() throws {
        let process = Process()
        let (input, output) = (Pipe(), Pipe())
        let script = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../Scripts/replicas/postgres.sh").standardized.path
        let folder = FileManager.default.temporaryDirectory.path + "/retain-" + UUID().uuidString
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = [
            script, folder, "-c", "fsync=off", "-c", "max_connections=200", "-c",
            "shared_buffers=32MB",
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        state = Mutex(
            State(
                process: process,
                commands: input.fileHandleForWriting,
                answers: output.fileHandleForReading
            )
        )
        try state.withLock { try Self.awaitReady(&$0) }
    }

    deinit {
        state.withLock { state in
            try? state.commands.close()
            state.process.waitUntilExit()
        }
    }

    /// Stops it as a power cut would: whatever is not committed is lost.
    public func kill() throws { try tell("kill", "gone") }

    /// Starts it again.
    public func start() throws { try tell("start", "ready") }

    private func tell(_ command: String, _ answer: String) throws {
        try state.withLock { state in
            try state.commands.write(contentsOf: Data((command + "\n").utf8))
            guard Self.line(state.answers).hasPrefix(answer) else { throw NotThere() }
        }
    }

    private static func awaitReady(_ state: inout State) throws {
        let words = line(state.answers).split(separator: " ")
        guard words.count == 2, let port = Int(words[1]) else { throw NotThere() }
        state.port = port
    }

    /// The next line that the server's script says; empty at the end.
    private static func line(_ answers: FileHandle) -> String {
        var line: [UInt8] = []
        while let byte = try? answers.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        return String(decoding: line, as: UTF8.self)
    }

    /// An address of the server.
    ///
    /// - Parameters:
    ///   - schema: Its tables alone are seen; nil for the usual one.
    ///   - password: Of the user.
    ///   - database: Its name.
    /// - Returns: With the password.
    public func address(
        schema: String? = nil,
        password: String = "secret",
        database: String = "retain"
    ) -> String {
        let port = state.withLock(\.port)
        let path = schema.map { "?options=-csearch_path%3D" + $0 } ?? ""
        return "postgres://retain:\(password)@127.0.0.1:\(port)/\(database)\(path)"
    }

    /// Makes an empty schema, and tells its name.
    public func makeSchema() throws -> String {
        let name = "t" + UUID().uuidString.replacing("-", with: "").lowercased()
        try execute("CREATE SCHEMA \(name)", schema: nil)
        return name
    }

    /// Runs statements as another program would.
    public func execute(_ sql: String, schema: String?, database: String = "retain") throws {
        _ = try output(sql, schema, database)
    }

    /// The first column of what a query finds, as text.
    public func texts(_ sql: String, schema: String?) throws -> [String?] {
        let query = "SELECT coalesce(json_agg(x::text), '[]') FROM (\(sql)) AS found (x)"
        let found = try JSONSerialization.jsonObject(with: output(query, schema, "retain"))
        return (found as? [Any])?.map { $0 as? String } ?? []
    }

    private func output(_ sql: String, _ schema: String?, _ database: String) throws -> Data {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "psql", "-qXAt", "-v", "ON_ERROR_STOP=1", "-d",
            address(schema: schema, database: database), "-c", sql,
        ]
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw NotThere() }
        return data
    }
}
