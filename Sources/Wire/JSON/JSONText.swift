/// A string of a JSON text, without quotes and escapes.
public struct JSONText: Equatable, Sendable {
    /// Its UTF-8.
    public let bytes: ArraySlice<UInt8>

    /// As Swift's text.
    public var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension JSONReader {
    /// Reads a string.
    public mutating func text() throws(JSONError) -> JSONText {
        guard try kind() == .string else {
            throw JSONError("a string is expected", at: position)
        }
        let start = position + 1
        var end = start
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            guard bytes[end] != UInt8(ascii: "\\") else {
                position = start
                return try escapedText()
            }
            guard bytes[end] >= 0x20 else {
                throw JSONError("a control character must be escaped", at: end)
            }
            end += 1
        }
        guard end < bytes.count else { throw JSONError("the string does not end", at: end) }
        position = end + 1
        return JSONText(bytes: bytes[start ..< end])
    }

    private mutating func escapedText() throws(JSONError) -> JSONText {
        var text: [UInt8] = []
        while position < bytes.count {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return JSONText(bytes: text[...])
            case UInt8(ascii: "\\"): try appendEscape(to: &text)
            case 0 ..< 0x20:
                throw JSONError("a control character must be escaped", at: position - 1)
            default: text.append(byte)
            }
        }
        throw JSONError("the string does not end", at: position)
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONError) {
        guard position < bytes.count else {
            throw JSONError("the string does not end", at: position)
        }
        let letter = bytes[position]
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += String(try scalar()).utf8
        default: throw JSONError("there is no such escape", at: position - 1)
        }
    }

    /// The character of `\uXXXX`, or of two of them that stand for one beyond U+FFFF.
    private mutating func scalar() throws(JSONError) -> Character {
        let start = position
        let first = try codeUnit()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard first < 0xDC00, bytes[position...].starts(with: Array("\\u".utf8)) else {
            throw JSONError("half a surrogate pair", at: start)
        }
        position += 2
        let second = try codeUnit()
        guard second >= 0xDC00, second <= 0xDFFF,
            let scalar = Unicode.Scalar(
                0x10000 + (UInt32(first - 0xD800) << 10) + UInt32(second - 0xDC00)
            )
        else { throw JSONError("half a surrogate pair", at: start) }
        return Character(scalar)
    }

    private mutating func codeUnit() throws(JSONError) -> UInt16 {
        var unit: UInt16 = 0
        for _ in 0 ..< 4 {
            guard position < bytes.count,
                let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw JSONError("four hexadecimal digits are missing", at: position) }
            unit = unit << 4 | UInt16(digit)
            position += 1
        }
        return unit
    }
}
