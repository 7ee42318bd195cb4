/// A prediction's name as PostgreSQL keeps it: the request's UUID, and the customer's place where the request is a list.
struct PostgresName: Equatable {
    /// 36 characters.
    let uuid: String
    /// From 0; `single` where the request is one customer.
    let place: Int

    static let single = -1

    init(uuid: String, place: Int) { (self.uuid, self.place) = (uuid, place) }

    /// Nil where it is no name that a prediction can have.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let (value, place) = Self.parsed(bytes[...]) else { return nil }
        var digits = value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        for length in [8, 13, 18, 23] {
            digits.insert("-", at: digits.index(digits.startIndex, offsetBy: length))
        }
        self.init(uuid: digits, place: place)
    }

    var text: String { place == Self.single ? uuid : "\(uuid)-\(place)" }

    /// The sixteen bytes of a name's UUID and its place; nil where it has none.
    static func parsed(_ name: ArraySlice<UInt8>) -> (uuid: [UInt8], place: Int)? {
        var uuid: [UInt8] = []
        uuid.reserveCapacity(16)
        guard name.count >= 36 else { return nil }
        var half: UInt8?
        for (number, character) in name.prefix(36).enumerated() {
            if [8, 13, 18, 23].contains(number) {
                guard character == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = digit(character) else { return nil }
            if let high = half {
                uuid.append(high << 4 | digit)
                half = nil
            } else {
                half = digit
            }
        }
        let rest = name.dropFirst(36)
        guard let dash = rest.first else { return (uuid, single) }
        // As it is written: one name has one form.
        guard dash == UInt8(ascii: "-"), rest.count <= 11,
            rest.count == 2 || rest.dropFirst().first != UInt8(ascii: "0")
        else { return nil }
        var place = 0
        for character in rest.dropFirst() {
            guard (UInt8(ascii: "0") ... UInt8(ascii: "9")).contains(character) else { return nil }
            place = place * 10 + Int(character - UInt8(ascii: "0"))
        }
        return rest.count > 1 && place <= Int32.max ? (uuid, place) : nil
    }

    private static func digit(_ character: UInt8) -> UInt8? {
        switch character {
        case UInt8(ascii: "0") ... UInt8(ascii: "9"): character - UInt8(ascii: "0")
        case UInt8(ascii: "a") ... UInt8(ascii: "f"): character - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A") ... UInt8(ascii: "F"): character - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
