import Evaluation
import Foundation
import Kernels
import Testing

@Suite struct ConformalTests {
    /// Ascending probabilities 1/(n+1)…n/(n+1) of one class, and one customer of the other.
    static func ladder(_ count: Int, leaves: Bool, coverage: Double) throws -> ConformalClassifier {
        try ConformalClassifier(
            labels: Array(repeating: leaves, count: count) + [!leaves],
            probabilities: (1 ... count).map { Double($0) / Double(count + 1) } + [0.5],
            coverage: coverage
        )
    }

    /// The rank is ⌊(1 − coverage)(n + 1)⌋ of the decimal coverage.
    @Test(arguments: [
        (1, 0.9, 0), (8, 0.9, 0), (9, 0.9, 1), (10, 0.9, 1), (18, 0.9, 1), (19, 0.9, 2),
        (99, 0.9, 10), (999, 0.9, 100), (19, 0.95, 1), (18, 0.95, 0), (9, 0.7, 3), (9, 0.3, 7),
        (99, 0.55, 45), (99, 0.58, 42), (1, 0.5, 1), (3, 0.5, 2), (2, 0.01, 2), (5, 0.999, 0),
        (2, 1e-300, 2),
        (9_999, 0.999, 10), (99_999, 0.9, 10_000),
    ])
    func `cuts have the exact rank`(count: Int, coverage: Double, rank: Int) throws {
        let leavers = try Self.ladder(count, leaves: true, coverage: coverage)
        let stayers = try Self.ladder(count, leaves: false, coverage: coverage)
        let step = 1 / Double(count + 1)
        #expect(leavers.leavesFrom == (rank > 0 ? Double(rank) / Double(count + 1) : 0))
        #expect(abs(stayers.staysUpTo - (rank > 0 ? 1 - Double(rank) * step : 1)) < 1e-12)
        #expect(leavers.leavers == count && leavers.stayers == 1)
        #expect(stayers.leavers == 1 && stayers.stayers == count)
    }

