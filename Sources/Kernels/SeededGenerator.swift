/// A small, fast, documented source of random numbers: the same seed gives the same numbers on
/// every machine and in every version of Retain.
///
/// The algorithm is xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number
/// generators", ACM TOMS 47, 2021), its state filled by SplitMix64 from the seed.
///
/// The methods here are used instead of the standard library's `shuffled(using:)` and
/// `random(in:using:)`, whose algorithms may change with the toolchain.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: (UInt64, UInt64, UInt64, UInt64)

    /// Creates a generator.
    ///
    /// - Parameters:
    ///   - seed: Any number; different seeds give unrelated sequences.
    ///   - stream: Separates purposes that share one seed (split, weights, batch order, bootstrap),
    ///     so that drawing more numbers for one does not change another.
    public init(seed: UInt64, stream: UInt64 = 0) {
        var mixer = SplitMix64(state: seed)
        mixer.state = mixer.next() ^ stream
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// The next 64 random bits.
    public mutating func next() -> UInt64 {
        func rotated(_ x: UInt64, _ k: UInt64) -> UInt64 { x << k | x >> (64 - k) }
        let result = rotated(state.0 &+ state.3, 23) &+ state.0
        let shifted = state.1 << 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = rotated(state.3, 45)
        return result
    }

    /// A number drawn uniformly from `0 ..< bound`, without bias.
    ///
    /// Lemire, "Fast random integer generation in an interval", ACM TOMACS 29, 2019.
    ///
    /// - Precondition: `bound > 0`.
    public mutating func below(_ bound: Int) -> Int {
        precondition(bound > 0, "below: bound must be positive, got \(bound)")
        let bound = UInt64(bound)
        var product = next().multipliedFullWidth(by: bound)
        if product.low < bound {
            let threshold = (0 &- bound) % bound
            while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
        }
        return Int(product.high)
    }

    /// A number drawn uniformly from `[0, 1)`, a multiple of 2⁻⁵³.
    public mutating func uniform() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A permutation of `0 ..< count` (Fisher–Yates, from the last place down).
    ///
    /// - Complexity: O(`count`).
    public mutating func permutation(_ count: Int) -> [Int32] {
        var order = (0 ..< Int32(count)).map(\.self)
        shuffle(&order)
        return order
    }

    /// Puts the elements into a random order (Fisher–Yates, from the last place down).
    ///
    /// - Complexity: O(*n*).
    @inlinable
    public mutating func shuffle<Element>(_ elements: inout [Element]) {
        var last = elements.count - 1
        while last > 0 {
            elements.swapAt(last, below(last + 1))
            last -= 1
        }
    }
}

/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
struct SplitMix64 {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
