/// Reads the fields of one flat object of JSON as texts, as a cell of CSV would hold them.
///
/// A number stays as it is written, a truth is its word, null and Python's NaN are nothing, and what has parts of its own
/// is the JSON of it. `Wire` has a reader of JSON for requests; it stands above this target, and makes values of what is
/// text here.
struct JSONMembers {
    private let bytes: ArraySlice<UInt8>
    private var position: Int

    init(_ object: ArraySlice<UInt8>) {
        bytes = object
        position = object.startIndex
    }

    /// All fields in order; nil where the object is broken.
    func all() -> [(name: [UInt8], value: [UInt8])]? {
        var reader = self
        return reader.members()
    }

    private mutating func members() -> [(name: [UInt8], value: [UInt8])]? {
        guard take(UInt8(ascii: "{")) else { return nil }
        var members: [(name: [UInt8], value: [UInt8])] = []
        if take(UInt8(ascii: "}")) { return isAtEnd ? members : nil }
        repeat {
            guard let name = text(), take(UInt8(ascii: ":")), let value = value() else {
                return nil
            }
            members.append((name, value))
        } while take(UInt8(ascii: ","))
        return take(UInt8(ascii: "}")) && isAtEnd ? members : nil
    }

    private var isAtEnd: Bool { position == bytes.endIndex }

    private var next: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 {
            position += 1
        }
    }

    /// Passes over a byte, where it comes next.
    private mutating func take(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard next == byte else { return false }
        position += 1
        return true
    }

    private mutating func value() -> [UInt8]? {
        skipBlanks()
        switch next {
        case UInt8(ascii: "\""): return text()
        case UInt8(ascii: "{"), UInt8(ascii: "["): return nested()
        default: return word()
        }
    }

    /// A number, a truth or nothing.
    private mutating func word() -> [UInt8]? {
        let start = position
        while let byte = next, byte > 0x20, byte != UInt8(ascii: ","), byte != UInt8(ascii: "}") {
            position += 1
        }
        let word = Array(bytes[start ..< position])
        switch String(decoding: word, as: UTF8.self) {
        case "null", "NaN": return []
        case "true", "false": return word
        case "Infinity", "-Infinity": return word
        default:
            let isNumber = word.allSatisfy { "0123456789+-.eE".utf8.contains($0) }
            return isNumber && word.contains { $0 >= 0x30 && $0 <= 0x39 } ? word : nil
        }
    }

    /// An object or array as it stands.
    private mutating func nested() -> [UInt8]? {
        let start = position
        var depth = 0
        repeat {
            guard let byte = next else { return nil }
            switch byte {
            case UInt8(ascii: "\""):
                guard text() != nil else { return nil }
                continue
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
            default: break
            }
            position += 1
        } while depth > 0
        return Array(bytes[start ..< position])
    }

    private mutating func text() -> [UInt8]? {
        guard take(UInt8(ascii: "\"")) else { return nil }
        var text: [UInt8] = []
        while let byte = next {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return text
            case UInt8(ascii: "\\"):
                guard let character = escaped() else { return nil }
                text += String(character).utf8
            default: text.append(byte)
            }
        }
        return nil
    }

    private mutating func escaped() -> Character? {
        guard let letter = next else { return nil }
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            return Character(Unicode.Scalar(letter))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return scalar().map { Character($0) }
        default: return nil
        }
    }

    /// The character of `\uXXXX`, or of two of them.
    private mutating func scalar() -> Unicode.Scalar? {
        guard let first = unit() else { return nil }
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard first < 0xDC00, bytes[position...].starts(with: [0x5C, 0x75]) else { return nil }
        position += 2
        guard let second = unit(), (0xDC00 ... 0xDFFF).contains(second) else { return nil }
        return Unicode.Scalar(0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00))
    }

    private mutating func unit() -> UInt16? {
        let digits = bytes[position...].prefix(4)
        guard digits.count == 4 else { return nil }
        position += 4
        return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
