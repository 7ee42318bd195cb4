/// How a column's fields read.
public enum ColumnType: Equatable, Sendable {
    /// A number, within bounds where given.
    case number(minimum: Double?, maximum: Double?)
    /// Two levels that mean no and yes, read as 0 and 1.
    case boolean(no: String, yes: String)
    /// One of a list. The first is the base that one-hot encoding drops; `init` sorts by code point.
    case levels([String])
    /// Any text; never a feature.
    case text
}

extension ColumnType {
    /// The word for the type in `retain.yaml` and `schema.json`.
    public enum Kind: String, Codable, CaseIterable, Sendable {
        case number, boolean, levels, text
    }

    /// The levels that fields are coded by; empty for numbers and texts.
    package var listed: [String] {
        switch self {
        case .levels(let levels): levels
        case .boolean(let no, let yes): [no, yes]
        case .number, .text: []
        }
    }

    /// Which of the four types this is.
    public var kind: Kind {
        switch self {
        case .number: .number
        case .boolean: .boolean
        case .levels: .levels
        case .text: .text
        }
    }
}

/// Written by hand because the synthesised form (`{"levels": {"_0": […]}}`) is no file format.
extension ColumnType: Codable {
    private enum Key: String, CodingKey {
        case kind, minimum, maximum, no, yes, levels
    }

    /// Reads `{"kind": "number", "minimum": 0}` and the like.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        switch try fields.decode(Kind.self, forKey: .kind) {
        case .number:
            self = .number(
                minimum: try fields.decodeIfPresent(Double.self, forKey: .minimum),
                maximum: try fields.decodeIfPresent(Double.self, forKey: .maximum)
            )
        case .boolean:
            self = .boolean(
                no: try fields.decode(String.self, forKey: .no),
                yes: try fields.decode(String.self, forKey: .yes)
            )
        case .levels: self = .levels(try fields.decode([String].self, forKey: .levels))
        case .text: self = .text
        }
    }

    /// Writes the form that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(kind, forKey: .kind)
        switch self {
        case .number(let minimum, let maximum):
            try fields.encodeIfPresent(minimum, forKey: .minimum)
            try fields.encodeIfPresent(maximum, forKey: .maximum)
        case .boolean(let no, let yes):
            try fields.encode(no, forKey: .no)
            try fields.encode(yes, forKey: .yes)
        case .levels(let levels): try fields.encode(levels, forKey: .levels)
        case .text: break
        }
    }
}
