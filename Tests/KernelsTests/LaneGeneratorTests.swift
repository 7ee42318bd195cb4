import Kernels
import Testing

@Suite struct LaneGeneratorTests {
    /// Drawn eights of a seed.
    private func drawn(_ count: Int, seed: UInt64) -> [SIMD8<UInt32>] {
        var seeds = SeededGenerator(seed: seed)
        var lanes = LaneGenerator(from: &seeds)
        return (0 ..< count).map { _ in lanes.next() }
    }

    /// The published recurrence: t = x ^ (x << 11), w ^= (w >> 19) ^ t ^ (t >> 8).
    @Test func `each lane is Marsaglia's generator`() {
        var seeds = SeededGenerator(seed: 3)
        let state = (0 ..< 4).map { _ in (0 ..< 8).map { _ in UInt32(seeds.next() >> 32) } }
        let numbers = drawn(100, seed: 3)
        for lane in 0 ..< 8 {
            var (x, y, z, w) = (state[0][lane], state[1][lane], state[2][lane], state[3][lane] | 1)
            for number in numbers {
                let t = x ^ (x << 11)
                (x, y, z) = (y, z, w)
                w ^= (w >> 19) ^ t ^ (t >> 8)
                #expect(number[lane] == w)
            }
        }
    }

    @Test func `the seed decides, and lanes differ`() {
        #expect(drawn(100, seed: 1) == drawn(100, seed: 1))
        #expect(drawn(100, seed: 1) != drawn(100, seed: 2))
        let numbers = drawn(100, seed: 1)
        for lane in 1 ..< 8 {
            #expect(!numbers.contains { $0[lane] == $0[0] })
        }
    }

    @Test func `numbers fill the range evenly in every lane and bit`() {
        let numbers = drawn(20_000, seed: 11)
        for lane in 0 ..< 8 {
            let mean = numbers.reduce(0) { $0 + Double($1[lane]) * 0x1p-32 } / 20_000
            // Five standard deviations of the mean of uniform numbers, and of a fair coin.
            #expect(abs(mean - 0.5) < 0.0103)
            for bit in 0 ..< 32 {
                let ones = numbers.count { $0[lane] >> UInt32(bit) & 1 == 1 }
                #expect(abs(ones - 10_000) < 354, "lane \(lane), bit \(bit)")
            }
        }
    }
}
