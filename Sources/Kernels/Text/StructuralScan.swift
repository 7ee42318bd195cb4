/// Finds the bytes that give a CSV text its structure.
///
/// Sixty-four bytes at a time become one 64-bit mask, as in Langdale and Lemire, "Parsing gigabytes
/// of JSON per second", VLDB Journal 28, 2019.
public enum StructuralScan {
    /// How many readable bytes must follow the text.
    public static let padding = 64

    /// The positions just after every delimiter and line feed.
    ///
    /// - Parameters:
    ///   - bytes: The text and at least `padding` bytes more.
    ///   - count: Length of the text.
    ///   - delimiter: The byte between fields.
    /// - Returns: 0, then for each delimiter or line feed its offset + 1, ascending: field *k* of a
    ///   text without quotes starts at element *k* and ends before element *k + 1* less one.
    /// - Complexity: O(`count`).
    public static func fieldStarts(
        _ bytes: [UInt8],
        count: Int,
        delimiter: UInt8
    ) -> [UInt32] {
        let delimiters = SIMD32<UInt8>(repeating: delimiter)
        let lineFeed = SIMD32<UInt8>(repeating: 0x0A)
        return scan(bytes, count: count, offset: 1, leadingZero: true) { lanes in
            (lanes .== delimiters) .| (lanes .== lineFeed)
        }
    }

    /// The positions of every delimiter, line feed, carriage return and double quote, ascending.
    ///
    /// - Parameters:
    ///   - bytes: The text and at least `padding` bytes more.
    ///   - count: Length of the text.
    ///   - delimiter: The byte between fields.
    /// - Complexity: O(`count`).
    public static func positions(_ bytes: [UInt8], count: Int, delimiter: UInt8) -> [UInt32] {
        let delimiters = SIMD32<UInt8>(repeating: delimiter)
        let lineFeed = SIMD32<UInt8>(repeating: 0x0A)
        let carriageReturn = SIMD32<UInt8>(repeating: 0x0D)
        let quote = SIMD32<UInt8>(repeating: 0x22)
        return scan(bytes, count: count, offset: 0, leadingZero: false) { lanes in
            (lanes .== delimiters) .| (lanes .== lineFeed) .| (lanes .== carriageReturn)
                .| (lanes .== quote)
        }
    }

    @inline(__always)
    private static func scan(
        _ bytes: [UInt8],
        count: Int,
        offset: UInt32,
        leadingZero: Bool,
        matching: (SIMD32<UInt8>) -> SIMDMask<SIMD32<Int8>>
    ) -> [UInt32] {
        precondition(
            count >= 0 && bytes.count >= count + padding && bytes.count < Int(UInt32.max),
            "structural scan: \(count) bytes need \(padding) more behind them, got \(bytes.count)"
        )
        // Room for a hit on every byte, and for the entries that a round writes ahead.
        return unsafe [UInt32](unsafeUninitializedCapacity: count + 66) { output, filled in
            guard let target = output.baseAddress else { return }
            var next = 0
            if leadingZero {
                unsafe target[0] = 0
                next = 1
            }
            unsafe bytes.withUnsafeBytes { memory in
                var position = 0
                while position < count {
                    let low = unsafe memory.loadUnaligned(
                        fromByteOffset: position,
                        as: SIMD32<UInt8>.self
                    )
                    let high = unsafe memory.loadUnaligned(
                        fromByteOffset: position + 32,
                        as: SIMD32<UInt8>.self
                    )
                    var hits = UInt64(bits(matching(low))) | UInt64(bits(matching(high))) << 32
                    let left = count - position
                    if left < 64 { hits &= (1 << UInt64(left)) &- 1 }
                    let total = hits.nonzeroBitCount
                    let base = UInt32(truncatingIfNeeded: position) &+ offset
                    // Eight at a time without asking: what is written too much is overwritten.
                    var written = 0
                    repeat {
                        for slot in 0 ..< 8 {
                            unsafe target[next &+ written &+ slot] =
                                base &+ UInt32(truncatingIfNeeded: hits.trailingZeroBitCount)
                            hits &= hits &- 1
                        }
                        written &+= 8
                    } while written < total
                    next &+= total
                    position &+= 64
                }
            }
            filled = next
        }
    }

    /// One bit per lane, lane 0 lowest.
    @inline(__always)
    private static func bits(_ mask: SIMDMask<SIMD32<Int8>>) -> UInt32 {
        // Each lane keeps the bit of its place among eight; a multiplication by 0x0101… then adds
        // the eight bytes, which hold different bits, into the top one.
        let places = unsafe unsafeBitCast(
            SIMD4<UInt64>(repeating: 0x8040_2010_0804_0201),
            to: SIMD32<UInt8>.self
        )
        let marked = unsafe unsafeBitCast(
            SIMD32<UInt8>.zero.replacing(with: places, where: mask),
            to: SIMD4<UInt64>.self
        )
        let ones: UInt64 = 0x0101_0101_0101_0101
        let first = (marked[0] &* ones) >> 56 | ((marked[1] &* ones) >> 56) << 8
        let second = (marked[2] &* ones) >> 56 | ((marked[3] &* ones) >> 56) << 8
        return UInt32(truncatingIfNeeded: first | second << 16)
    }
}
