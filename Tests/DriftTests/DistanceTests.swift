import Drift
import Testing

@Suite struct DistanceTests {
    @Test(arguments: try NumberCase.all())
    func `agrees with SciPy and NumPy`(_ known: NumberCase) throws {
        let (reference, current) = try known.ordered()
        let shares = [0, 0.1, 0.25, 0.5, 0.99, 1]
        for (share, expected) in zip(shares, known.quantiles) {
            #expect(isClose(reference.quantile(share), expected))
        }
        let wasserstein = try Wasserstein(reference: reference, current: current)
        #expect(isClose(wasserstein.distance, known.wasserstein))
        let bins = try QuantileBins(reference)
        #expect(bins.counts(of: reference) == known.bins[0])
        #expect(bins.counts(of: current) == known.bins[1])
        #expect(bins.count == known.bins[0].count)
        let index = try PopulationStabilityIndex(reference: reference, current: current)
        #expect(isClose(index.value, known.stabilityIndex))
        #expect(index.parts.count == bins.count)
        let distance = try JensenShannon(reference: reference, current: current).distance
        // SciPy's own digits: a root of a difference that cancels.
        #expect(abs(distance * distance - known.jensenShannon * known.jensenShannon) < 1e-14)
        #expect(known.jensenShannon < 1e-6 || isClose(distance, known.jensenShannon))
    }

    @Test(arguments: Shape.allCases)
    func `any order gives the same bits, and swapped samples the same distance`(
        _ shape: Shape
    ) throws {
        let values = shape.sample(5_000, seed: 5)
        let one = try OrderedSample(values, role: .reference)
        let again = try OrderedSample(values.reversed(), role: .reference)
        #expect(one == again)
        #expect(one.distinct.map(\.bitPattern) == again.distinct.map(\.bitPattern))
        let other = try OrderedSample(shape.sample(3_000, seed: 6), role: .current)
        let there = try Wasserstein(reference: one, current: other).distance
        let back = try Wasserstein(reference: other, current: one).distance
        #expect(there == back)
        #expect(try Wasserstein(reference: one, current: again).distance == 0)
        #expect(try PopulationStabilityIndex(reference: one, current: again).value == 0)
        #expect(try JensenShannon(reference: one, current: again).distance == 0)
    }

    @Test func `a shift moves Wasserstein's distance by as much`() throws {
        let values = Shape.uniform.sample(4_000, seed: 7)
        let one = try OrderedSample(values, role: .reference)
        let shifted = try OrderedSample(values.map { $0 + 250 }, role: .current)
        #expect(isClose(try Wasserstein(reference: one, current: shifted).distance, 250))
    }

    @Test func `a constant that moves either way is noticed`() throws {
        let seven = try OrderedSample([7, 7, 7, 7], role: .reference)
        for value in [6.0, 8] {
            let moved = try OrderedSample([value, value], role: .current)
            #expect(try PopulationStabilityIndex(reference: seven, current: moved).value > 1)
            #expect(try JensenShannon(reference: seven, current: moved).distance == 1)
        }
    }

    @Test func `bad samples are refused with a reason`() throws {
        let good = try OrderedSample([1, 2], role: .reference)
        let endless = try OrderedSample([1, .infinity], role: .current)
        #expect(throws: DriftError.infinite(.current, row: 1)) {
            try Wasserstein(reference: good, current: endless)
        }
        #expect(throws: DriftError.badBinCount(1)) { try QuantileBins(good, count: 1) }
        #expect(throws: DriftError.emptySample(.current)) {
            try OrderedSample([], role: .current)
        }
        #expect(throws: DriftError.notANumber(.reference, row: 1)) {
            try OrderedSample([1, .nan], role: .reference)
        }
    }
}
