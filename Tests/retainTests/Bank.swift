import Foundation
import TestSupport
import Testing

/// Simulated customers, their schema and a model, made once by the program itself.
struct Bank {
    /// `bank.csv` of 600 rows.
    let customers: String
    /// `retain.yaml`.
    let schema: String
    /// Holds the folder `model`.
    private let home: TemporaryFolder

    static let shared = Result { try Bank() }

    private init() throws {
        home = try TemporaryFolder()
        try Program.expect(
            0,
            ["simulate", "--rows", "600", "--seed", "3", "-o", "bank.csv"],
            in: home
        )
        try Program.expect(0, ["init", "bank.csv", "--target", "Exited"], in: home)
        try Program.expect(0, ["train", "bank.csv", "--output", "model"], in: home)
        customers = try home.text("bank.csv")
        schema = try home.text("retain.yaml")
    }

    /// A folder of one's own with `bank.csv` and, if wanted, `retain.yaml` and `model`.
    static func folder(schema: Bool = false, model: Bool = false) throws -> TemporaryFolder {
        let bank = try shared.get()
        let folder = try TemporaryFolder()
        try folder.file("bank.csv", bank.customers)
        if schema { try folder.file("retain.yaml", bank.schema) }
        if model {
            try FileManager.default.copyItem(
                atPath: bank.home.path + "/model",
                toPath: folder.path + "/model"
            )
        }
        return folder
    }

    /// The customers with the last field of line 3, a number, made a word.
    static func broken() throws -> String {
        var lines = try shared.get().customers.split(separator: "\n").map(String.init)
        let comma = try #require(lines[2].lastIndex(of: ","))
        lines[2] = lines[2][...comma] + "old"
        return lines.joined(separator: "\n") + "\n"
    }
}

/// The object that a JSON text holds; fails the test where it holds none.
func parsed(_ json: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
}
