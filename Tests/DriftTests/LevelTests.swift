import Drift
import TestSupport
import Testing

/// Counts of levels with what SciPy makes of them.
struct LevelCase: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var reference: [Int]
    var current: [Int]
    var degreesOfFreedom: Int
    var chiSquared: [Double]
    var g: [Double]
    var cramersV: Double
    var stabilityIndex: Double
    var jensenShannon: Double

    var testDescription: String { name }

    static func all() throws -> [LevelCase] { try fixture("levels", as: [Self].self, in: .module) }
}

@Suite struct LevelTests {
    @Test(arguments: try LevelCase.all())
    func `agrees with SciPy`(_ known: LevelCase) throws {
        let chi = try ChiSquared(reference: known.reference, current: known.current)
        #expect(chi.degreesOfFreedom == known.degreesOfFreedom)
        #expect(isClose(chi.statistic, known.chiSquared[0]))
        #expect(agrees(chi.pValue, known.chiSquared[1]), "\(chi.pValue)")
        #expect(isClose(chi.cramersV, known.cramersV))
        let g = try GTest(reference: known.reference, current: known.current)
        #expect(g.degreesOfFreedom == known.degreesOfFreedom)
        #expect(isClose(g.statistic, known.g[0]))
        #expect(agrees(g.pValue, known.g[1]), "\(g.pValue)")
        let index = try PopulationStabilityIndex(
            reference: known.reference,
            current: known.current
        )
        #expect(isClose(index.value, known.stabilityIndex))
        let distance = try JensenShannon(reference: known.reference, current: known.current)
        #expect(known.jensenShannon < 1e-6 || isClose(distance.distance, known.jensenShannon))
    }

    @Test(arguments: try LevelCase.all())
    func `swapped samples and other orders of levels give the same`(_ known: LevelCase) throws {
        let chi = try ChiSquared(reference: known.reference, current: known.current)
        let swapped = try ChiSquared(reference: known.current, current: known.reference)
        #expect(isClose(chi.statistic, swapped.statistic))
        let turned = try ChiSquared(
            reference: known.reference.reversed(),
            current: known.current.reversed()
        )
        #expect(isClose(chi.statistic, turned.statistic))
        let one = try JensenShannon(reference: known.reference, current: known.current)
        let other = try JensenShannon(reference: known.current, current: known.reference)
        #expect(one == other)
    }

    @Test func `codes are counted, unseen ones as a level, missing ones apart`() throws {
        let reference = LevelCounts(codes: [0, 0, 1, 1, -1], levels: 2)
        let current = LevelCounts(codes: [0, 1, -2, 5, -1, -1], levels: 2)
        #expect(reference == LevelCounts(listed: [2, 2], unseen: 0, missing: 1))
        #expect(current == LevelCounts(listed: [1, 1], unseen: 2, missing: 2))
        #expect(current.rows == 6)
        let test = try ChiSquared(reference: reference, current: current)
        #expect(test == (try ChiSquared(reference: [2, 2, 0], current: [1, 1, 2])))
        #expect(test.degreesOfFreedom == 2)
        let g = try GTest(reference: reference, current: current)
        #expect(g == (try GTest(reference: [2, 2, 0], current: [1, 1, 2])))
    }

    @Test func `bad counts are refused with a reason`() {
        #expect(throws: DriftError.lengthsDiffer(reference: 2, current: 1)) {
            try ChiSquared(reference: [1, 2], current: [3])
        }
        #expect(throws: DriftError.negativeCount(.current, place: 1, count: -2)) {
            try GTest(reference: [1, 2], current: [3, -2])
        }
        #expect(throws: DriftError.emptySample(.reference)) {
            try JensenShannon(reference: [0, 0], current: [1, 2])
        }
        #expect(throws: DriftError.emptySample(.current)) {
            try PopulationStabilityIndex(reference: [1], current: [0])
        }
    }
}
