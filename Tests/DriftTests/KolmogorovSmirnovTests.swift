import Drift
import TestSupport
import Testing

private struct Chances: Decodable {
    var exact: [[Double]]
    var asymptotic: [[Double]]
}

@Suite struct KolmogorovSmirnovTests {
    @Test(arguments: try NumberCase.all())
    func `agrees with SciPy`(_ known: NumberCase) throws {
        let exact = try KolmogorovSmirnov(
            reference: known.reference,
            current: known.current,
            method: .exact
        )
        #expect(abs(exact.statistic - known.statistic) < 1e-15)
        #expect(agrees(exact.pValue, known.exact), "\(exact.pValue) for \(known.exact)")
        let asymptotic = try KolmogorovSmirnov(
            reference: known.reference,
            current: known.current,
            method: .asymptotic
        )
        if let expected = known.asymptotic {
            #expect(agrees(asymptotic.pValue, expected), "\(asymptotic.pValue) for \(expected)")
        }
        #expect(asymptotic.method == .asymptotic)
        let samples = try known.ordered()
        let sorted = try KolmogorovSmirnov(
            reference: samples.reference,
            current: samples.current
        )
        #expect(sorted == exact)
    }

    @Test func `exact chances agree with SciPy`() throws {
        for row in try fixture("kolmogorov", as: Chances.self, in: .module).exact {
            let (n, m) = (Int(row[0]), Int(row[1]))
            let chance = LatticePaths(n, m).chance(atLeast: Int(row[2]))
            #expect(agrees(chance, row[3]), "\(row): \(chance)")
            #expect(LatticePaths(m, n).chance(atLeast: Int(row[2])) == chance)
        }
    }

    @Test func `asymptotic chances agree with SciPy's kstwo`() throws {
        for row in try fixture("kolmogorov", as: Chances.self, in: .module).asymptotic {
            let chance = KolmogorovDistribution(rows: Int(row[0])).chance(above: row[1])
            #expect(agrees(chance, row[2]), "\(row): \(chance)")
        }
    }

    @Test(arguments: [0.8, 1.5, 3, 9])
    func `a thinned Smirnov sum is the whole one`(_ scaled: Double) {
        let rows = 40_000
        let distribution = KolmogorovDistribution(rows: rows)
        let distance = scaled / Double(rows).squareRoot()
        let thinned = distribution.oneSidedChance(above: distance)
        let whole = distribution.oneSidedChance(above: distance, step: 1)
        #expect(abs(thinned - whole) <= 1e-12 * whole)
    }

    /// Sizes below and above the one from which buckets are used, ties of all kinds.
    @Test(arguments: [1, 10, 300, 2_000, 2_500, 30_000], Shape.allCases)
    func `the search finds what a plain loop finds`(count: Int, shape: Shape) throws {
        for (other, shift) in [(count, 0.0), (max(1, count / 3), 0.05), (count + 7, 3)] {
            let reference = shape.sample(count, seed: 1)
            let current = shape.sample(other, seed: 2).map { $0 + shift }
            var plain = WidestGap(referenceCount: count, currentCount: other)
            plain.merge(reference.sorted(), current.sorted())
            let range = try ValueRange(reference, role: .reference)
                .union(ValueRange(current, role: .current))
            #expect(GapSearch(reference, current, range: range).widest == plain)
            #expect(count > 300 || plain.gap == plainGap(reference, current, plain))
            let sorted = try OrderedSample(reference, role: .reference)
            #expect(sorted.rows == reference.sorted())
        }
    }

    @Test(arguments: Shape.allCases)
    func `any order gives the same bits, and swapped samples the same chance`(
        _ shape: Shape
    ) throws {
        let reference = shape.sample(20_000, seed: 3)
        let current = shape.sample(15_000, seed: 4)
        let found = try KolmogorovSmirnov(reference: reference, current: current)
        let other = try KolmogorovSmirnov(
            reference: reference.sorted(by: >),
            current: current.reversed()
        )
        #expect(found == other)
        #expect(found.location?.bitPattern == other.location?.bitPattern)
        let swapped = try KolmogorovSmirnov(reference: current, current: reference)
        #expect(swapped.statistic == found.statistic)
        #expect(swapped.pValue == found.pValue)
        #expect(found.location == nil || swapped.isReferenceBelow != found.isReferenceBelow)
        #expect(swapped.location == found.location)
    }

    @Test func `says where and in which direction`() throws {
        let test = try KolmogorovSmirnov(reference: [1, 2, 3, 4], current: [3, 4, 5, 6])
        #expect(test.statistic == 0.5)
        #expect(test.location == 2)
        #expect(test.isReferenceBelow)
        let same = try KolmogorovSmirnov(reference: [1, 2], current: [2, 1])
        #expect(same.location == nil)
        #expect(same.pValue == 1)
    }

    @Test func `takes infinite values`() throws {
        let one =
            [Double](repeating: -.infinity, count: 3_000)
            + [Double](repeating: .infinity, count: 3_000)
        let test = try KolmogorovSmirnov(reference: one, current: [0, .infinity])
        #expect(test.statistic == 0.5)
        #expect(test.location == -.infinity)
    }

    @Test func `bad samples are refused with a reason`() {
        #expect(throws: DriftError.emptySample(.reference)) {
            try KolmogorovSmirnov(reference: [], current: [1])
        }
        #expect(throws: DriftError.emptySample(.current)) {
            try KolmogorovSmirnov(reference: [1], current: [])
        }
        for row in 0 ..< 20 {
            var values = [Double](repeating: 1, count: 20)
            values[row] = .nan
            #expect(throws: DriftError.notANumber(.current, row: row)) {
                try KolmogorovSmirnov(reference: [1], current: values)
            }
        }
        #expect(throws: DriftError.tooLargeForExact(rows: 10_001, limit: 10_000)) {
            try KolmogorovSmirnov(
                reference: [1],
                current: [Double](repeating: 1, count: 10_001),
                method: .exact
            )
        }
    }
}

/// The definition: the gap at every value.
private func plainGap(_ reference: [Double], _ current: [Double], _ units: WidestGap) -> Int {
    var widest = 0
    for value in (reference + current).sorted() {
        let gap =
            reference.count { $0 <= value } * units.rise - current.count { $0 <= value }
            * units.fall
        if gap.magnitude > widest.magnitude { widest = gap }
    }
    return widest
}
