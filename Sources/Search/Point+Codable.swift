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
