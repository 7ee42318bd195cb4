import ChurnModel
import Features
import Files
import Foundation
import Schema
import Tabular
import TestSupport
import Testing

@Suite struct ModelFolderTests {
    private let small: SmallModel

    init() throws { small = try SmallModel() }

    private func inFolder(_ body: (String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try withExtendedLifetime(folder) { try body($0.path + "/model") }
    }

    private func save(to folder: String) throws {
        try ModelFolder.save(
            small.model,
            metrics: small.metrics,
            card: "# Card\n",
            reference: small.reference,
            to: folder
        )
    }

    private func message(of folder: String) -> String {
        let error = #expect(throws: ModelFolderError.self) { try ModelFolder.load(from: folder) }
        return error?.description ?? ""
    }

    @Test func `holds the files of the design, the manifest last`() throws {
        #expect(
            try small.files().map(\.path) == [
                "MLmodel", "requirements.txt", "python_env.yaml", "conda.yaml",
                "input_example.json", "serving_input_example.json", "retain/schema.json",
                "retain/features.json", "retain/network.safetensors", "retain/calibration.json",
                "retain/reference.json", "retain/metrics.json", "retain/card.md", "model.onnx",
                "retain/manifest.json",
            ]
        )
    }

    @Test func `the same model gives the same bytes`() throws {
        #expect(try small.files() == SmallModel().files())
    }

