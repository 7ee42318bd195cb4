/// Reads a column of decimal numbers.
///
/// Accepted: spaces around, a sign, digits with at most one decimal separator and at least one digit,
/// an exponent (`-12`, `+.5`, `7.`, `1e-3`). Not accepted: `inf`, `nan`, hexadecimal, grouped
/// thousands, numbers beyond the range of `Double`. The result is correctly rounded.
///
/// Up to 16 digits are read eight at a time within a word (Lemire, "Quickly parsing eight digits",
/// 2022) and, where they stay below 2⁵³, divided by an exact power of ten, which rounds once
/// (Clinger, "How to read floating point numbers accurately", PLDI 1990). The standard library reads
/// the rest.
public enum DecimalColumn {
    /// The numbers of a column.
    ///
    /// - Parameters:
    ///   - spans: The column.
    ///   - separator: `.` or `,` as a byte.
    /// - Returns: `values` of shape [rows], NaN where the field is empty, blank or not a number, and
    ///   `invalid`: rows whose field is neither blank nor a number, ascending.
    /// - Complexity: O(*n*) in the bytes of the column.
    public static func parse(
        _ spans: FieldSpans,
        separator: UInt8 = 0x2E
    ) -> (values: [Double], invalid: [Int]) {
        var invalid: [Int] = []
        let pattern = 0x0101_0101_0101_0101 &* UInt64(separator)
        let values = unsafe [Double](unsafeUninitializedCapacity: spans.rows) { output, filled in
            unsafe spans.forEach { row, start, length, memory in
                let value: Double
                if UInt(bitPattern: length &- 1) < 8,
                    let number = unsafe short(memory, start, length, pattern)
                {
                    value = number
                } else if length > 8, length <= 16,
                    let number = unsafe long(memory, start, length, pattern)
                {
                    value = number
                } else if length == 0 {
                    value = .nan
                } else {
                    switch unsafe any(memory, start, length, separator) {
                    case .number(let number): value = number
                    case .blank: value = .nan
                    case .invalid:
                        value = .nan
                        invalid.append(row)
                    }
                }
                unsafe output[row] = value
            }
            filled = spans.rows
        }
        return (values, invalid)
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// Exact: 5²² fits 53 bits.
    private static let powers: InlineArray<17, Double> = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    ]

    /// The top bit of each byte of `word` that is zero, exactly.
    @inline(__always)
    private static func zeroBytes(_ word: UInt64) -> UInt64 {
        let low = ~(ones << 7)
        return ~(((word & low) &+ low) | word | low)
    }

    /// The value of eight bytes 0...9, the most significant digit lowest in memory.
    @inline(__always)
    private static func eightDigits(_ digits: UInt64) -> UInt64 {
        let pairs = (digits &* 10) &+ (digits >> 8)
        let mask: UInt64 = 0x0000_00FF_0000_00FF
        return
            (((pairs & mask) &* (100 + (1_000_000 << 32)))
            &+ (((pairs >> 16) & mask) &* (1 + (10000 << 32)))) >> 32
    }

    /// Whether every byte of `digits` is in 0...9.
    @inline(__always)
    private static func areDigits(_ digits: UInt64) -> Bool {
        ((digits &+ (ones &* 0x76)) | digits) & (ones << 7) == 0
    }

    /// One to eight bytes: digits, at most one separator, perhaps a minus in front; else nil.
    @inline(__always)
    private static func short(
        _ memory: UnsafeRawBufferPointer,
        _ start: Int,
        _ length: Int,
        _ pattern: UInt64
    ) -> Double? {
        let loaded = UInt64(
            littleEndian: unsafe memory.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        )
        // Right-aligned, as if written with leading zeros; each digit byte becomes 0...9.
        let shift = UInt64(truncatingIfNeeded: 64 &- length &* 8)
        let zeros = ones &* 0x30
        var digits = (loaded ^ zeros) << shift
        let point = zeroBytes(digits ^ pattern ^ zeros)
        var negative = false
        if loaded & 0xFF == 0x2D, length > 1 {
            negative = true
            digits &= ~(0xFF << shift)
        }
        guard point != 0 else {
            guard areDigits(digits) else { return nil }
            let value = Double(Int64(truncatingIfNeeded: eightDigits(digits)))
            return negative ? -value : value
        }
        guard length > (negative ? 2 : 1) else { return nil }
        // Drop the last separator by moving the bytes before it up by one; a second one fails below.
        let place = UInt64(truncatingIfNeeded: 63 &- point.leadingZeroBitCount)
        let above = place == 63 ? 0 : ~UInt64(0) << (place &+ 1)
        let below = (UInt64(1) << (place &- 7)) &- 1
        digits = digits & above | (digits & below) << 8
        guard areDigits(digits) else { return nil }
        let decimals = point.leadingZeroBitCount &>> 3
        let value = Double(Int64(truncatingIfNeeded: eightDigits(digits))) / powers[decimals]
        return negative ? -value : value
    }

