extension [UInt8] {
    /// Adds a finite number, as `numberText` has it.
    public mutating func appendJSON(_ number: Double) {
        guard number.sign == .plus, let whole = UInt32(exactly: number), whole < 1_000_000_000
        else {
            // A number that is not whole has no needless decimals.
            let isWhole = number == number.rounded(.towardZero)
            self += (isWhole ? numberText(number) : String(number)).utf8
            return
        }
        var power: UInt32 = 1
        while whole / power >= 10 { power *= 10 }
        while power > 0 {
            append(UInt8(ascii: "0") + UInt8(whole / power % 10))
            power /= 10
        }
    }

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
