import Drift
import Kernels
import Testing

@Suite struct RankBinsTests {
    @Test func `the bins fill the interval without a gap`() {
        var edge = 0.0
        for (bin, width) in RankBins.widths.enumerated() {
            #expect(RankBins.place(of: edge + 1e-9) == bin)
            edge += width
            #expect(RankBins.place(of: edge - 1e-9) == bin)
        }
        #expect(abs(edge - 1) < 1e-12)
        #expect(RankBins.place(of: 1) == 13)
        #expect(RankBins.none.count == 14)
    }

    @Test func `every row is ranked once and joins the bag`() {
        var generator = SeededGenerator(seed: 1)
        var bag = [3, 0, 5]
        let ranks = RankBins.counts(of: [10, 4, 0], adding: &bag, using: &generator)
        #expect(bag == [13, 4, 5])
        #expect(ranks.reduce(0, +) == 14)
        #expect(RankBins.counts(of: [0, 0, 0], adding: &bag, using: &generator) == RankBins.none)
        #expect(bag == [13, 4, 5])
    }

    /// Two rows against a reference of five, with a category that holds half of them: asymptotics are
    /// no help here.
    @Test(arguments: [1, 2, 3] as [UInt64])
    func `ranks are uniform and independent however small the reference`(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        let trials = 60_000
        var pairs = [Int](repeating: 0, count: 14 * 14)
        for trial in 0 ..< trials {
            func row() -> Int { [0, 0, 1, 2][generator.below(4)] }
            var bag = [0, 0, 0, 0]
            for _ in 0 ..< 5 { bag[row()] += 1 }
            var places: [Int] = []
            for look in 0 ..< 2 {
                var counts = [0, 0, 0, 0]
                counts[row()] = 1
                var ties = SeededGenerator(seed: seed, stream: UInt64(2 * trial + look + 1))
                let ranks = RankBins.counts(of: counts, adding: &bag, using: &ties)
                places.append(try #require(ranks.firstIndex(of: 1)))
            }
            pairs[14 * places[0] + places[1]] += 1
        }
        var distance = 0.0
        for (first, width) in RankBins.widths.enumerated() {
            for (second, other) in RankBins.widths.enumerated() {
                let expected = Double(trials) * width * other
                let gap = Double(pairs[14 * first + second]) - expected
                distance += gap * gap / expected
            }
        }
        // Mean 195; cells with 0.06 expected rows add 4 / 0.06 each at times, so the limit is generous.
        #expect(distance < 500, "\(distance)")
        let tenths = (0 ..< 14).map { first in pairs[14 * first ..< 14 * first + 14].reduce(0, +) }
        let test = try ChiSquared(
            reference: tenths,
            current: RankBins.widths.map { Int((1e9 * $0).rounded()) }
        )
        #expect(test.pValue > 1e-3)
    }
}
