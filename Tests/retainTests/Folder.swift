import Foundation

/// A temporary folder that goes when nobody holds it any more.
final class Folder: Sendable {
    let path: String

    init() throws {
        path = NSTemporaryDirectory() + "/retain-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Everything in the folder but the record of runs, hidden files too, sorted.
    var names: [String] {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: path)
                .filter { !Self.isRecord($0) }.sorted()
        }
    }

    /// Whether a file belongs to the record that training keeps, `mlflow.db` and `mlruns`.
    private static func isRecord(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix("mlflow.db") || $0 == "mlruns" }
    }

    func write(_ text: String, to name: String) throws { try write(Data(text.utf8), to: name) }

    func write(_ data: Data, to name: String) throws {
        try data.write(to: URL(fileURLWithPath: path + "/" + name))
    }

    func read(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self)
    }

    func bytes(_ name: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: path + "/" + name))
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path + "/" + name,
            withIntermediateDirectories: true
        )
    }

    /// The bytes of every file below a folder but the record of runs, by path.
    func files(below name: String) throws -> [String: Data] {
        let root = path + "/" + name
        var files: [String: Data] = [:]
        for file in try FileManager.default.subpathsOfDirectory(atPath: root)
        where URL(fileURLWithPath: root + "/" + file).isFile && !Self.isRecord(file) {
            files[file] = try bytes(name + "/" + file)
        }
        return files
    }
}
