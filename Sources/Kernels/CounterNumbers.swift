/// Random numbers by their place: no state, so that any thread may ask for any of them in any order.
///
/// The number at a place is SplitMix64's output (Steele, Lea and Flood, "Fast splittable pseudorandom number
/// generators", OOPSLA 2014) for a state of which seed, purpose and place are mixed.
///
/// ```swift
/// let drawn = CounterNumbers(seed: 42, purpose: 1)
/// let isSeen = drawn[17] < 0.8
/// ```
public struct CounterNumbers: Sendable {
    private let key: UInt64

    /// Numbers for one purpose.
    ///
    /// - Parameters:
    ///   - seed: Random seed of everything that is drawn.
    ///   - purpose: Keeps the drawings of one seed apart.
    public init(seed: UInt64, purpose: UInt64) {
        key = Self.mixed(Self.mixed(seed) ^ purpose)
    }

    /// The number at a place, uniform in [0, 1), a multiple of 2⁻⁵³.
    @inline(__always)
    public subscript(place: UInt64) -> Double {
        Double(Self.mixed(key ^ place) >> 11) * 0x1p-53
    }

    /// SplitMix64's output for a state.
    @inline(__always)
    private static func mixed(_ state: UInt64) -> UInt64 {
        var mixer = SplitMix64(state: state)
        return mixer.next()
    }
}
