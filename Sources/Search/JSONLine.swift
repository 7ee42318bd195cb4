/// A JSON object on one line, its fields in the order in which they are added.
///
/// The library's encoder either sorts the fields or takes them in any order.
struct JSONLine {
    private var fields = ""

    /// The object.
    var object: String { "{" + fields + "}" }

    /// Adds a field whose value is JSON already.
    mutating func add(_ name: String, _ json: String) {
        if !fields.isEmpty { fields += "," }
        fields += Self.string(name) + ":" + json
    }

    static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }

    /// A JSON string in ASCII: one line whatever the text.
    static func string(_ text: String) -> String {
        var result = "\""
        for unit in text.utf16 {
            switch unit {
            case 0x22: result += "\\\""
            case 0x5C: result += "\\\\"
            case 0x20 ..< 0x7F: result.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            default:
                let digits = String(unit, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return result + "\""
    }
}
