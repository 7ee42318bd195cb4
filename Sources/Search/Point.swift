import Output

/// One value for each dimension of a search space: `{"learning_rate": 0.006, "hidden": "64-64"}`.
///
/// Written by hand as a dictionary literal, or read from JSON, it is untested until
/// ``SearchSpace/checked(_:)`` has put it into the order of a space.
public struct Point: Sendable, Hashable {
    /// The value of one dimension.
    public enum Value: Sendable, Hashable {
        /// A number.
        case real(Double)
        /// A whole number.
        case integer(Int)
        /// A word.
        case choice(String)

        /// The value as JSON; numbers in the shortest form that reads back as the same bits.
        public var json: String { content.text(.ascii) }

        var content: JSONValue {
            switch self {
            case .real(let number): .real(number)
            case .integer(let number): .whole(number)
            case .choice(let word): .string(word)
            }
        }

        /// The value for people.
        public var text: String {
            switch self {
            case .real(let number): "\(number)"
            case .integer(let number): "\(number)"
            case .choice(let word): word
            }
        }
    }

    /// A dimension's name and value.
    public struct Entry: Sendable, Hashable {
        /// The name of the dimension.
        public let name: String
        /// Its value.
        public let value: Value

        /// Creates an entry.
        public init(name: String, value: Value) {
            self.name = name
            self.value = value
        }
    }

    /// The values in the order of the dimensions.
    public let entries: [Entry]

    package init(entries: [Entry]) {
        self.entries = entries
    }

    /// The value of a dimension; nil where the point has none of that name.
    public subscript(name: String) -> Value? {
        entries.first { $0.name == name }?.value
    }

    /// The number of a dimension, whole or not; nil where there is none.
    public func real(_ name: String) -> Double? {
        switch self[name] {
        case .real(let number): number
        case .integer(let number): Double(number)
        case .choice, nil: nil
        }
    }

    /// The whole number of a dimension; nil where there is none.
    public func integer(_ name: String) -> Int? {
        if case .integer(let number) = self[name] { number } else { nil }
    }

    /// The word of a dimension; nil where there is none.
    public func choice(_ name: String) -> String? {
        if case .choice(let word) = self[name] { word } else { nil }
    }

    /// The point as a JSON object on one line, in the order of the dimensions.
    public var json: String { content.text(.ascii) }

    var content: JSONValue { .object(entries.map { ($0.name, $0.value.content) }) }
}

extension Point: ExpressibleByDictionaryLiteral {
    /// Creates a point from names and values; of a name given twice the first counts.
    public init(dictionaryLiteral elements: (String, Value)...) {
        entries = elements.map { Entry(name: $0, value: $1) }
    }
}

extension Point.Value: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral,
    ExpressibleByStringLiteral
{
    /// Creates a number.
    public init(floatLiteral value: Double) { self = .real(value) }

    /// Creates a whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }

    /// Creates a word.
    public init(stringLiteral value: String) { self = .choice(value) }
}

extension Point: Codable {
    private struct Name: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }

        init?(intValue: Int) { nil }
    }

    /// Reads a JSON object.
    ///
    /// Decoders have no order, so the values stand in the order of their names until
    /// ``SearchSpace/checked(_:)`` puts them into that of a space.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        let names = container.allKeys.map(\.stringValue).sorted {
            $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
        entries = try names.map {
            Entry(
                name: $0,
                value: try container.decode(Value.self, forKey: Name(stringValue: $0))
            )
        }
    }

    /// Writes an object; in which order is the encoder's choice, in ``json`` it is the space's.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Name.self)
        for entry in entries {
            try container.encode(entry.value, forKey: Name(stringValue: entry.name))
        }
    }
}

extension Point.Value: Codable {
    /// Reads a number or a text; a number without a fraction becomes a whole one.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {
            self = .real(number)
        } else {
            self = .choice(try container.decode(String.self))
        }
    }

    /// Writes a number or a text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .real(let number): try container.encode(number)
        case .integer(let number): try container.encode(number)
        case .choice(let word): try container.encode(word)
        }
    }
}
