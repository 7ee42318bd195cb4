import Evaluation
import Foundation
import Testing

@Suite struct PairedComparisonTests {
    private static func close(_ a: Double?, _ b: Double) -> Bool {
        guard let a else { return false }
        return abs(a - b) <= 1e-9 * max(abs(b), 1e-3)
    }

    @Test(arguments: try ComparisonCase.all())
    func `the test equals scipy's with the corrected variance`(expected: ComparisonCase) throws {
        let found = try PairedComparison(
            differences: expected.differences,
            testTrainRatio: expected.ratio
        )
        #expect(found.folds == expected.differences.count)
        #expect(found.foldsBetter == expected.better)
        #expect(Self.close(found.mean, expected.mean))
        #expect(Self.close(found.standardError, expected.standardError))
        #expect(Self.close(found.interval?.low, expected.low))
        #expect(Self.close(found.interval?.high, expected.high))
        #expect(Self.close(found.pValue, expected.pValue))
        // The interval holds 0 exactly where the test at 5 % says nothing.
        let interval = try #require(found.interval)
        #expect((interval.low <= 0 && interval.high >= 0) == (expected.pValue >= 0.05))
    }

    @Test(arguments: try StudentCase.all())
    func `Student's t equals scipy's`(expected: StudentCase) {
        let student = StudentT(degreesOfFreedom: expected.degrees)
        for (distance, chance) in zip(expected.distances, expected.chances) {
            let found = student.chance(atLeast: distance)
            #expect(abs(found - chance) <= 1e-12, "\(found) for \(chance) at \(distance)")
            #expect(student.chance(atLeast: -distance) == found)
        }
        for (level, quantile) in zip(expected.levels, expected.quantiles) {
            let found = student.distance(withChance: level)
            #expect(abs(found / quantile - 1) <= 1e-10, "\(found) for \(quantile) at \(level)")
        }
        #expect(student.chance(atLeast: .infinity) == 0)
        #expect(student.chance(atLeast: .nan).isNaN)
    }

    @Test func `signs turn with the sides`() throws {
        let differences = [0.01, -0.002, 0.004, 0.003, 0.0]
        let one = try PairedComparison(differences: differences, testTrainRatio: 0.25)
        let other = try PairedComparison(
            differences: differences.map { -$0 },
            testTrainRatio: 0.25
        )
        #expect(one.foldsBetter == 3 && other.foldsBetter == 1)
        #expect(one.mean == -other.mean)
        #expect(one.pValue == other.pValue)
        #expect(one.interval?.low == other.interval.map { -$0.high })
    }

    @Test func `a larger share of test rows widens the interval`() throws {
        let differences = [0.01, -0.002, 0.004, 0.003]
        let widths = try [0, 0.1, 0.25, 1].map { ratio in
            let found = try PairedComparison(differences: differences, testTrainRatio: ratio)
            let interval = try #require(found.interval)
            return interval.high - interval.low
        }
        #expect(widths == widths.sorted() && Set(widths).count == 4)
    }

    @Test func `one fold has a mean alone`() throws {
        let found = try PairedComparison(differences: [0.02], testTrainRatio: 0.25)
        #expect(found.mean == 0.02 && found.folds == 1 && found.foldsBetter == 1)
        #expect(found.standardError == nil && found.interval == nil && found.pValue == nil)
        let written = try JSONEncoder().encode(found)
        #expect(try JSONDecoder().decode(PairedComparison.self, from: written) == found)
    }

    @Test(arguments: [(0.0, 1.0), (0.1, 0.0), (-0.1, 0.0)])
    func `equal differences have no spread`(difference: Double, pValue: Double) throws {
        let found = try PairedComparison(
            differences: Array(repeating: difference, count: 10),
            testTrainRatio: 0.25
        )
        #expect(found.mean == difference)
        #expect(found.standardError == 0)
        #expect(found.interval == ConfidenceInterval(low: difference, high: difference))
        #expect(found.pValue == pValue)
    }

    @Test(
        arguments: [
            ([], 0.25, "no folds"), ([0.1, .nan], 0.25, "fold 1 is nan"),
            ([.infinity], 0.25, "fold 0 is inf"),
            ([0.1], -1, "ratio of test to training rows is -1.0"),
            ([0.1], .nan, "ratio of test to training rows is nan"),
        ] as [([Double], Double, String)]
    )
    func `what cannot be compared is refused`(
        differences: [Double],
        ratio: Double,
        reason: String
    ) {
        let error = #expect(throws: EvaluationError.self) {
            try PairedComparison(differences: differences, testTrainRatio: ratio)
        }
        #expect(error?.description.contains(reason) == true)
    }

    @Test func `JSON gives it back`() throws {
        let found = try PairedComparison(differences: [0.1, 0.3, -0.1], testTrainRatio: 0.5)
        let written = try JSONEncoder().encode(found)
        #expect(try JSONDecoder().decode(PairedComparison.self, from: written) == found)
    }
}