    @Test func `the p-value of a label says the same as its cut`() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0 ..< 200 {
            let count = 1 + generator.below(40)
            // Coarse, so that there are ties.
            let probabilities = (0 ..< count).map { _ in Double(generator.below(11)) / 10 }
            let labels = probabilities.map { generator.uniform() < $0 }
            let classifier = try ConformalClassifier(
                labels: labels,
                probabilities: probabilities,
                coverage: 0.8
            )
            for asked in (0 ... 20).map({ Double($0) / 20 }) {
                let rows = zip(labels, probabilities)
                let leaversAtMost = rows.count { $0 && $1 <= asked }
                let stayersAtLeast = rows.count { !$0 && $1 >= asked }
                // p-value (r + 1) / (n + 1) > 0.2, in whole numbers.
                #expect(
                    classifier.mayLeave(asked)
                        == (5 * (leaversAtMost + 1) > labels.count { $0 } + 1)
                )
                #expect(
                    classifier.mayStay(asked)
                        == (5 * (stayersAtLeast + 1) > labels.count { !$0 } + 1)
                )
            }
        }
    }

    /// A model that is neither calibrated nor good: what it says of leavers and of stayers.
    static func says(_ leaves: Bool, _ generator: inout SeededGenerator) -> Double {
        let uniform = generator.uniform()
        return leaves ? uniform.squareRoot() : uniform * uniform
    }

    /// For continuous probabilities each class is covered with the chance 1 − ⌊α(n + 1)⌋ / (n + 1).
    @Test(arguments: [(12, 30, 0.9), (9, 57, 0.9), (40, 25, 0.75), (5, 100, 0.95)])
    func `the mean coverage is the exact one`(
        leavers: Int,
        stayers: Int,
        coverage: Double
    ) throws {
        let repetitions = 4_000
        let labels = (0 ..< leavers + stayers).map { $0 < leavers }
        var generator = SeededGenerator(seed: 7)
        var found = [false: [Double](), true: []]
        for _ in 0 ..< repetitions {
            let classifier = try ConformalClassifier(
                labels: labels,
                probabilities: labels.map { Self.says($0, &generator) },
                coverage: coverage
            )
            let judged = (0 ..< 40).map { $0 < 20 }
            let report = try CoverageReport(
                labels: judged,
                probabilities: judged.map { Self.says($0, &generator) },
                classifier: classifier
            )
            found[true]?.append(try #require(report.coverageOfLeavers))
            found[false]?.append(try #require(report.coverageOfStayers))
        }
        for (leaves, count) in [(true, leavers), (false, stayers)] {
            let shares = try #require(found[leaves])
            let mean = shares.reduce(0, +) / Double(repetitions)
            let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let error = (squares / Double(repetitions - 1) / Double(repetitions)).squareRoot()
            let rank = ((1 - coverage) * Double(count + 1) + 1e-9).rounded(.down)
            let expected = 1 - rank / Double(count + 1)
            #expect(expected >= coverage - 1e-12)
            #expect(abs(mean - expected) <= 3 * error, "\(mean) for \(expected) ± \(error)")
        }
    }

    @Test(arguments: 1 ... 20)
    func `a higher probability never speaks more for staying`(seed: UInt64) throws {
        let rows = SimulatedRows(count: 200, seed: seed)
        let classifier = try ConformalClassifier(
            labels: rows.labels,
            probabilities: rows.probabilities,
            coverage: 0.5 + Double(seed) / 45
        )
        let order: [Certainty: Int] = [.certainToStay: 0, .unclear: 1, .certainToLeave: 2]
        let ranks = (0 ... 1_000).map { order[classifier.certainty(of: Double($0) / 1_000)] ?? -1 }
        #expect(ranks == ranks.sorted())
    }

    @Test func `rows on a cut are inside`() throws {
        // 19 leavers, all at 0.6: the second smallest is 0.6 too; likewise the stayers.
        let classifier = try ConformalClassifier(
            labels: (0 ..< 38).map { $0 < 19 },
            probabilities: (0 ..< 38).map { $0 < 19 ? 0.6 : 0.3 }
        )
        #expect(classifier.leavesFrom == 0.6 && classifier.staysUpTo == 0.3)
        #expect(classifier.certainty(of: 0.6) == .certainToLeave)
        #expect(classifier.certainty(of: 0.3) == .certainToStay)
        #expect(classifier.certainty(of: 0.6.nextDown) == .unclear)
        #expect(classifier.certainty(of: 0.3.nextUp) == .unclear)
        // As a float 0.6 is a little above the double, 0.3 too.
        #expect(classifier.certainty(of: Float(0.6)) == .certainToLeave)
        #expect(classifier.certainty(of: Float(0.3)) == .unclear)
        #expect(classifier.certainty(of: Double.nan) == .unclear)
        #expect(classifier.certainty(of: Float.nan) == .unclear)
    }

    @Test func `where both outcomes are plausible it is unclear`() throws {
        let classifier = try ConformalClassifier(
            labels: (0 ..< 38).map { $0 < 19 },
            probabilities: (0 ..< 38).map { $0 < 19 ? 0.3 : 0.6 }
        )
        #expect(classifier.certainty(of: 0.45) == .unclear)
        #expect(classifier.certainty(of: 0.2) == .certainToStay)
        #expect(classifier.certainty(of: 0.7) == .certainToLeave)
    }

    @Test(arguments: [[], [true], [false], [true, false]])
    func `with next to no rows everything is unclear`(labels: [Bool]) throws {
        let classifier = try ConformalClassifier(
            labels: labels,
            probabilities: labels.map { $0 ? 0.9 : 0.1 }
        )
        #expect(classifier.leavesFrom == 0 && classifier.staysUpTo == 1)
        for probability in [0, 0.1, 0.5, 0.9, 1] {
            #expect(classifier.certainty(of: probability) == .unclear)
        }
    }

    @Test(arguments: [0, 1, -0.1, 1.5, .nan])
    func `a coverage that is none is refused`(coverage: Double) {
        let error = #expect(throws: EvaluationError.self) {
            try ConformalClassifier(labels: [true], probabilities: [0.5], coverage: coverage)
        }
        #expect(error?.description.contains("must lie between 0 and 1") == true)
    }

    @Test func `JSON gives it back, and broken cuts are refused`() throws {
        let rows = SimulatedRows(count: 300, seed: 9)
        let classifier = try ConformalClassifier(
            labels: rows.labels,
            probabilities: rows.probabilities
        )
        let written = try JSONEncoder().encode(classifier)
        #expect(try JSONDecoder().decode(ConformalClassifier.self, from: written) == classifier)
        let broken = #"{"coverage":0.9,"leavesFrom":1.5,"staysUpTo":0.5,"leavers":9,"stayers":9}"#
        let error = #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(ConformalClassifier.self, from: Data(broken.utf8))
        }
        #expect(
            "\(String(describing: error))".contains("leavesFrom is 1.5; it must lie from 0 to 1")
        )
    }
}
