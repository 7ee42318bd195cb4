extension [UInt8] {
    mutating func append(_ separator: UInt8, text: [UInt8]) {
        append(separator)
        append(contentsOf: text)
    }

    mutating func append(_ separator: UInt8, flag: Bool) {
        append(separator)
        append(flag ? UInt8(ascii: "1") : UInt8(ascii: "0"))
    }

    mutating func append(_ separator: UInt8, integer: Int) {
        append(separator)
        append(integer: integer)
    }

    /// Writes a whole number of hundredths without needless zeros: `83807.86`, `159660.8`, `0`.
    mutating func append(_ separator: UInt8, decimal value: Double) {
        append(separator)
        let hundredths = Int((value * 100).rounded(.toNearestOrEven))
        if hundredths < 0 { append(UInt8(ascii: "-")) }
        let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        append(integer: Int(whole))
        guard part > 0 else { return }
        append(UInt8(ascii: "."))
        append(digit: part / 10)
        if part % 10 > 0 { append(digit: part % 10) }
    }

    /// Writes a number in 0...1 with nine digits after the point.
    mutating func append(_ separator: UInt8, probability: Double) {
        append(separator)
        let billionths = UInt((probability * 1_000_000_000).rounded(.toNearestOrEven))
        append(digit: billionths / 1_000_000_000)
        append(UInt8(ascii: "."))
        var place: UInt = 100_000_000
        while place > 0 {
            append(digit: billionths / place % 10)
            place /= 10
        }
    }

    /// - Precondition: `integer >= 0`.
    mutating func append(integer: Int) {
        // A division by a constant is a multiplication; by a variable it would be ten times slower.
        if integer >= 10 { append(integer: integer / 10) }
        append(digit: UInt(integer % 10))
    }

    private mutating func append(digit: UInt) {
        append(UInt8(ascii: "0") + UInt8(digit))
    }
}
