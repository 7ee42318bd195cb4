public import Drift
import Evaluation
import Features
import FoundationEssentials
import NeuralNetwork
import Schema

/// A model and what was saved with it, checked.
public struct SavedModel: Equatable, Sendable {
    /// The model.
    public let model: ChurnModel
    /// The training distribution.
    public let reference: DriftReference
    /// Against whom reasons are told; nil in a folder of a Retain that told none.
    public let references: ReferenceCustomers?
    /// How good the model was, JSON.
    public let metrics: [UInt8]
    /// The model card, Markdown.
    public let card: String
    /// Names this content and no other: 64 hexadecimal digits.
    public let digest: String

    /// Reads a folder's files.
    ///
    /// - Throws: `ModelFolderError` where the format version is unknown, a file is changed, missing
    ///   or not the model's, or the parts do not fit together.
    public init(files: [ModelFile]) throws(ModelFolderError) {
        digest = try Manifest.verify(files).digest
        func bytes(_ path: String) throws(ModelFolderError) -> [UInt8] {
            guard let file = files.first(where: { $0.path == path }) else {
                throw ModelFolderError(path, "is missing; copy the folder again, or train anew")
            }
            return file.bytes
        }
        func json<Value: Decodable>(
            _ type: Value.Type,
            _ path: String
        ) throws(ModelFolderError) -> Value {
            let data = Data(try bytes(path))
            do {
                return try JSONDecoder().decode(type, from: data)
            } catch {
                throw ModelFolderError(path, "can't be read: \(error.reason)")
            }
        }
        let decision = try json(DecisionFile.self, ModelFolder.calibrationPath)
        let features = try json([FittedFeatures].self, ModelFolder.featuresPath)
        let networks = try NetworkFile.decode(bytes(NetworkFile.path))
        guard
            networks.map(\.architecture.inputs) == features.map(\.encodedColumns.count)
        else {
            throw ModelFolderError(
                NetworkFile.path,
                "has networks of \(networks.map(\.architecture.inputs)) inputs, but features.json"
                    + " encodes \(features.map(\.encodedColumns.count)) columns"
            )
        }
        let trees =
            try files.contains { $0.path == TreeFile.path }
            ? TreeFile.decode(bytes(TreeFile.path)) : nil
        guard decision.threshold >= 0, decision.threshold <= 1 else {
            throw ModelFolderError(
                ModelFolder.calibrationPath,
                "threshold \(decision.threshold) is not in 0...1"
            )
        }
        let schema = try json(Schema.self, ModelFolder.schemaPath)
        for lever in decision.levers ?? [] {
            guard let fault = lever.problem(in: schema) else { continue }
            throw ModelFolderError(
                ModelFolder.calibrationPath,
                "levers.\(lever.column): \(fault.message)"
            )
        }
        model = ChurnModel(
            schema: schema,
            parts: zip(features, networks).map { ModelPart(features: $0, network: $1) },
            trees: trees,
            calibration: decision.calibration,
            conformal: decision.conformal,
            threshold: decision.threshold,
            costs: decision.costs,
            reasons: decision.reasons ?? ReasonRules(),
            levers: decision.levers ?? []
        )
        reference = try json(DriftReference.self, ModelFolder.referencePath)
        references =
            try files.contains { $0.path == ModelFolder.referencesPath }
            ? json(ReferenceCustomers.self, ModelFolder.referencesPath) : nil
        if let problem = references?.inconsistency(model.schema.features) {
            throw ModelFolderError(ModelFolder.referencesPath, problem + "; train anew")
        }
        metrics = try bytes(ModelFolder.metricsPath)
        card = String(decoding: try bytes(ModelFolder.cardPath), as: UTF8.self)
    }
}

extension Error {
    /// What a decoder says is wrong, in one line.
    fileprivate var reason: String {
        switch self as? DecodingError {
        case .dataCorrupted(let context): context.debugDescription
        case .keyNotFound(let key, _): "\"\(key.stringValue)\" is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            context.codingPath.map(\.stringValue).joined(separator: ".") + ": "
                + context.debugDescription
        default: "\(self)"
        }
    }
}
