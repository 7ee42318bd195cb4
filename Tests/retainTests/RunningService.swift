import Foundation
import FoundationNetworking
import TestSupport
import Testing

/// A running `retain serve`.
struct RunningService {
    let process: Process
    let address: String

    /// Starts it on a free port and waits until it says where it answers.
    init(
        _ model: String,
        _ arguments: [String] = [],
        in folder: TemporaryFolder,
        input: Pipe? = nil
    ) async throws {
        try folder.file("serve.log", "")
        process = try Program.prepared(["serve", model, "--port", "0"] + arguments, in: folder)
        process.standardError = FileHandle(forWritingAtPath: folder.path + "/serve.log")
        if let input { process.standardInput = input }
        try process.run()
        var found: String?
        while found == nil, process.isRunning {
            let log = try folder.text("serve.log")
            found = log.firstMatch(of: #/http://127\.0\.0\.1:\d+\n/#).map {
                String($0.0.dropLast())
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        let log = try folder.text("serve.log")
        address = try #require(found, "\(log)")
    }

    func post(_ path: String, _ type: String, _ body: String) async throws -> String {
        var request = URLRequest(url: try #require(URL(string: address + path)))
        request.httpMethod = "POST"
        request.timeoutInterval = 600
        request.setValue(type, forHTTPHeaderField: "Content-Type")
        request.httpBody = Data(body.utf8)
        let (data, response) = try await URLSession.shared.data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        return String(decoding: data, as: UTF8.self)
    }

    func get(_ path: String) async throws -> (status: Int?, body: String) {
        let url = try #require(URL(string: address + path))
        let (data, response) = try await URLSession.shared.data(from: url)
        return ((response as? HTTPURLResponse)?.statusCode, String(decoding: data, as: UTF8.self))
    }

    func stop() {
        process.terminate()
        process.waitUntilExit()
    }
}
