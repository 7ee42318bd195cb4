/// Eight bytes compared at once within a 64-bit word ("Hacker's Delight", 6-1).
enum ByteWord {
    static let topBits: UInt64 = 0x8080_8080_8080_8080

    /// The byte in all eight places.
    @inline(__always)
    static func repeating(_ byte: UInt8) -> UInt64 { 0x0101_0101_0101_0101 &* UInt64(byte) }

    /// The top bit of each byte of `word` that is zero, exactly.
    @inline(__always)
    static func zeros(_ word: UInt64) -> UInt64 {
        ~(((word & ~topBits) &+ ~topBits) | word | ~topBits)
    }
}
