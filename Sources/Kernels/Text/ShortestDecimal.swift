/// Writes a probability as the shortest decimal that reads back as the same `Float`, and of those
/// the nearest: the text of Swift's `description`, without making a `String`.
///
/// The value is m / 2ᵏ. With n decimals the nearest candidate is D = round(m · 10ⁿ / 2ᵏ); it reads
/// back as the same value where |D · 2ᵏ - m · 10ⁿ| < 10ⁿ / 2 (Steele and White, "How to print
/// floating-point numbers accurately", PLDI 1990). All of that fits 64 bits from 2⁻¹³ up to 1; what
/// is outside, powers of two (whose interval is lopsided) and ties go the standard library's way.
public enum ShortestDecimal {
    /// The most bytes that `write` touches.
    static let room = 32

    /// Adds the text of a value.
    ///
    /// - Complexity: O(1).
    public static func append(_ value: Float, to text: inout [UInt8]) {
        unsafe withUnsafeTemporaryAllocation(of: UInt8.self, capacity: room) { output in
            guard let target = output.baseAddress else { return }
            let count = unsafe write(value, target)
            unsafe text.append(contentsOf: output[..<count])
        }
    }

    /// Writes the text and returns its length; `room` bytes of `target` may be overwritten.
    @inline(__always)
    static func write(_ value: Float, _ target: UnsafeMutablePointer<UInt8>) -> Int {
        let bits = value.bitPattern
        // The sign is in the top bit, so negative values and NaN are above 1 too.
        guard bits >= smallest, bits < one, bits & 0x7F_FFFF != 0 else {
            return unsafe writeAny(value, target)
        }
        let significand = UInt64(bits & 0x7F_FFFF | 0x80_0000)
        let shift = UInt64(truncatingIfNeeded: 150 &- (bits >> 23))
        // Seven digits are most often within one of the answer. What n decimals can tell, n + 1 can.
        var decimals = value >= 0.1 ? 7 : value >= 0.01 ? 8 : value >= 0.001 ? 9 : 10
        var found = candidate(significand, shift, decimals)
        if found == none {
            repeat {
                decimals &+= 1
                found = candidate(significand, shift, decimals)
            } while found == none
        } else {
            while decimals > 1 {
                let shorter = candidate(significand, shift, decimals &- 1)
                if shorter == none { break }
                (found, decimals) = (shorter, decimals &- 1)
            }
        }
        guard found != tie else { return unsafe writeAny(value, target) }
        let padded = found &* powers[16 &- decimals]
        unsafe UnsafeMutableRawPointer(target).storeBytes(
            of: UInt16(0x2E30).littleEndian,
            as: UInt16.self
        )
        let raw = unsafe UnsafeMutableRawPointer(target + 2)
        unsafe raw.storeBytes(of: eightDigits(padded / 100_000_000), as: UInt64.self)
        unsafe (raw + 8).storeBytes(of: eightDigits(padded % 100_000_000), as: UInt64.self)
        return decimals &+ 2
    }

    private static let smallest = Float(sign: .plus, exponent: -13, significand: 1).bitPattern
    private static let one = Float(1).bitPattern
    private static let none = UInt64.max
    private static let tie = UInt64.max - 1

    private static let powers: InlineArray<16, UInt64> = [
        1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
        10_000_000_000, 100_000_000_000, 1_000_000_000_000, 10_000_000_000_000,
        100_000_000_000_000, 1_000_000_000_000_000,
    ]

    /// The nearest number with a count of decimals, as an integer: `none` where it reads back as
    /// another value, `tie` where two are as near.
    @inline(__always)
    private static func candidate(_ significand: UInt64, _ shift: UInt64, _ decimals: Int) -> UInt64
    {
        let power = powers[decimals]
        let exact = significand &* power
        let half = (UInt64(1) << shift) >> 1
        let digits = (exact &+ half) >> shift
        let nearest = digits << shift
        let error = nearest > exact ? nearest &- exact : exact &- nearest
        guard 2 &* error < power else { return none }
        return error == half ? tie : digits
    }

    /// Eight digits as text, the most significant lowest in memory (Khuong, "How to print integers
    /// really fast", 2017).
    @inline(__always)
    private static func eightDigits(_ value: UInt64) -> UInt64 {
        let fours = value / 10000 | (value % 10000) << 32
        let upperPairs = ((fours &* 10486) >> 20) & 0x0000_007F_0000_007F
        let pairs = ((fours &- 100 &* upperPairs) << 16) &+ upperPairs
        let tens = ((pairs &* 103) >> 10) & 0x000F_000F_000F_000F
        let digits = tens &+ ((pairs &- 10 &* tens) << 8)
        return (digits | 0x3030_3030_3030_3030).littleEndian
    }

    @inline(never)
    private static func writeAny(_ value: Float, _ target: UnsafeMutablePointer<UInt8>) -> Int {
        var length = 0
        for byte in value.description.utf8.prefix(room) {
            unsafe target[length] = byte
            length += 1
        }
        return length
    }
}
