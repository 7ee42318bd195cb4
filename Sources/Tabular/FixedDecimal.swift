extension Double {
    /// The number with a fixed count of decimals: `0.1234.fixed(2)` is `0.12`.
    ///
    /// Correctly rounded from the exact binary value; where that lies exactly halfway, to the even
    /// digit, as C's `printf` does. NaN is `nan`, the infinities `inf` and `-inf`; a negative number
    /// that rounds to zero keeps its sign.
    ///
    /// - Parameter digits: Number of decimals, 0 to 20.
    /// - Returns: The digits, with a point where `digits` is above 0.
    public func fixed(_ digits: Int) -> String {
        var text: [UInt8] = []
        text.appendFixed(self, digits)
        return String(decoding: text, as: UTF8.self)
    }
}

extension Array where Element == UInt8 {
    /// Adds a number with a fixed count of decimals, written as `Double.fixed(_:)` writes it.
    ///
    /// - Parameters:
    ///   - value: The number.
    ///   - digits: Number of decimals, 0 to 20.
    public mutating func appendFixed(_ value: Double, _ digits: Int) {
        precondition(digits >= 0 && digits <= 20, "fixed: \(digits) decimals, 0 to 20 are possible")
        guard value.isFinite else {
            append(contentsOf: (value.isNaN ? "nan" : value < 0 ? "-inf" : "inf").utf8)
            return
        }
        if value.sign == .minus { append(UInt8(ascii: "-")) }
        let bits = value.magnitude.bitPattern
        let field = Int(bits >> 52)
        // |value| = significand · 2^exponent, exactly.
        let significand = field == 0 ? bits : bits & (1 << 52 - 1) | 1 << 52
        let exponent = Swift.max(field, 1) - 1075
        guard exponent <= 0 else {
            appendDigits(Self.integer(significand, doublings: exponent), decimals: 0)
            appendZeros(digits)
            return
        }
        // significand · 10^digits < 2^53 · 2^67 fits 128 bits.
        var scaled = UInt128(significand)
        for _ in 0 ..< digits { scaled *= 10 }
        let shift = -exponent
        var quotient = shift < 128 ? scaled >> UInt128(shift) : 0
        if shift > 0, shift <= 128 {
            let half = UInt128(1) << UInt128(shift - 1)
            let remainder = scaled & (half - 1 + half)
            if remainder > half || (remainder == half && quotient & 1 == 1) { quotient += 1 }
        }
        if let small = UInt64(exactly: quotient) {
            appendSmall(small, decimals: digits)
        } else {
            let text = [UInt8](quotient.description.utf8)
            let zeros = Swift.max(0, digits + 1 - text.count)
            appendDigits(Array(repeating: UInt8(ascii: "0"), count: zeros) + text, decimals: digits)
        }
    }

    /// Adds a number below 2⁶⁴ whose last `decimals` digits stand behind the point.
    private mutating func appendSmall(_ number: UInt64, decimals: Int) {
        let start = count
        var rest = number
        var written = 0
        while rest > 0 || written <= decimals {
            if written == decimals, decimals > 0 { append(UInt8(ascii: ".")) }
            let (quotient, digit) = rest.quotientAndRemainder(dividingBy: 10)
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: digit))
            rest = quotient
            written += 1
        }
        self[start...].reverse()
    }

    private mutating func appendDigits(_ digits: [UInt8], decimals: Int) {
        let whole = digits.count - decimals
        append(contentsOf: digits[..<whole])
        guard decimals > 0 else { return }
        append(UInt8(ascii: "."))
        append(contentsOf: digits[whole...])
    }

    private mutating func appendZeros(_ decimals: Int) {
        guard decimals > 0 else { return }
        append(UInt8(ascii: "."))
        append(contentsOf: repeatElement(UInt8(ascii: "0"), count: decimals))
    }

    /// The decimal digits of `significand` · 2^`doublings`.
    private static func integer(_ significand: UInt64, doublings: Int) -> [UInt8] {
        var reversed = significand.description.utf8.reversed().map { $0 - UInt8(ascii: "0") }
        for _ in 0 ..< doublings {
            var carry: UInt8 = 0
            for place in reversed.indices {
                let doubled = 2 * reversed[place] + carry
                reversed[place] = doubled % 10
                carry = doubled / 10
            }
            if carry > 0 { reversed.append(carry) }
        }
        return reversed.reversed().map { $0 + UInt8(ascii: "0") }
    }
}
