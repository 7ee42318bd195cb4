public import ChurnModel
public import Features
import Wire

/// A model that answers requests, and the name under which it does.
public struct ServedModel: Sendable {
    /// Name of the registered model, or of the folder.
    public let name: String
    /// Version in the registry, or the first twelve digits of the folder's digest.
    public let version: String
    /// Names the model's content; see `SavedModel`.
    public let digest: String
    let model: ChurnModel
    let predictor: RowPredictor
    let decoder: CustomerDecoder
    /// The end of each answer: `"model":"churn","model_version":"3"`.
    let signature: [UInt8]

    /// Prepares a model for requests.
    ///
    /// - Parameters:
    ///   - saved: The model.
    ///   - name: As answers and metrics tell it.
    ///   - version: Nil for a folder's.
    /// - Throws: `FeatureError` where the model's parts do not fit its schema.
    public init(_ saved: SavedModel, name: String, version: String? = nil) throws(FeatureError) {
        self.name = name
        self.version = version ?? String(saved.digest.prefix(12))
        digest = saved.digest
        model = saved.model
        predictor = try RowPredictor(saved.model)
        decoder = CustomerDecoder(saved.model.schema)
        var signature = Array("\"model\":".utf8)
        signature.appendJSON(name)
        signature += ",\"model_version\":".utf8
        signature.appendJSON(self.version)
        self.signature = signature
    }
}
