import FoundationEssentials

extension JSONValue {
    /// What a value's own encoding tells of it, members in the order of their names.
    ///
    /// Numbers are the shortest text that gives the same bits, so that two are equal only where their bits are.
    ///
    /// - Throws: What the value's encoding throws.
    /// - Complexity: O(*n* log *n*) in the parts.
    public init(encoding value: some Encodable) throws {
        // In a list, since a number alone is no text of JSON for older decoders.
        let bytes = try encodedJSON([value])
        let whole = try JSONDecoder().decode([Parsed].self, from: Data(bytes))
        self = whole.first?.value ?? .null
    }

    private struct Parsed: Decodable {
        let value: JSONValue

        init(from decoder: any Decoder) throws {
            if let fields = try? decoder.container(keyedBy: AnyKey.self) {
                let names = fields.allKeys.map(\.stringValue).sorted {
                    $0.utf8.lexicographicallyPrecedes($1.utf8)
                }
                value = .object(
                    try names.map {
                        ($0, try fields.decode(Self.self, forKey: AnyKey(stringValue: $0)).value)
                    }
                )
                return
            }
            if var items = try? decoder.unkeyedContainer() {
                var found: [JSONValue] = []
                while !items.isAtEnd { found.append(try items.decode(Self.self).value) }
                value = .array(found)
                return
            }
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                value = .null
            } else if let flag = try? single.decode(Bool.self) {
                value = .truth(flag)
            } else if let whole = try? single.decode(Int64.self) {
                value = .whole(whole)
            } else if let whole = try? single.decode(UInt64.self) {
                value = .whole(whole)
            } else if let number = try? single.decode(Double.self) {
                value = .real(number)
            } else {
                value = .string(try single.decode(String.self))
            }
        }
    }

    private struct AnyKey: CodingKey {
        let stringValue: String
        let intValue: Int? = nil

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue _: Int) { return nil }
    }
}
