/// What a stretch of text holds, found in one pass over it.
public struct ByteSummary: Equatable, Sendable {
    /// Number of line ends: LF, CR LF (counted once) and lone CR.
    public let lineEnds: Int
    /// Whether a double quote occurs.
    public let hasQuote: Bool
    /// Whether a carriage return occurs.
    public let hasCarriageReturn: Bool
    /// Whether a byte above 127 occurs.
    public let hasNonASCII: Bool

    /// Looks at the bytes in `range`.
    ///
    /// - Precondition: `range` lies within `bytes`.
    /// - Complexity: O(*n*), 32 bytes at a time.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count,
            "summary: range \(range) lies outside \(bytes.count) bytes"
        )
        let lineFeed = SIMD32<UInt8>(repeating: 0x0A)
        let carriageReturn = SIMD32<UInt8>(repeating: 0x0D)
        let quote = SIMD32<UInt8>(repeating: 0x22)
        let one = SIMD32<UInt8>(repeating: 1)
        var lines = 0
        var quotes = SIMD32<UInt8>.zero
        var returns = SIMD32<UInt8>.zero
        var union = SIMD32<UInt8>.zero
        var position = range.lowerBound
        unsafe bytes.withUnsafeBytes { memory in
            while position + 33 <= range.upperBound {
                // Counts fit a byte for 255 rounds.
                let last = min(range.upperBound - 33, position + 254 * 32)
                var counts = SIMD32<UInt8>.zero
                while position <= last {
                    let here = unsafe memory.loadUnaligned(
                        fromByteOffset: position,
                        as: SIMD32<UInt8>.self
                    )
                    let next = unsafe memory.loadUnaligned(
                        fromByteOffset: position + 1,
                        as: SIMD32<UInt8>.self
                    )
                    let isReturn = here .== carriageReturn
                    // A return directly before a line feed is counted with that line feed.
                    let ends = (here .== lineFeed) .| (isReturn .& (next .!= lineFeed))
                    counts &+= SIMD32.zero.replacing(with: one, where: ends)
                    returns.replace(with: one, where: isReturn)
                    quotes.replace(with: one, where: here .== quote)
                    union |= here
                    position += 32
                }
                for lane in 0 ..< 32 { lines += Int(counts[lane]) }
            }
            for offset in position ..< range.upperBound {
                let byte = unsafe memory[offset]
                union[0] |= byte
                if byte == 0x22 { quotes[0] = 1 }
                if byte == 0x0A { lines += 1 }
                guard byte == 0x0D else { continue }
                returns[0] = 1
                let next = offset + 1 < range.upperBound ? unsafe memory[offset + 1] : 0
                if next != 0x0A { lines += 1 }
            }
        }
        lineEnds = lines
        hasQuote = quotes.max() > 0
        hasCarriageReturn = returns.max() > 0
        hasNonASCII = union.max() > 0x7F
    }
}
