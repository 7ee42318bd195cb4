/// Finds one byte in text.
public enum ByteSearch {
    /// Offset of the first occurrence of `byte` in `range`, or nil.
    ///
    /// - Precondition: `range` lies within `bytes`.
    /// - Complexity: O(*n*), 8 bytes at a time.
    public static func first(_ byte: UInt8, in bytes: [UInt8], range: Range<Int>) -> Int? {
        first(byte, in: bytes.span, range: range)
    }

    /// The same in memory of any owner.
    public static func first(_ byte: UInt8, in bytes: Span<UInt8>, range: Range<Int>) -> Int? {
        precondition(
            range.lowerBound >= 0 && range.upperBound <= bytes.count,
            "search: range \(range) lies outside \(bytes.count) bytes"
        )
        let ones: UInt64 = 0x0101_0101_0101_0101
        let pattern = ones &* UInt64(byte)
        return unsafe bytes.withUnsafeBytes { memory -> Int? in
            var position = range.lowerBound
            while position + 8 <= range.upperBound {
                let word = UInt64(
                    littleEndian: unsafe memory.loadUnaligned(
                        fromByteOffset: position,
                        as: UInt64.self
                    )
                )
                let difference = word ^ pattern
                // The lowest set bit marks the first zero byte ("Hacker's Delight", 6-1).
                let zeros = (difference &- ones) & ~difference & (ones << 7)
                if zeros != 0 { return position + zeros.trailingZeroBitCount / 8 }
                position += 8
            }
            while position < range.upperBound {
                if unsafe memory[position] == byte { return position }
                position += 1
            }
            return nil
        }
    }
}
