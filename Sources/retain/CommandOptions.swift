import ArgumentParser
import Files
import FoundationEssentials
import Output
import Schema
import Tabular
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

/// `--encoding`, which every verb that reads customers takes.
struct EncodingOption: ParsableArguments {
    @Option(
        name: .customLong("encoding"),
        help: ArgumentHelp(
            "How the file's characters are written, where it can't be told: utf-8, utf-16, windows-1252, latin-1, latin-9.",
            valueName: "name"
        ),
        transform: textEncoding
    )
    var choice: TextEncoding?
}

private func textEncoding(_ name: String) throws -> TextEncoding {
    guard let encoding = TextEncoding(named: name) else {
        let known = TextEncoding.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError(
            "--encoding \(name): known are \(known); change others first: iconv -f \(name) -t UTF-8 FILE > NEW-FILE"
        )
    }
    return encoding
}

/// Says what a person should know of how a file was read.
func note(_ remarks: [String], of file: String) {
    for remark in remarks { note("\(file == "-" ? "standard input" : file): \(remark).") }
}

/// Where the schema comes from: `--schema`, or `retain.yaml` in the working folder.
struct SchemaOption: ParsableArguments {
    @Option(
        name: .customLong("schema"),
        help: "The schema (default: retain.yaml in this folder, if any)."
    )
    var path: String?

    /// The file's name.
    var name: String { path ?? "retain.yaml" }

    /// The project, or nil where no file is named and there is none in the working folder.
    ///
    /// - Parameter model: In place of the file's.
    /// - Returns: What the file says.
    /// - Throws: `FileError`, `YAMLProblem`.
    func project(model: ModelKind? = nil) throws -> Project? {
        guard path != nil || FileManager.default.fileExists(atPath: name) else { return nil }
        let bytes = try BlockReader.contents(of: name)
        return try Project(
            yaml: String(decoding: bytes, as: UTF8.self),
            file: name,
            model: model
        )
    }

    /// Tells what of the file's settings stays where `--model` names another model than the file.
    func tell(of model: ModelKind?) throws {
        guard let model, let own = try project()?.training, own.model != model,
            let settings = try project(model: model)?.training
        else { return }
        let kept = settings.changed
        if !kept.isEmpty {
            note(
                "--model \(model.rawValue) in place of \(own.model.rawValue): the other settings of"
                    + " \(name) stay (\(kept.joined(separator: ", ")))."
            )
        }
        if settings.decaysNothing {
            note(
                "weight_decay_pieces has no effect: \(model.rawValue) sees no number in pieces."
            )
        }
    }
}

/// A value as JSON for `--json`.
func json(_ value: some Encodable) throws -> String {
    String(decoding: try encodedJSON(value, indented: true), as: UTF8.self)
}
