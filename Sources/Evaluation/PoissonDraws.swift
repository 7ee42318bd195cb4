private import Kernels

/// How often each row counts in one replicate of the Poisson bootstrap.
///
/// Each replicate has a random stream of its own.
struct PoissonDraws {
    private var generator: SeededGenerator
    // Each number is 64 random bits, enough for two rows.
    private var bits: UInt64 = 0
    private var hasSpare = false

    init(seed: UInt64, replicate: Int) {
        generator = SeededGenerator(seed: seed, stream: bootstrapStream + UInt64(replicate))
    }

    /// How often the next row counts: a Poisson(1) number.
    mutating func next() -> Int32 {
        bits = hasSpare ? bits >> 32 : generator.next()
        hasSpare.toggle()
        return poisson(UInt32(truncatingIfNeeded: bits))
    }
}

/// Keeps the bootstrap's random numbers apart from those of other purposes: "boot" in ASCII.
private let bootstrapStream: UInt64 = 0x626F_6F74 << 32

/// 2³² times the chance of a Poisson(1) number being at most 4, at most 5 and so on.
private let rareLimits: [UInt32] = [
    4_279_248_374, 4_292_415_292, 4_294_609_778, 4_294_923_276, 4_294_962_463, 4_294_966_817,
    4_294_967_253, 4_294_967_292,
]

/// A Poisson(1) number from 32 random bits, by inverting the distribution.
private func poisson(_ bits: UInt32) -> Int32 {
    // 2³² times the chance of 0, of at most 1, 2 and 3; 98 % of numbers need no more.
    var number: Int32 = bits < 1_580_030_169 ? 0 : 1
    number += bits < 3_160_060_337 ? 0 : 1
    number += bits < 3_950_075_422 ? 0 : 1
    guard bits >= 4_213_413_783 else { return number }
    number += 1
    for limit in rareLimits where bits >= limit {
        number += 1
    }
    return number
}

extension ConfidenceInterval {
    /// From the 2.5th to the 97.5th percentile of a bootstrap's replicates.
    init(replicates: [Double]) {
        let sorted = replicates.sorted()
        self.init(
            low: quantile(0.025, sorted: sorted),
            high: quantile(0.975, sorted: sorted)
        )
    }
}

/// The quantile by linear interpolation between order statistics (Hyndman and Fan's type 7).
private func quantile(_ share: Double, sorted: [Double]) -> Double {
    let place = Double(sorted.count - 1) * share
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
}
