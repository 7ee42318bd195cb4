import Foundation
import Simulation

/// A folder of its own for one test, removed at the end.
final class TemporaryFolder {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/retain-test-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and tells its path.
    func file(_ name: String, _ text: String) throws -> String {
        try text.write(toFile: path + "/" + name, atomically: true, encoding: .utf8)
        return path + "/" + name
    }

    /// Writes simulated customers and tells the path.
    func customers(_ rows: Int, seed: UInt64 = 1, complain: Bool = false) throws -> String {
        try file("customers-\(seed).csv", customerText(rows, seed: seed, complain: complain))
    }

    func text(_ name: String) throws -> String {
        try String(contentsOfFile: path + "/" + name, encoding: .utf8)
    }

    var names: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
    }
}

/// Simulated customers as CSV text.
func customerText(_ rows: Int, seed: UInt64 = 1, complain: Bool = false) -> String {
    let simulator = BankSimulator(seed: seed, options: .init(complain: complain))
    return String(decoding: simulator.header + simulator.csv(rows: 0 ..< rows), as: UTF8.self)
}
