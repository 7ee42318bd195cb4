import Output
public import Schema
import Tabular
package import Wire

/// A model as the log names it, and what it may keep of a customer.
public struct RecordedModel: Equatable, Sendable {
    /// Name of the registered model, or of the folder.
    public let name: String
    /// Version in the registry, or the beginning of the digest.
    public let version: String
    /// Names the model's content.
    public let digest: String
    /// Whether a customer's identifier may be kept.
    let keepsIdentifier: Bool
    private let features: [Feature]

    /// What one column of a customer's row may become, each with the column's name: `,"Land":"Spain"`.
    private struct Feature: Equatable {
        /// False where the column is personal.
        let isKept: Bool
        /// Of a date, which is kept as an age, and of what is derived from one; nil for others.
        let date: ColumnType?
        /// The name alone, before a number.
        let name: [UInt8]
        /// By code; empty for a number.
        let levels: [[UInt8]]
        /// A level that is not listed.
        let unlisted: [UInt8]
        let null: [UInt8]
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
        var opening = "{"
        features = schema.features.map { feature in
            let name = Array(opening.utf8) + Self.json(feature.name) + ":".utf8
            if !feature.personal { opening = "," }
            return Feature(
                isKept: !feature.personal,
                date: [.date, .cycle].contains(feature.type.kind) ? feature.type : nil,
                name: name,
                levels: feature.type.listed.map { name + Self.json($0) },
                unlisted: name + Self.json(schema.unlistedText(of: feature)),
                null: name + "null".utf8
            )
        }
    }

    private static func json(_ text: String) -> [UInt8] {
        var json: [UInt8] = []
        json.appendJSON(text)
        return json
    }

    /// Number of values in a row.
    var width: Int { features.count }

    /// Writes a customer's row as a JSON object of the schema's columns.
    ///
    /// A level that is not listed becomes a text that says so: which level it was is not known here.
    func write(_ values: ArraySlice<Double>, to json: inout [UInt8]) {
        let start = json.count
        // By their places: a feature copied out of the array would count references to all that it has.
        for (place, value) in values.enumerated() where features[place].isKept {
            if features[place].levels.isEmpty {
                guard value.isFinite else {
                    json += features[place].null
                    continue
                }
                json += features[place].name
                if let date = features[place].date {
                    json.appendJSON(date.text(of: value))
                } else {
                    json.appendJSON(value)
                }
            } else if value >= 0 {
                json += features[place].levels[Int(value)]
            } else {
                let isNull = value == Double(LevelCode.null)
                json += isNull ? features[place].null : features[place].unlisted
            }
        }
        if json.count == start { json.append(UInt8(ascii: "{")) }
        json.append(UInt8(ascii: "}"))
    }
}

extension RecordedModel {
    /// The fields of a customer's row as it was written, as a CSV file would have them: empty for null.
    ///
    /// - Throws: `JSONError` where it is no object of fields.
    package static func texts(_ json: [UInt8]) throws(JSONError) -> [(name: String, text: String)] {
        var texts: [(name: String, text: String)] = []
        var reader = try JSONReader(json)
        try reader.object { (name, reader) throws(JSONError) in
            var text = ""
            switch try reader.kind() {
            case .string: text = try reader.text().string
            case .number: text = String(decoding: try reader.number().text, as: UTF8.self)
            default: try reader.skip()
            }
            texts.append((name.string, text))
        }
        try reader.end()
        return texts
    }
}
