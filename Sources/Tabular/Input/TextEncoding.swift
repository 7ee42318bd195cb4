internal import Kernels

/// How the bytes of a file stand for characters.
///
/// Every other encoding is to be changed to UTF-8 before, as by `iconv`.
public enum TextEncoding: String, CaseIterable, Sendable {
    case utf8 = "utf-8"
    /// With or without a byte-order mark, which decides; without, the low byte first.
    case utf16 = "utf-16"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case latin1 = "latin-1"
    /// Latin-1 with the euro sign: ISO 8859-15.
    case latin9 = "latin-9"

    /// Finds an encoding by any of its usual names; nil for others.
    public init?(named name: String) {
        let name = name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
        switch name {
        case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
        case "utf16", "ucs2", "unicode": self = .utf16
        case "utf16le", "ucs2le": self = .utf16LittleEndian
        case "utf16be", "ucs2be": self = .utf16BigEndian
        case "windows1252", "cp1252", "win1252", "1252", "ansi": self = .windows1252
        case "latin1", "iso88591", "l1", "8859": self = .latin1
        case "latin9", "iso885915", "l9": self = .latin9
        default: return nil
        }
    }

    /// Whether a character is one byte, and ASCII is itself.
    var isSingleByte: Bool {
        switch self {
        case .windows1252, .latin1, .latin9: true
        case .utf8, .utf16, .utf16LittleEndian, .utf16BigEndian: false
        }
    }

    /// How much of a text, from its first byte that is no ASCII, tells its encoding.
    static let sampleSize = 64 << 10
}

/// Single bytes to UTF-8.
extension TextEncoding {
    /// The text in UTF-8.
    ///
    /// - Precondition: A character is one byte.
    func utf8(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        precondition(isSingleByte, "\(rawValue) is more than a table")
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for byte in bytes {
            guard byte >= 0x80 else {
                text.append(byte)
                continue
            }
            text += UTF8.encode(scalar(byte)).map { Array($0) } ?? []
        }
        return text
    }

    private func scalar(_ byte: UInt8) -> Unicode.Scalar {
        let special: Unicode.Scalar? =
            switch self {
            case .windows1252 where byte < 0xA0: Self.windows[Int(byte - 0x80)]
            case .latin9: Self.euroSigns[byte]
            default: nil
            }
        return special ?? Unicode.Scalar(byte)
    }

    /// 0x80 to 0x9F, as WHATWG's Encoding Standard has them: the five that are not assigned are controls.
    private static let windows = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars
    )

    private static let euroSigns: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}

/// What the bytes themselves tell.
extension TextEncoding {
    /// The encoding of a text of single bytes or UTF-8.
    ///
    /// Windows-1252 is certain where hardly anything is UTF-8, and all that is no ASCII reads as letters and signs of
    /// Western Europe where these stand: other tables have signs in the midst of words there, or words of nothing but
    /// such letters. What is not certain is taken for UTF-8, and its rows are malformed.
    ///
    /// - Parameter sample: From the first byte on that is no ASCII.
    init(detecting sample: [UInt8]) {
        var counts = (valid: 0, invalid: 0, doubtful: 0)
        var place = 0
        while place < sample.count {
            guard sample[place] >= 0x80 else {
                place += 1
                continue
            }
            if let length = Self.sequence(sample, at: place) {
                counts.valid += 1
                place += length
                continue
            }
            // The sample may end within a character.
            guard place + 4 <= sample.count || counts.invalid > 0 || counts.valid == 0 else {
                break
            }
            counts.invalid += 1
            if Self.isDoubtful(sample, at: place) { counts.doubtful += 1 }
            place += 1
        }
        let isWestern =
            counts.invalid > 0 && counts.valid * 10 <= counts.invalid
            && counts.doubtful * 20 <= counts.invalid
        self = isWestern ? .windows1252 : .utf8
    }

    /// The length of the well-formed UTF-8 sequence that begins at a place; nil for none.
    private static func sequence(_ bytes: [UInt8], at place: Int) -> Int? {
        let length =
            switch bytes[place] {
            case 0xC2 ... 0xDF: 2
            case 0xE0 ... 0xEF: 3
            case 0xF0 ... 0xF4: 4
            default: 0
            }
        guard length > 0, place + length <= bytes.count,
            UTF8Check.firstInvalid(bytes, in: place ..< place + length) == nil
        else { return nil }
        return length
    }

    /// Whether a byte speaks against Windows-1252.
    private static func isDoubtful(_ bytes: [UInt8], at place: Int) -> Bool {
        let before = place > 0 ? bytes[place - 1] : 0x20
        let after = place + 1 < bytes.count ? bytes[place + 1] : 0x20
        switch bytes[place] {
        // Not assigned.
        case 0x81, 0x8D, 0x8F, 0x90, 0x9D: return true
        // Letters of Iceland, or Turkey's in another table; and letters that others have for their own.
        case 0xD0, 0xDD, 0xDE, 0xF0, 0xFD, 0xFE, 0xFF, 0x83, 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E,
            0x9F:
            return true
        // An apostrophe, a point in the midst of a word, the ordinals.
        case 0x92, 0xB7, 0xAD, 0xAA, 0xBA: return false
        case 0x80 ... 0xBF, 0xD7, 0xF7: return isLetter(before) && isLetter(after)
        // Two in a row do occur, as in ção; three are another alphabet.
        default: return before >= 0x80 && after >= 0x80
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x61 ... 0x7A).contains(byte | 0x20) || byte >= 0xC0
    }
}
