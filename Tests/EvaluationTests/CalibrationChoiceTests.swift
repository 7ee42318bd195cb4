import Evaluation
import Foundation
import Kernels
import Testing

@Suite struct CalibrationChoiceTests {
    /// Rows with true probabilities p, and what a network with a bent idea of them says.
    static func rows(
        _ count: Int,
        seed: UInt64,
        says: (Double) -> Double
    ) -> (labels: [Bool], said: [Double]) {
        let truth = SimulatedRows(count: count, seed: seed)
        return (truth.labels, truth.probabilities.map(says))
    }

    /// σ(slope · logit(p) + shift).
    static func bent(slope: Double, shift: Double) -> (Double) -> Double {
        { p in
            let odds = Elementary.exp(slope * Elementary.log(p / (1 - p)) + shift)
            return min(1, odds / (1 + odds))
        }
    }

    @Test(arguments: 1 ... 6)
    func `calibrated probabilities stay as they are or come out close`(seed: UInt64) throws {
        let (labels, said) = Self.rows(3_000, seed: seed) { $0 }
        let choice = try CalibrationChoice(labels: labels, probabilities: said, seed: 42)
        #expect(choice.candidates.map(\.method) == Calibration.Method.allCases)
        // By one standard error a method that does nothing wins one time in six.
        for probability in [0.05, 0.1, 0.3, 0.5, 0.8] {
            let shown = choice.calibration.applied(to: probability)
            #expect(abs(shown - probability) < 0.06, "\(choice.chosen)")
        }
    }

    @Test func `an overconfident network gets a temperature or a curve`() throws {
        let (labels, said) = Self.rows(3_000, seed: 1, says: Self.bent(slope: 2.5, shift: 0))
        let choice = try CalibrationChoice(labels: labels, probabilities: said, seed: 42)
        #expect([.temperature, .platt].contains(choice.chosen))
        let before = try #require(choice.candidates.first)
        let after = try #require(choice.candidates.first { $0.method == choice.chosen })
        #expect(after.logLoss < before.logLoss)
        #expect(after.ece < before.ece / 2)
        #expect(after.improvement > 3 * after.standardError)
        #expect(agrees(after.improvement, before.logLoss - after.logLoss))
        #expect(
            abs(choice.calibration.applied(to: Self.bent(slope: 2.5, shift: 0)(0.3)) - 0.3) < 0.05
        )
    }

    @Test func `a shifted network gets Platt's curve`() throws {
        let (labels, said) = Self.rows(3_000, seed: 2, says: Self.bent(slope: 1, shift: 2))
        let choice = try CalibrationChoice(labels: labels, probabilities: said, seed: 42)
        #expect(choice.chosen == .platt)
    }

    @Test func `a network wrong in no simple shape gets the isotonic curve`() throws {
        let (labels, said) = Self.rows(6_000, seed: 3) { p in
            p < 0.2 ? 0.9 * p : 0.7 + 0.1 * p + (p > 0.6 ? 0.2 * (p - 0.6) : 0)
        }
        let choice = try CalibrationChoice(labels: labels, probabilities: said, seed: 42)
        #expect(choice.chosen == .isotonic)
    }

    @Test func `no calibration is judged as the report judges it`() throws {
        let (labels, said) = Self.rows(1_000, seed: 4, says: Self.bent(slope: 2, shift: 0))
        let choice = try CalibrationChoice(labels: labels, probabilities: said, seed: 42)
        let metrics = try headlineMetrics(labels: labels, probabilities: said)
        let none = try #require(choice.candidates.first)
        #expect(none.method == .none)
        #expect(none.logLoss == metrics[.logLoss]?.value)
        #expect(none.ece == metrics[.ece]?.value)
        #expect(none.improvement == 0 && none.standardError == 0)
        #expect(choice.rows == 1_000 && choice.positives == labels.count { $0 })
    }

    @Test func `the chosen calibrator is the one fitted on all rows`() throws {
        let (labels, said) = Self.rows(2_000, seed: 5, says: Self.bent(slope: 1, shift: 2))
        let choice = try CalibrationChoice(labels: labels, probabilities: said, seed: 42)
        #expect(
            choice.calibration == .platt(try PlattScaling(labels: labels, probabilities: said))
        )
    }

    @Test func `the order of rows changes no bit, the seed does`() throws {
        let (labels, said) = Self.rows(800, seed: 6, says: Self.bent(slope: 2, shift: 1))
        let rounded = said.map { ($0 * 50).rounded() / 50 }
        let choice = try CalibrationChoice(labels: labels, probabilities: rounded, seed: 42)
        #expect(
            try CalibrationChoice(
                labels: labels.reversed(),
                probabilities: rounded.reversed(),
                seed: 42
            ) == choice
        )
        #expect(try CalibrationChoice(labels: labels, probabilities: rounded, seed: 43) != choice)
    }

    @Test(arguments: [
        (positives: 0, negatives: 50), (50, 0), (9, 50), (50, 9), (1, 0), (1, 1),
    ])
    func `too few rows of a class stay uncalibrated`(positives: Int, negatives: Int) throws {
        let labels = (0 ..< positives + negatives).map { $0 < positives }
        let choice = try CalibrationChoice(
            labels: labels,
            probabilities: labels.map { $0 ? 0.2 : 0.8 },
            seed: 42
        )
        #expect(choice.chosen == .none)
        #expect(choice.candidates.map(\.method) == [.none])
        #expect(choice.candidates.allSatisfy { $0.logLoss.isFinite && $0.ece.isFinite })
    }

    @Test func `ten rows of each class are enough`() throws {
        let labels = (0 ..< 20).map { $0 < 10 }
        let choice = try CalibrationChoice(
            labels: labels,
            probabilities: labels.indices.map { [0.4, 0.99, 1, 0][$0 % 4] },
            seed: 42
        )
        #expect(choice.candidates.map(\.method) == Calibration.Method.allCases)
        #expect(choice.candidates.allSatisfy { $0.logLoss.isFinite && $0.ece.isFinite })
        #expect(choice.chosen != .none)
    }

    @Test func `no rows leave nothing to judge`() throws {
        let choice = try CalibrationChoice(labels: [], probabilities: [], seed: 42)
        #expect(choice.chosen == .none)
        #expect(choice.candidates.isEmpty)
        #expect(throws: EvaluationError.lengthsDiffer(labels: 1, probabilities: 0)) {
            try CalibrationChoice(labels: [true], probabilities: [], seed: 42)
        }
    }

    @Test func `JSON gives it back`() throws {
        let (labels, said) = Self.rows(500, seed: 7, says: Self.bent(slope: 3, shift: 1))
        let choice = try CalibrationChoice(labels: labels, probabilities: said, seed: 42)
        let written = try JSONEncoder().encode(choice)
        #expect(try JSONDecoder().decode(CalibrationChoice.self, from: written) == choice)
    }
}