    /// Nine to sixteen bytes of the same form, the digits below 2⁵³; else nil.
    @inline(__always)
    private static func long(
        _ memory: UnsafeRawBufferPointer,
        _ start: Int,
        _ length: Int,
        _ pattern: UInt64
    ) -> Double? {
        let zeros = ones &* 0x30
        let first = UInt64(
            littleEndian: unsafe memory.loadUnaligned(fromByteOffset: start, as: UInt64.self)
        )
        let last = UInt64(
            littleEndian: unsafe memory.loadUnaligned(
                fromByteOffset: start &+ length &- 8,
                as: UInt64.self
            )
        )
        // `last` is the lower eight digits; what `first` has beyond the overlap, the upper ones.
        let shift = UInt64(truncatingIfNeeded: 128 &- length &* 8)
        var lower = last ^ zeros
        var upper = shift == 64 ? 0 : (first ^ zeros) << shift
        let lowerPoint = zeroBytes(last ^ pattern)
        let upperPoint = zeroBytes(upper ^ pattern ^ zeros)
        var negative = false
        if first & 0xFF == 0x2D {
            negative = true
            upper &= ~(0xFF << shift)
        }
        var decimals = 0
        if lowerPoint != 0 {
            let place = UInt64(truncatingIfNeeded: 63 &- lowerPoint.leadingZeroBitCount)
            let above = place == 63 ? 0 : ~UInt64(0) << (place &+ 1)
            let below = (UInt64(1) << (place &- 7)) &- 1
            lower = lower & above | (lower & below) << 8 | upper >> 56
            upper <<= 8
            decimals = lowerPoint.leadingZeroBitCount &>> 3
        } else if upperPoint != 0 {
            let place = UInt64(truncatingIfNeeded: 63 &- upperPoint.leadingZeroBitCount)
            let above = place == 63 ? 0 : ~UInt64(0) << (place &+ 1)
            let below = (UInt64(1) << (place &- 7)) &- 1
            upper = upper & above | (upper & below) << 8
            decimals = 8 &+ upperPoint.leadingZeroBitCount &>> 3
        }
        guard areDigits(lower), areDigits(upper) else { return nil }
        let whole = eightDigits(upper) &* 100_000_000 &+ eightDigits(lower)
        guard whole <= 1 << 53 else { return nil }
        let value = Double(Int64(truncatingIfNeeded: whole)) / powers[decimals]
        return negative ? -value : value
    }
}

extension DecimalColumn {
    /// What a field that the fast paths leave aside turns out to be.
    enum Reading {
        case number(Double)
        case blank
        case invalid
    }

    /// Reads a field of any form.
    @inline(never)
    static func any(
        _ memory: UnsafeRawBufferPointer,
        _ start: Int,
        _ length: Int,
        _ separator: UInt8
    ) -> Reading {
        var text: [UInt8] = []
        text.reserveCapacity(length)
        for offset in start ..< start + length { unsafe text.append(memory[offset]) }
        let space: UInt8 = 0x20
        while text.last == space { text.removeLast() }
        let leading = text.prefix { $0 == space }.count
        text.removeFirst(leading)
        guard !text.isEmpty else { return .blank }
        guard isDecimal(text, separator: separator) else { return .invalid }
        let literal = text.map { $0 == separator ? 0x2E : $0 }
        guard let value = Double(String(decoding: literal, as: UTF8.self)), value.isFinite else {
            return .invalid
        }
        return .number(value)
    }

    /// Whether the text is `[+-] digits [separator digits] [e [+-] digits]`, with a digit before or
    /// after the separator.
    private static func isDecimal(_ text: [UInt8], separator: UInt8) -> Bool {
        var rest = text[...]
        func skipSign() {
            if rest.first == 0x2B || rest.first == 0x2D { rest.removeFirst() }
        }
        func skipDigits() -> Int {
            let count = rest.prefix { $0 >= 0x30 && $0 <= 0x39 }.count
            rest.removeFirst(count)
            return count
        }
        skipSign()
        var digits = skipDigits()
        if rest.first == separator {
            rest.removeFirst()
            digits += skipDigits()
        }
        guard digits > 0 else { return false }
        if rest.first == 0x65 || rest.first == 0x45 {
            rest.removeFirst()
            skipSign()
            guard skipDigits() > 0 else { return false }
        }
        return rest.isEmpty
    }
}