    @Test func `what is saved is loaded, to the last bit of a prediction`() throws {
        try inFolder { folder in
            try save(to: folder)
            // Once more, over the first.
            try save(to: folder)
            let saved = try ModelFolder.load(from: folder)
            #expect(saved.model == small.model)
            #expect(saved.reference == small.reference)
            #expect(saved.card == "# Card\n")
            #expect(
                try JSONDecoder().decode([String: Double].self, from: Data(saved.metrics))
                    == small.metrics
            )
            #expect(saved.digest.count == 64)
            #expect(try saved.model.predict(small.table) == small.model.predict(small.table))
        }
    }

    @Test func `a row alone has the probability that it has among others`() throws {
        let all = try small.model.predict(small.table)
        #expect(all.count == 101 && all.allSatisfy { $0 > 0 && $0 < 1 })
        for row in [0, 7, 50, 100] {
            let alone = Table(
                small.table.names.map { name in
                    switch small.table[name] {
                    case .number(let values): (name, .number([values[row]]))
                    case .level(let codes, let levels):
                        (name, .level(codes: [codes[row]], levels: levels))
                    default: (name, .text([""]))
                    }
                },
                rowCount: 1
            )
            #expect(try small.model.predict(alone).map(\.bitPattern) == [all[row].bitPattern])
        }
        let none = Table(
            [
                ("Country", .level(codes: [], levels: [])), ("Age", .number([])),
                ("Active", .number([])), ("Card", .number([])),
            ],
            rowCount: 0
        )
        #expect(try small.model.predict(none).isEmpty)
    }

    @Test func `a changed byte in any file is refused, and the message names the file`() throws {
        let files = try small.files()
        for (place, file) in files.enumerated() {
            for offset in [0, file.bytes.count / 2, file.bytes.count - 1] {
                var bytes = file.bytes
                bytes[offset] ^= 1
                var changed = files
                changed[place] = ModelFile(path: file.path, bytes: bytes)
                let error = #expect(throws: ModelFolderError.self) {
                    try SavedModel(files: changed)
                }
                let isManifest = file.path == Manifest.path
                #expect(isManifest || error?.file == file.path)
            }
        }
    }

    @Test func `every byte of the manifest counts`() throws {
        let files = try small.files()
        let manifest = try #require(files.last)
        for offset in manifest.bytes.indices {
            var bytes = manifest.bytes
            bytes[offset] ^= 2
            #expect(throws: ModelFolderError.self) {
                try SavedModel(
                    files: files.dropLast() + [ModelFile(path: manifest.path, bytes: bytes)]
                )
            }
        }
    }

    @Test func `a missing file is named`() throws {
        let files = try small.files()
        for file in files {
            let error = #expect(throws: ModelFolderError.self) {
                try SavedModel(files: files.filter { $0.path != file.path })
            }
            #expect(error?.file == file.path)
            #expect(error?.problem.hasPrefix("is missing") == true)
        }
    }

    @Test func `the message says what, where and how to fix it`() throws {
        try inFolder { folder in
            #expect(
                message(of: folder)
                    == "model folder \(folder): there is no such folder; check the path"
            )
            try save(to: folder)
            let extra = folder + "/retain/run.py"
            try Data("import os".utf8).write(to: URL(filePath: extra))
            #expect(
                message(of: folder)
                    == "model folder \(folder), retain/run.py: does not belong to the model:"
                    + " manifest.json does not list it; remove it"
            )
            try FileManager.default.removeItem(atPath: extra)

            let features = folder + "/retain/features.json"
            try Data("{}".utf8).write(to: URL(filePath: features))
            #expect(
                message(of: folder)
                    == "model folder \(folder), retain/features.json: was changed since the model was"
                    + " saved; copy the folder again, or train anew"
            )
            try FileManager.default.removeItem(atPath: features)
            #expect(
                message(of: folder)
                    == "model folder \(folder), retain/features.json: is missing;"
                    + " copy the folder again, or train anew"
            )

            let manifest = folder + "/retain/manifest.json"
            let text = try String(contentsOfFile: manifest, encoding: .utf8)
            #expect(text.contains(#""format_version" : 5"#))
            let future = text.replacing(#""format_version" : 5"#, with: #""format_version" : 99"#)
            try Data(future.utf8).write(to: URL(filePath: manifest))
            #expect(
                message(of: folder)
                    == "model folder \(folder), retain/manifest.json: format version 99 is unknown,"
                    + " this Retain reads version 5; use the Retain that wrote it, or train anew"
            )
            try FileManager.default.removeItem(atPath: manifest)
            #expect(
                message(of: folder)
                    == "model folder \(folder), retain/manifest.json: is missing, so this is no model"
                    + " folder of Retain, or it was not copied whole"
            )
        }
    }

    @Test func `the file that MLflow adds to a download is let be`() throws {
        let added = ModelFile(path: "registered_model_meta", text: "model_name: bank\n")
        #expect(throws: Never.self) { try SavedModel(files: small.files() + [added]) }
    }

    @Test func `someone else's folder is not replaced`() throws {
        try inFolder { folder in
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
            try Data("diary".utf8).write(to: URL(filePath: folder + "/diary.txt"))
            #expect(throws: FileError.self) { try save(to: folder) }
            #expect(FileManager.default.fileExists(atPath: folder + "/diary.txt"))
        }
    }

    /// Files whose digests are right, but whose contents do not fit together.
    @Test(arguments: [
        (
            "retain/calibration.json", #""temperature","#, #""magic","#,
            #"can't be read: calibration method "magic" is unknown; known: "#
                + "none, temperature, platt, isotonic"
        ),
        (
            "retain/calibration.json", #""threshold" : 0.25"#, #""threshold" : 1.5"#,
            "threshold 1.5 is not in 0...1"
        ),
        ("retain/schema.json", #""target""#, #""goal""#, #"can't be read: "target" is missing"#),
        (
            "retain/network.safetensors", "[5,3]", "[3,5]",
            "tensor network_0.dense_0.weight of shape [6, 3] is missing"
        ),
        (
            "retain/network.safetensors", "network_0.dense_2.bias", "network_0.dense_9.bias",
            "tensor network_0.dense_2.bias of shape [1] is missing"
        ),
    ])
    func `parts that do not fit are refused`(
        path: String,
        part: String,
        wrong: String,
        problem: String
    ) throws {
        var files = try small.files().dropLast()
        let place = try #require(files.firstIndex { $0.path == path })
        // Latin-1 keeps binary bytes as they are; inside JSON text in JSON, quotes are escaped.
        let text = try #require(String(bytes: files[place].bytes, encoding: .isoLatin1))
        #expect(text.contains(part))
        let bytes = [UInt8](
            try #require(text.replacing(part, with: wrong).data(using: .isoLatin1))
        )
        files[place] = ModelFile(path: path, bytes: bytes)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        let manifest = try encoder.encode(Manifest(of: Array(files))) + Data("\n".utf8)
        files.append(ModelFile(path: Manifest.path, bytes: [UInt8](manifest)))
        let error = #expect(throws: ModelFolderError.self) { try SavedModel(files: Array(files)) }
        #expect(error?.file == path)
        #expect(error?.problem == problem)
    }
}
