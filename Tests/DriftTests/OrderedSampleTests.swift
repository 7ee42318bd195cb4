import Drift
import Testing

@Suite struct OrderedSampleTests {
    @Test(arguments: Shape.allCases, [1, 2, 3, 40, 512])
    func `a thinned sample says how far its ranks are off`(_ shape: Shape, points: Int) throws {
        for count in [1, 2, 100, 5_003] {
            let sample = try OrderedSample(shape.sample(count, seed: 9), role: .reference)
            let thin = sample.thinned(to: points)
            #expect(thin.distinct.count <= points)
            #expect(thin.rowCount == count)
            #expect(Set(sample.distinct).isSuperset(of: thin.distinct))
            #expect(sample.distinct.count > points || thin == sample)
            let gap = try KolmogorovSmirnov(
                reference: sample,
                current: thin,
                method: .asymptotic
            )
            #expect(gap.statistic <= thin.error + 1e-12)
            #expect(gap.certainGap == 0)
            #expect(gap.pValue == 1)
        }
    }

    @Test func `values that many rows have stay as they are`() throws {
        let values = Shape.zeroInflated.sample(10_000, seed: 2)
        let sample = try OrderedSample(values, role: .reference)
        let thin = sample.thinned(to: 512)
        #expect(thin.distinct[0] == 0)
        #expect(thin.counts[0] == sample.counts[0])
        // 6,400 others in 511 groups.
        #expect(thin.rankError <= 7)
    }

    @Test(arguments: Shape.allCases)
    func `merging is sorting all rows`(_ shape: Shape) throws {
        let (one, other) = (shape.sample(1_000, seed: 1), shape.sample(300, seed: 2))
        let merged = try OrderedSample(one, role: .reference)
            .merging(OrderedSample(other, role: .reference))
        #expect(try merged == OrderedSample(one + other, role: .reference))
        let mean = (one + other).reduce(0, +) / 1_300
        #expect(abs(merged.mean - mean) <= 1e-9 * max(1, (one + other).map(abs).reduce(0, +)))
    }

    @Test func `the greatest doubles have a mean`() throws {
        let most = Double.greatestFiniteMagnitude
        let sample = try OrderedSample([most, most, most, most], role: .reference)
        #expect(sample.mean == most)
        let mixed = try OrderedSample([most, most, 0, 0], role: .reference)
        #expect(mixed.mean == most / 2)
    }

    @Test func `what a sketch may be off by is no evidence`() throws {
        var sketch = QuantileSketch(capacity: 64)
        sketch.insert(Shape.uniform.sample(100_000, seed: 3))
        let inexact = try #require(sketch.sample)
        let exact = try OrderedSample(Shape.uniform.sample(100_000, seed: 3), role: .current)
        let test = try KolmogorovSmirnov(reference: inexact, current: exact)
        #expect(test.statistic > 0 && test.certainGap == 0)
        #expect(test.error == inexact.error)
        #expect(test.pValue == 1)
        #expect(throws: DriftError.inexactRanks) {
            try KolmogorovSmirnov(reference: inexact, current: exact, method: .exact)
        }
    }
}
