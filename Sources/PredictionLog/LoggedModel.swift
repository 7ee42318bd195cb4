public import Schema
import Wire

/// A model as the log names it, and what it may keep of a customer.
public struct LoggedModel: Equatable, Sendable {
    /// Name of the registered model, or of the folder.
    public let name: String
    /// Version in the registry, or the beginning of the digest.
    public let version: String
    /// Names the model's content.
    public let digest: String
    /// Whether a customer's identifier may be kept.
    let keepsIdentifier: Bool
    private let features: [Feature]

    /// One column of a customer's row.
    private struct Feature: Equatable {
        /// The name in JSON and the colon; nil where the column is personal.
        let key: [UInt8]?
        /// The levels in JSON, by code; empty for a number.
        let levels: [[UInt8]]
    }

    /// Prepares what is written for each customer.
    ///
    /// - Parameters:
    ///   - name: Name of the registered model, or of the folder.
    ///   - version: Version in the registry, or the beginning of the digest.
    ///   - digest: Names the model's content.
    ///   - schema: Tells what a row holds, and which columns are personal.
    public init(name: String, version: String, digest: String, schema: Schema) {
        self.name = name
        self.version = version
        self.digest = digest
        keepsIdentifier = !schema.columns.contains { $0.name == schema.identifier && $0.personal }
        features = schema.features.map { feature in
            var key: [UInt8] = []
            key.appendJSON(feature.name)
            key.append(UInt8(ascii: ":"))
            let levels = feature.type.listed.map { level in
                var text: [UInt8] = []
                text.appendJSON(level)
                return text
            }
            return Feature(key: feature.personal ? nil : key, levels: levels)
        }
    }

    /// Number of values in a row.
    var width: Int { features.count }

    /// Writes a customer's row as a JSON object of the schema's columns.
    ///
    /// Null and a level that is not listed both become null: which level it was is not known here.
    func write(_ values: ArraySlice<Double>, to json: inout [UInt8]) {
        json.append(UInt8(ascii: "{"))
        var isFirst = true
        for (feature, value) in zip(features, values) {
            guard let key = feature.key else { continue }
            if !isFirst { json.append(UInt8(ascii: ",")) }
            isFirst = false
            json += key
            if feature.levels.isEmpty {
                json += value.isFinite ? Array(numberText(value).utf8) : Array("null".utf8)
            } else if value >= 0 {
                json += feature.levels[Int(value)]
            } else {
                json += "null".utf8
            }
        }
        json.append(UInt8(ascii: "}"))
    }
}
