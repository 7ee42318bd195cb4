/// A number of a JSON text.
public struct JSONNumber: Equatable, Sendable {
    /// The nearest double; infinite where the number is beyond all doubles.
    public let value: Double
    /// The number as it is written.
    public let text: ArraySlice<UInt8>

    /// Up to this many digits are a whole number that a double holds exactly.
    static let exactDigits = 15

    /// The nearest double to whole · 10^-decimals, both of at most `exactDigits`.
    ///
    /// Both are exact, so that their quotient is the nearest: Clinger, "How to read floating point numbers accurately",
    /// PLDI 1990.
    static func nearest(_ whole: UInt64, decimals: Int, isNegative: Bool) -> Double {
        let value = Double(whole) / powers[decimals]
        return isNegative ? -value : value
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]
}

extension JSONReader {
    /// Reads a number.
    ///
    /// - Complexity: O(digits); up to 15 of them without the standard library.
    public mutating func number() throws(JSONError) -> JSONNumber {
        guard try kind() == .number else {
            throw JSONError("a number is expected", at: position)
        }
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        var whole: UInt64 = 0
        let digitsStart = position
        try digits(into: &whole)
        guard bytes[digitsStart] != UInt8(ascii: "0") || position == digitsStart + 1 else {
            throw JSONError("a number starts with a needless 0", at: digitsStart)
        }
        var digitCount = position - digitsStart
        var decimals = 0
        if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
            position += 1
            let decimalsStart = position
            try digits(into: &whole)
            decimals = position - decimalsStart
            digitCount += decimals
        }
        var hasExponent = false
        if position < bytes.count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            hasExponent = true
            position += 1
            if position < bytes.count,
                bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-")
            {
                position += 1
            }
            var exponent: UInt64 = 0
            try digits(into: &exponent)
        }
        let text = bytes[start ..< position]
        guard digitCount <= JSONNumber.exactDigits, !hasExponent else {
            let value = Double(String(decoding: text, as: UTF8.self))
            return JSONNumber(value: value ?? .nan, text: text)
        }
        return JSONNumber(
            value: JSONNumber.nearest(whole, decimals: decimals, isNegative: isNegative),
            text: text
        )
    }

    /// Passes over one digit or more.
    private mutating func digits(into value: inout UInt64) throws(JSONError) {
        let start = position
        var place = start
        bytes.span.passDigits(&place, into: &value)
        position = place
        guard position > start else { throw JSONError("a digit is missing", at: position) }
    }
}
