import Output
import Record

/// A customer's columns as a file would have them, from how the record keeps them.
struct RecordTexts: Equatable, Sendable {
    private var fields: [String: String]

    /// Reads the record's object.
    ///
    /// - Throws: `JSONError` where it is none.
    init(_ json: [UInt8]) throws {
        fields = Dictionary(
            try RecordedModel.texts(json).map { ($0.name, $0.text) },
            uniquingKeysWith: { $1 }
        )
    }

    /// The text of a column; empty for none.
    subscript(column: String) -> String {
        get { fields[column] ?? "" }
        set { fields[column] = newValue }
    }

    /// An object as requests have it; an empty field is null.
    var json: [UInt8] {
        let members = fields.sorted { $0.key < $1.key }.map { name, text in
            (name, text.isEmpty ? JSONValue.literal("null") : .string(text))
        }
        return JSONValue.object(members).bytes()
    }
}
