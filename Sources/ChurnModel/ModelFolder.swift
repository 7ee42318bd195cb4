public import Drift
public import Files
import FoundationEssentials
public import Output

/// A model on disk: an MLflow model folder that holds data only, nothing that can execute.
///
/// ```swift
/// let saved = try ModelFolder.load(from: "model")  // refuses a folder of which a byte was changed
/// print(saved.digest, saved.model.schema.features.map(\.name))
/// try ModelFolder.save(
///     saved.model,
///     metrics: ["auc": 0.87],
///     card: "# Who leaves next",
///     reference: saved.reference,
///     to: "copy"
/// )
/// ```
public enum ModelFolder {
    static let schemaPath = "retain/schema.json"
    static let featuresPath = "retain/features.json"
    static let calibrationPath = "retain/calibration.json"
    static let referencePath = "retain/reference.json"
    static let metricsPath = "retain/metrics.json"
    static let cardPath = "retain/card.md"
    static let referencesPath = "retain/explain.json"

    /// The files of a model's folder, the manifest last.
    ///
    /// The same arguments give the same bytes.
    ///
    /// - Parameters:
    ///   - model: What to save.
    ///   - metrics: How good it is; written as JSON with sorted keys.
    ///   - card: The model card, Markdown.
    ///   - reference: The training distribution.
    ///   - references: Against whom reasons are told; nil for a model that tells none.
    /// - Returns: Paths inside the folder, and bytes.
    /// - Throws: `EncodingError` where a number is not finite.
    public static func files(
        _ model: ChurnModel,
        metrics: some Encodable,
        card: String,
        reference: DriftReference,
        references: ReferenceCustomers? = nil
    ) throws -> [ModelFile] {
        var content = [
            try ModelFile(path: schemaPath, json: model.schema),
            try ModelFile(path: featuresPath, json: model.parts.map(\.features)),
            ModelFile(
                path: NetworkFile.path,
                bytes: try NetworkFile.encode(model.parts.map(\.network))
            ),
            try ModelFile(path: calibrationPath, json: DecisionFile(model)),
            try ModelFile(path: referencePath, json: reference, indented: false),
            try ModelFile(path: metricsPath, json: metrics),
            ModelFile(path: cardPath, text: card),
            ModelFile(path: MLflowFiles.onnxPath, bytes: try model.onnx(reference)),
        ]
        if let trees = model.trees {
            content.append(ModelFile(path: TreeFile.path, bytes: try TreeFile.encode(trees)))
        }
        if let references {
            content.append(try ModelFile(path: referencesPath, json: references, indented: false))
        }
        let files =
            MLflowFiles.files(
                model.inputs(reference),
                reference: reference,
                digest: Manifest(of: content).digest
            )
            + content
        return files + [
            try ModelFile(path: Manifest.path, json: Manifest(of: files))
        ]
    }

    /// Writes a model's folder whole or not at all, replacing an earlier model.
    ///
    /// - Throws: `FileError` where the folder can't be written, and what `files` throws.
    public static func save(
        _ model: ChurnModel,
        metrics: some Encodable,
        card: String,
        reference: DriftReference,
        references: ReferenceCustomers? = nil,
        to folder: String
    ) throws {
        let files = try files(
            model,
            metrics: metrics,
            card: card,
            reference: reference,
            references: references
        )
        try save(files, to: folder)
    }

    /// Writes a model's files as they are, whole or not at all, replacing an earlier model.
    ///
    /// - Throws: `FileError` where the folder can't be written.
    public static func save(_ files: [ModelFile], to folder: String) throws {
        try AtomicFolder.write(
            files.map { ($0.path, $0.bytes) },
            to: folder,
            marker: Manifest.path
        )
    }

    /// Makes sure, before a model is trained, that its folder can be written.
    ///
    /// - Throws: `FileError` where it can't.
    public static func check(_ folder: String) throws(FileError) {
        try AtomicFolder.check(folder, marker: Manifest.path)
    }

    /// Reads a model's folder and checks it.
    ///
    /// - Throws: `ModelFolderError` where it is no model folder, of an unknown format version, or
    ///   changed in any byte; `FileError` where a file can't be read.
    public static func load(from folder: String) throws -> SavedModel {
        do {
            return try SavedModel(files: contents(of: folder))
        } catch var error as ModelFolderError {
            error.folder = folder
            throw error
        }
    }

    /// Every file of a folder, whatever it is, sorted by path.
    private static func contents(of folder: String) throws -> [ModelFile] {
        var isFolder = false
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder
        else {
            throw ModelFolderError(
                nil,
                (isFolder ? "can't be read" : "there is no such folder; check the path")
            )
        }
        // The manifest alone tells whether this is a model folder, before an unrelated one is read.
        guard FileManager.default.fileExists(atPath: folder + "/" + Manifest.path) else {
            throw ModelFolderError(
                Manifest.path,
                "is missing, so this is no model folder of Retain, or it was not copied whole"
            )
        }
        var files: [ModelFile] = []
        for path in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
            let place = folder + "/" + path
            guard FileManager.default.fileExists(atPath: place, isDirectory: &isFolder), !isFolder
            else { continue }
            files.append(ModelFile(path: path, bytes: try BlockReader.contents(of: place)))
        }
        return files
    }
}

/// A file of a model folder.
public struct ModelFile: Equatable, Sendable {
    /// Path inside the folder, for example `retain/features.json`.
    public let path: String
    /// What is in it.
    public let bytes: [UInt8]

    /// Creates a file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Creates a file of JSON, with a line's end behind.
    ///
    /// - Parameters:
    ///   - path: Path inside the folder.
    ///   - value: What is in it.
    ///   - indented: False for values with thousands of numbers, which stand in one line.
    /// - Throws: `EncodingError` where a number is not finite.
    init(path: String, json value: some Encodable, indented: Bool = true) throws {
        let newline = [UInt8(ascii: "\n")]
        self.init(path: path, bytes: try encodedJSON(value, indented: indented) + newline)
    }

    /// Creates a text file.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}

/// Why a model folder can't be read.
public struct ModelFolderError: RetainError, Equatable {
    /// The folder as it was given; nil where the files came from elsewhere.
    public var folder: String?
    /// The file in it, for example `retain/features.json`; nil where none is to blame.
    public let file: String?
    /// What is wrong and how to fix it.
    public let problem: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line for a person.
    public var description: String {
        "model folder" + (folder.map { " \($0)" } ?? "") + (file.map { ", \($0)" } ?? "")
            + ": \(problem)"
    }

    init(_ file: String?, _ problem: String) {
        self.file = file
        self.problem = problem
    }
}
