private import CProcessor

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
    /// - Complexity: O(*n*), 64 bytes at a time.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count,
            "summary: range \(range) lies outside \(bytes.count) bytes"
        )
        var lines = 0
        var quotes: UInt64 = 0
        var returns: UInt64 = 0
        var tops: UInt64 = 0
        var position = range.lowerBound
        unsafe bytes.withUnsafeBytes { memory in
            while position + 65 <= range.upperBound,
                let block = unsafe memory.baseAddress?.advanced(by: position)
            {
                let isFeed = unsafe retain_mask64_equal(block, 0x0A)
                let isReturn = unsafe retain_mask64_equal(block, 0x0D)
                lines &+= isFeed.nonzeroBitCount
                if isReturn != 0 {
                    // A return directly before a line feed is counted with that line feed.
                    let beforeFeed = unsafe retain_mask64_equal(block + 1, 0x0A)
                    lines &+= (isReturn & ~beforeFeed).nonzeroBitCount
                }
                returns |= isReturn
                unsafe quotes |= retain_mask64_equal(block, 0x22)
                unsafe tops |= retain_mask64_top_bits(block)
                position &+= 64
            }
            for offset in position ..< range.upperBound {
                let byte = unsafe memory[offset]
                if byte > 127 { tops = 1 }
                if byte == 0x22 { quotes = 1 }
                if byte == 0x0A { lines += 1 }
                guard byte == 0x0D else { continue }
                returns = 1
                let next = offset + 1 < range.upperBound ? unsafe memory[offset + 1] : 0
                if next != 0x0A { lines += 1 }
            }
        }
        lineEnds = lines
        hasQuote = quotes != 0
        hasCarriageReturn = returns != 0
        hasNonASCII = tops != 0
    }
}
