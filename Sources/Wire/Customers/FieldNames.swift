import Schema

/// Finds out what the fields of a request are by their names.
///
/// Names match without regard to case, spaces and underscores, also those of encoded columns: `Geography_Germany`
/// is the level `Germany` of `Geography`. Where several names are alike in that, only the exact name counts.
struct FieldNames: Sendable {
    /// What a field is.
    enum Place: Equatable, Sendable {
        /// A feature, by its place among the schema's features.
        case feature(Int)
        /// Whether a feature has the level of this code.
        case encoded(feature: Int, code: Int)
        /// The customer's identifier.
        case identifier
        /// The date column that tells the day from which the customer's dates are counted back.
        case reference
        /// That day, said by the caller.
        case asOf
        /// A column that the model does not read.
        case other
    }
    private struct Entry: Sendable {
        let name: [UInt8]
        let place: Place
    }

    /// The field that says from which day dates are counted back; a schema's own column of that name goes before.
    static let asOf = "as_of"

    private var entries: [Entry] = []
    /// Which entries have the same letters, by their hash.
    private var alike: [UInt64: [Int]] = [:]

    init(_ schema: Schema) {
        let features = schema.features
        for column in schema.columns {
            let place: Place =
                column.name == schema.identifier
                ? .identifier
                : column.name == schema.dates?.column
                    ? .reference
                    : features.firstIndex { $0.name == column.name }.map(Place.feature) ?? .other
            add(column.name, place)
        }
        if schema.hasDates, !schema.columns.contains(where: { $0.name == Self.asOf }) {
            add(Self.asOf, .asOf)
        }
        for (number, feature) in features.enumerated() {
            for (code, level) in feature.type.listed.enumerated() {
                add("\(feature.name)_\(level)", .encoded(feature: number, code: code))
            }
        }
    }

    private mutating func add(_ name: String, _ place: Place) {
        let name = [UInt8](name.utf8)
        alike[Self.key(name[...]), default: []].append(entries.count)
        entries.append(Entry(name: name, place: place))
    }

    /// What a name means; nil for a name that is none of the schema's, or of several.
    ///
    /// The entry `next` is looked at first, and becomes the one behind that which was found: most requests have their
    /// fields in the schema's order.
    func place(of name: ArraySlice<UInt8>, next: inout Int) -> Place? {
        if next < entries.count, Self.areSame(entries[next].name, name) {
            next += 1
            return entries[next - 1].place
        }
        guard let candidates = alike[Self.key(name)] else { return nil }
        if let exact = candidates.first(where: { Self.areSame(entries[$0].name, name) }) {
            next = exact + 1
            return entries[exact].place
        }
        let alike = candidates.filter { Self.areAlike(entries[$0].name[...], name) }
        // A column comes before an encoded one.
        let columns = alike.filter { if case .encoded = entries[$0].place { false } else { true } }
        let found = columns.isEmpty ? alike : columns
        guard found.count == 1 else { return nil }
        next = found[0] + 1
        return entries[found[0]].place
    }

    private static func areSame(_ one: [UInt8], _ other: ArraySlice<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for (place, index) in zip(one.indices, other.indices) where one[place] != other[index] {
            return false
        }
        return true
    }

    /// FNV-1a of the letters that count.
    private static func key(_ name: ArraySlice<UInt8>) -> UInt64 {
        var key: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name {
            guard let letter = letter(byte) else { continue }
            key = (key ^ UInt64(letter)) &* 0x100_0000_01B3
        }
        return key
    }

    private static func areAlike(_ one: ArraySlice<UInt8>, _ other: ArraySlice<UInt8>) -> Bool {
        one.lazy.compactMap(letter).elementsEqual(other.lazy.compactMap(letter))
    }

    private static func letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "_"): nil
        case UInt8(ascii: "A") ... UInt8(ascii: "Z"): byte | 0x20
        default: byte
        }
    }
}

/// The levels of a feature, prepared for finding one by what a request gives.
struct LevelNames: Sendable {
    /// The names, one behind the other, and where each ends.
    private var letters: [UInt8] = []
    private var ends: [Int] = []
    /// The levels that are numbers in some spelling, as `1` and `1.0` are.
    private let numbers: [Double?]

    init(_ levels: [String]) {
        numbers = levels.map { Double($0) }
        for level in levels {
            letters += level.utf8
            ends.append(letters.count)
        }
    }

    /// The code of the level that has this name, byte by byte.
    func code(of text: Span<UInt8>) -> Int? {
        var start = 0
        for code in ends.indices {
            if ends[code] - start == text.count, letters.span.holds(text, at: start) { return code }
            start = ends[code]
        }
        return nil
    }

    /// The code of the level that is this number.
    func code(of number: Double) -> Int? {
        numbers.firstIndex { $0 == number }
    }
}

extension Span<UInt8> {
    /// Whether some bytes stand at a place.
    func holds(_ bytes: Span<UInt8>, at place: Int) -> Bool {
        guard count - place >= bytes.count else { return false }
        for offset in bytes.indices where bytes[offset] != self[place + offset] { return false }
        return true
    }
}
