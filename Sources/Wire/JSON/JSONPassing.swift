extension Span<UInt8> {
    /// Passes over what may stand between the parts of a JSON text.
    func passBlanks(_ place: inout Int) {
        while place < count {
            switch self[place] {
            case 0x20, 0x0A, 0x0D, 0x09: place += 1
            default: return
            }
        }
    }

    /// Passes over decimal digits; beyond 19 the value wraps, and is not used.
    func passDigits(_ place: inout Int, into value: inout UInt64) {
        while place < count {
            let digit = self[place] &- UInt8(ascii: "0")
            guard digit < 10 else { return }
            value = value &* 10 &+ UInt64(digit)
            place += 1
        }
    }
}
