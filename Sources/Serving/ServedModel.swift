public import ChurnModel
import Drift
public import Features
import Foundation
import PredictionLog
import Wire

/// A model that answers requests, and the name under which it does.
///
/// Never changed; a class, since every request holds it, and copying a value of so many parts counts a reference to each.
public final class ServedModel: Sendable {
    /// Name of the registered model, or of the folder.
    public let name: String
    /// Version in the registry, or the first twelve digits of the folder's digest.
    public let version: String
    /// Names the model's content; see `SavedModel`.
    public let digest: String
    let model: ChurnModel
    let predictor: RowPredictor
    /// What later traffic is compared with.
    let reference: DriftReference
    let decoder: CustomerDecoder
    let outcomes: OutcomeDecoder
    /// As the prediction log names it.
    let logged: LoggedModel
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
        reference = saved.reference
        decoder = CustomerDecoder(saved.model.schema)
        outcomes = OutcomeDecoder(saved.model.schema)
        logged = LoggedModel(
            name: name,
            version: self.version,
            digest: saved.digest,
            schema: saved.model.schema
        )
        var signature = Array("\"model\":".utf8)
        signature.appendJSON(name)
        signature += ",\"model_version\":".utf8
        signature.appendJSON(self.version)
        self.signature = signature
    }

    /// The label in the characters that a header may have.
    var headerLabel: String {
        label.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? version
    }

    /// `churn/3`, as logs and headers have it.
    var label: String { "\(name)/\(version)" }
}
