public import ChurnModel
import Drift
public import Explanation
public import Features
import Foundation
import Output
public import Record
import Schema
public import Wire

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
    /// The model and what was saved with it.
    public let saved: SavedModel
    let model: ChurnModel
    package let predictor: RowPredictor
    /// Tells why; nil where the model has no reference customers.
    public let explainer: CustomerExplainer?
    /// What later traffic is compared with.
    let reference: DriftReference
    /// Reads customers as requests and the record have them.
    public let decoder: CustomerDecoder
    let outcomes: OutcomeDecoder
    /// As the prediction log names it.
    public let logged: RecordedModel
    /// Whether the record may hold who a customer is.
    let keepsIdentifiers: Bool
    /// How answers name it: `{"model":"churn","model_version":"3"}`.
    let identity: JSONValue
    /// The same without braces: the end of each prediction.
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
        self.saved = saved
        model = saved.model
        predictor = try RowPredictor(saved.model)
        do { explainer = try CustomerExplainer(saved) } catch let error as FeatureError {
            throw error
        } catch {
            // Without reference customers; levers were held against the schema when the model was read.
            explainer = nil
        }
        reference = saved.reference
        decoder = CustomerDecoder(saved.model.schema)
        outcomes = OutcomeDecoder(saved.model.schema)
        logged = RecordedModel(
            name: name,
            version: self.version,
            digest: saved.digest,
            schema: saved.model.schema
        )
        let columns = saved.model.schema.columns
        keepsIdentifiers = !columns.contains {
            $0.name == saved.model.schema.identifier && $0.personal
        }
        identity = ["model": .string(name), "model_version": .string(self.version)]
        signature = Array(identity.bytes().dropFirst().dropLast())
    }

    /// Within how many days of a prediction leaving counts; nil where outcomes count as soon as they are known.
    public var horizonDays: Int? { model.schema.horizonDays }

    /// The label in the characters that a header may have.
    var headerLabel: String {
        label.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? version
    }

    /// `churn/3`, as logs and headers have it.
    package var label: String { "\(name)/\(version)" }
}
