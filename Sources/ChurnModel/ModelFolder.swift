public import Drift
import Files
import FoundationEssentials

/// A model on disk: an MLflow model folder that holds data only, nothing that can execute.
public enum ModelFolder {
    static let schemaPath = "retain/schema.json"
    static let featuresPath = "retain/features.json"
    static let calibrationPath = "retain/calibration.json"
    static let referencePath = "retain/reference.json"
    static let metricsPath = "retain/metrics.json"
    static let cardPath = "retain/card.md"

    /// The files of a model's folder, the manifest last.
    ///
    /// The same arguments give the same bytes.
    ///
    /// - Parameters:
    ///   - model: What to save.
    ///   - metrics: How good it is; written as JSON with sorted keys.
    ///   - card: The model card, Markdown.
    ///   - reference: The training distribution.
    /// - Returns: Paths inside the folder, and bytes.
    /// - Throws: `EncodingError` where a number is not finite.
    public static func files(
        _ model: ChurnModel,
        metrics: some Encodable,
        card: String,
        reference: DriftReference
    ) throws -> [ModelFile] {
        let decision = DecisionFile(
            calibration: model.calibration,
            conformal: model.conformal,
            threshold: model.threshold,
            costs: model.costs
        )
        let content = [
            ModelFile(path: schemaPath, bytes: try JSONText.file(model.schema)),
            ModelFile(path: featuresPath, bytes: try JSONText.file(model.parts.map(\.features))),
            ModelFile(
                path: NetworkFile.path,
                bytes: try NetworkFile.encode(model.parts.map(\.network))
            ),
            ModelFile(path: calibrationPath, bytes: try JSONText.file(decision)),
            ModelFile(path: referencePath, bytes: try JSONText.line(reference)),
            ModelFile(path: metricsPath, bytes: try JSONText.file(metrics)),
            ModelFile(path: cardPath, text: card),
            ModelFile(path: MLflowFiles.onnxPath, bytes: try model.onnx(reference)),
        ]
        let files =
            MLflowFiles.files(
                model.inputs(reference),
                reference: reference,
                digest: Manifest(of: content).digest
            )
            + content
        return files + [
            ModelFile(path: Manifest.path, bytes: try JSONText.file(Manifest(of: files)))
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
        to folder: String
    ) throws {
        let files = try files(model, metrics: metrics, card: card, reference: reference)
        try AtomicFolder.write(
            files.map { ($0.path, $0.bytes) },
            to: folder,
            marker: Manifest.path
        )
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
