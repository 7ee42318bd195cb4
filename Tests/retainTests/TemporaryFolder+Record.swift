import Foundation
import TestSupport

/// What commands leave behind, but for the record of runs that training keeps, `mlflow.db` and `mlruns`.
extension TemporaryFolder {
    /// Everything in the folder but the record, hidden files too, sorted.
    var namesBesideRecord: [String] {
        get throws { try names.filter { !Self.isRecord($0) } }
    }

    /// The bytes of every file below a folder but those of the record, by path.
    func filesBesideRecord(below name: String) throws -> [String: Data] {
        let root = path + "/" + name
        var files: [String: Data] = [:]
        for file in try FileManager.default.subpathsOfDirectory(atPath: root)
        where URL(fileURLWithPath: root + "/" + file).isFile && !Self.isRecord(file) {
            files[file] = try bytes(name + "/" + file)
        }
        return files
    }

    private static func isRecord(_ path: String) -> Bool {
        path.split(separator: "/").contains { $0.hasPrefix("mlflow.db") || $0 == "mlruns" }
    }
}
