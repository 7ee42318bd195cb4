import Files
import FoundationEssentials

/// The JSON header of a safetensors file.
struct SafeTensorsHeader {
    static let metadataKey = "__metadata__"
    /// The limit of the reference implementation.
    static let largest: UInt64 = 100_000_000

    let metadata: [String: String]
    /// In the order of the data.
    let entries: [(name: String, entry: Entry)]

    struct Entry: Decodable {
        let dtype: String
        let shape: [Int]
        let offsets: [Int]

        private enum CodingKeys: String, CodingKey {
            case dtype, shape
            case offsets = "data_offsets"
        }
    }

    static func text(_ file: SafeTensors) -> String {
        var parts: [String] = []
        if !file.metadata.isEmpty {
            let pairs = file.metadata.sorted { $0.key < $1.key }
                .map { "\(jsonString($0.key)):\(jsonString($0.value))" }
            parts.append("\"\(metadataKey)\":{\(pairs.joined(separator: ","))}")
        }
        var start = 0
        for tensor in file.tensors {
            let end = start + 4 * tensor.values.count
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            parts.append(
                "\(jsonString(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(start),\(end)]}"
            )
            start = end
        }
        return "{\(parts.joined(separator: ","))}"
    }

    init(_ bytes: ArraySlice<UInt8>) throws(SafeTensorsError) {
        guard bytes.first == UInt8(ascii: "{") else {
            throw SafeTensorsError("the header does not begin with {")
        }
        let fields: Fields
        do {
            fields = try JSONDecoder().decode(Fields.self, from: Data(bytes))
        } catch {
            throw SafeTensorsError("the header is not the JSON of a safetensors file")
        }
        // JSONDecoder keeps one of two fields of the same name without a word.
        guard JSONText.outermostFieldCount(bytes) == fields.count else {
            throw SafeTensorsError("the header names a tensor twice")
        }
        metadata = fields.metadata
        entries = fields.entries.sorted {
            ($0.entry.offsets.first ?? 0, $0.entry.offsets.last ?? 0, $0.name)
                < ($1.entry.offsets.first ?? 0, $1.entry.offsets.last ?? 0, $1.name)
        }
    }
}

/// A JSON object whose keys are the names of tensors, and `__metadata__`.
private struct Fields: Decodable {
    var metadata: [String: String] = [:]
    var entries: [(name: String, entry: SafeTensorsHeader.Entry)] = []
    let count: Int

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        count = container.allKeys.count
        for key in container.allKeys {
            if key.stringValue == SafeTensorsHeader.metadataKey {
                metadata = try container.decode([String: String].self, forKey: key)
            } else {
                let entry = try container.decode(SafeTensorsHeader.Entry.self, forKey: key)
                entries.append((key.stringValue, entry))
            }
        }
    }

    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
