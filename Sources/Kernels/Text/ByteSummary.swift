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
    /// - Complexity: O(*n*), 8 bytes at a time.
    public init(_ bytes: [UInt8], in range: Range<Int>) {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count,
            "summary: range \(range) lies outside \(bytes.count) bytes"
        )
        let lineFeed = ByteWord.repeating(0x0A)
        let carriageReturn = ByteWord.repeating(0x0D)
        let quote = ByteWord.repeating(0x22)
        var lines = 0
        var quotes: UInt64 = 0
        var returns: UInt64 = 0
        var union: UInt64 = 0
        var position = range.lowerBound
        unsafe bytes.withUnsafeBytes { memory in
            while position + 9 <= range.upperBound {
                let here = UInt64(
                    littleEndian: unsafe memory.loadUnaligned(
                        fromByteOffset: position,
                        as: UInt64.self
                    )
                )
                let next = UInt64(
                    littleEndian: unsafe memory.loadUnaligned(
                        fromByteOffset: position + 1,
                        as: UInt64.self
                    )
                )
                let isReturn = ByteWord.zeros(here ^ carriageReturn)
                // A return directly before a line feed is counted with that line feed.
                let ends =
                    ByteWord.zeros(here ^ lineFeed)
                    | (isReturn & ~ByteWord.zeros(next ^ lineFeed))
                lines &+= ends.nonzeroBitCount
                returns |= isReturn
                quotes |= ByteWord.zeros(here ^ quote)
                union |= here
                position &+= 8
            }
            for offset in position ..< range.upperBound {
                let byte = unsafe memory[offset]
                union |= UInt64(byte)
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
        hasNonASCII = union & ByteWord.topBits != 0
    }
}
