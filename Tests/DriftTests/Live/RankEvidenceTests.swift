import Drift
import Kernels
import Testing

@Suite struct RankEvidenceTests {
    private static let counts: [[Int]] = [
        RankBins.none,
        [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
        [0, 0, 9, 12, 11, 8, 10, 9, 13, 10, 11, 9, 1, 0],
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 40],
        [10, 90, 900, 900, 950, 1_000, 1_020, 1_030, 1_050, 1_060, 1_080, 990, 100, 11],
        [1_000, 9_000, 90_000, 100_000, 100_000, 100_000, 100_000, 0, 0, 0, 0, 0, 0, 300_000],
    ]

    @Test(arguments: counts)
    func `the capital is a martingale under uniform ranks`(_ counts: [Int]) {
        let now = RankEvidence.logCapital(counts)
        var mean = 0.0
        for (bin, width) in RankBins.widths.enumerated() {
            var next = counts
            next[bin] += 1
            mean += width * Elementary.exp(RankEvidence.logCapital(next) - now)
        }
        #expect(abs(mean - 1) < 1e-6, "\(mean)")
    }

    @Test func `it begins with 1 and pays a large shift in few rows`() {
        #expect(RankEvidence.logCapital(RankBins.none) == 0)
        var shifted = RankBins.none
        shifted[10] = 25
        #expect(RankEvidence.logCapital(shifted) > 25)
    }

    @Test(arguments: counts)
    func `no bet earns more than the best one in hindsight`(_ counts: [Int]) {
        let rows = Double(counts.reduce(0, +))
        var best = 0.0
        for (count, width) in zip(counts, RankBins.widths) where count > 0 {
            best += Double(count) * Elementary.log(Double(count) / (rows * width))
        }
        let capital = RankEvidence.logCapital(counts)
        #expect(capital <= best + 1e-9)
        #expect(capital > best - 120)
    }

    @Test func `sums of numbers far beyond a double's range`() {
        #expect(RankEvidence.logSum([2_000]) == 2_000)
        #expect(abs(RankEvidence.logSum([2_000, 2_000]) - 2_000.6931471805599) < 1e-12)
        #expect(RankEvidence.logSum([-2_000, 5]) == 5)
    }
}
