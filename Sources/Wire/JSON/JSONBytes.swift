extension [UInt8] {
    /// Adds a text in quotes, escaped where JSON asks for it.
    public mutating func appendJSON(_ text: String) {
        append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0 ..< 0x20:
                append(contentsOf: "\\u00".utf8)
                for digit in [byte >> 4, byte & 15] {
                    append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
                }
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
