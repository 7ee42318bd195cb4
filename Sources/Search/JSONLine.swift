import Files

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
        fields += jsonString(name) + ":" + json
    }

    static func list(_ items: [String]) -> String { "[" + items.joined(separator: ",") + "]" }
}
