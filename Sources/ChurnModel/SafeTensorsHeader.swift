import FoundationEssentials
import Output

/// The JSON header of a safetensors file.
struct SafeTensorsHeader {
    static let metadataKey = "__metadata__"
    /// The limit of the reference implementation.
    static let largest: UInt64 = 100_000_000

    let metadata: [String: String]
    /// In the order of the data.
    let entries: [(name: String, entry: Entry)]

    /// The kinds of numbers that Retain reads; the raw value is the format's.
    enum Element: String, CaseIterable {
        case float = "F32"
        case double = "F64"
        case integer = "I32"

        /// Bytes of one number.
        var size: Int {
            switch self {
            case .float, .integer: 4
            case .double: 8
            }
        }
    }

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
        var members: [(String, JSONValue)] = []
        if !file.metadata.isEmpty {
            let pairs = file.metadata.sorted { $0.key < $1.key }
            members.append((metadataKey, .object(pairs.map { ($0, .string($1)) })))
        }
        var start = 0
        for tensor in file.tensors {
            let end = start + tensor.byteCount
            let entry: JSONValue = [
                "dtype": .string(tensor.values.element.rawValue),
                "shape": .array(tensor.shape.map { .whole($0) }),
                "data_offsets": [.whole(start), .whole(end)],
            ]
            members.append((tensor.name, entry))
            start = end
        }
        return JSONValue.object(members).text(.ascii)
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
        guard Self.fieldCount(bytes) == fields.count else {
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

extension SafeTensorsHeader {
    /// How many fields the outermost object of valid JSON has, fields of the same name included.
    private static func fieldCount(_ bytes: ArraySlice<UInt8>) -> Int {
        var count = 0
        var depth = 0
        var isInString = false
        var isEscaped = false
        for byte in bytes {
            if isInString {
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: ":") where depth == 1: count += 1
            default: break
            }
        }
        return count
    }
}
