/// Eight random numbers at a time, for dropout.
///
/// Each lane is Marsaglia's xorshift of 128 bits ("Xorshift RNGs", Journal of Statistical Software 8, 2003)
/// with a state of its own, which a `SeededGenerator` draws. It has no rotation, which AVX2 lacks, and so
/// costs nine instructions for eight numbers.
public struct LaneGenerator: Sendable {
    private var a: SIMD8<UInt32>
    private var b: SIMD8<UInt32>
    private var c: SIMD8<UInt32>
    private var d: SIMD8<UInt32>

    /// Draws the state from a generator.
    public init(from generator: inout SeededGenerator) {
        func state() -> SIMD8<UInt32> {
            var state = SIMD8<UInt32>.zero
            for lane in 0 ..< 8 { state[lane] = UInt32(truncatingIfNeeded: generator.next() >> 32) }
            return state
        }
        a = state()
        b = state()
        c = state()
        // A state of zeros would stay so.
        d = state() | 1
    }

    /// Eight numbers, each uniform over all 32-bit patterns.
    @inline(__always)
    public mutating func next() -> SIMD8<UInt32> {
        var mixed = a ^ (a &<< 11)
        mixed ^= mixed &>> 8
        a = b
        b = c
        c = d
        d = d ^ (d &>> 19) ^ mixed
        return d
    }
}
