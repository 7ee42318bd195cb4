import Evaluation
import TestSupport
import Testing

private struct Known: Decodable {
    var labels: [Bool]
    var scores: [Double]
    var area: Double
    var low: Double
    var high: Double
    var p: Double
}

@Suite struct ROCAreaTests {
    @Test func `agrees with scikit-learn, SciPy and DeLong's formula`() throws {
        for known in try fixture("roc_area", as: [Known].self, in: .module) {
            let test = try #require(ROCAreaTest(labels: known.labels, scores: known.scores))
            #expect(agrees(test.area, known.area))
            #expect(agrees(test.interval.low, known.low))
            #expect(agrees(test.interval.high, known.high))
            #expect(abs(test.pValue - known.p) <= 1e-11 * known.p, "\(test.pValue) \(known.p)")
        }
    }

    @Test func `scores that do not differ are chance`() throws {
        let labels = [true, true, false, false, false]
        let test = try #require(ROCAreaTest(labels: labels, scores: [1, 1, 1, 1, 1]))
        #expect(test.area == 0.5 && test.pValue == 1 && test.chanceDeviation == 0)
        #expect(test.interval == ConfidenceInterval(low: 0.5, high: 0.5))
    }

    @Test func `a class of one row says nothing of its spread`() {
        #expect(ROCAreaTest(labels: [true, false, false], scores: [1, 2, 3]) == nil)
        #expect(ROCAreaTest(labels: [], scores: []) == nil)
    }
}
