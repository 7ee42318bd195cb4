import ArgumentParser
import Files
import FoundationEssentials
import Schema
import Training

/// `--threads`, which every verb with work for more than one core takes.
struct ThreadOption: ParsableArguments {
    @Option(parsing: .unconditional, help: "Cores to use at once; results do not depend on it.")
    var threads: Int?

    var count: Int { threads ?? ProcessInfo.processInfo.activeProcessorCount }

    func validate() throws {
        guard (threads ?? 1) >= 1 else { throw ValidationError("--threads must be 1 or more") }
    }
}

/// `--json`, which every verb that prints a table takes.
struct JSONOption: ParsableArguments {
    @Flag(name: .customLong("json"), help: "Print the result as JSON.")
    var isOn = false
}

/// Where the schema comes from: `--schema`, or `retain.yaml` in the working folder.
struct SchemaOption: ParsableArguments {
    @Option(
        name: .customLong("schema"),
        help: "The schema (default: retain.yaml in this folder, if any)."
    )
    var path: String?

    /// The project, or nil where no file is named and there is none in the working folder.
    func project() throws -> Project? {
        let name = path ?? "retain.yaml"
        guard path != nil || FileManager.default.fileExists(atPath: name) else { return nil }
        let bytes = try BlockReader.contents(of: name)
        return try Project(yaml: String(decoding: bytes, as: UTF8.self), file: name)
    }
}

/// The JSON text of a value, keys sorted.
func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
