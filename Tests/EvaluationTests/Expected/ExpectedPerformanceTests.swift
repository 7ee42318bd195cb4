import Evaluation
import Foundation
import Kernels
import TestSupport
import Testing

/// Probabilities with what NannyML expects of them; Scripts/fixtures/cbpe.py writes them.
struct NannyMLCase: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var probabilities: [Double]
    var threshold: Double
    var accuracy: Double
    var rocAUC: Double

    var testDescription: String { name }
}

private func expected(
    _ probabilities: [Double],
    threshold: Double = 0.5
) throws -> ExpectedPerformance {
    try ExpectedPerformance(
        probabilities: probabilities,
        threshold: threshold,
        costs: CampaignCosts()
    )
}

@Suite struct ExpectedPerformanceTests {
    @Test(arguments: try fixture("cbpe", as: [NannyMLCase].self, in: .module))
    func `values equal NannyML's`(rows: NannyMLCase) throws {
        let found = try expected(rows.probabilities, threshold: rows.threshold)
        let area = try #require(found.rocAUC)
        #expect(abs(found.accuracy.value - rows.accuracy) < 1e-12)
        #expect(abs(area.value - rows.rocAUC) < 1e-6)
    }

    @Test func `four customers, by hand`() throws {
        let found = try expected([0.1, 0.8, 0.2, 0.5])
        #expect(found.rows == 4)
        #expect(abs(found.leaverRate.value - 0.4) < 1e-15)
        #expect(abs(found.accuracy.value - (0.9 + 0.8 + 0.8 + 0.5) / 4) < 1e-15)
        // Contacted are those of 0.8 and 0.5: 56 for a leaver, −11 for a stayer.
        #expect(abs(found.profit.value - (56 * 1.3 - 11 * 0.7) / 4) < 1e-12)
        // Leavers × stayers below each, themselves by half, over 1.6 × 2.4 pairs.
        let wins = 0.8 * 2.3 + 0.5 * 1.95 + 0.2 * 1.3 + 0.1 * 0.45
        let area = try #require(found.rocAUC)
        #expect(abs(area.value - wins / (1.6 * 2.4)) < 1e-15)
        // The Bernoulli variances are 0.09, 0.16, 0.16 and 0.25.
        let reach = 1.959963984540054 * (0.66 / 16).squareRoot()
        #expect(abs(found.accuracy.interval.low - (0.75 - reach)) < 1e-12)
        #expect(found.accuracy.interval.high == 1)
    }

    /// The interval of an area against a brute-force one: the derivatives by differences.
    @Test func `the area's variances are those of its linear terms`() throws {
        let probabilities = [0.1, 0.2, 0.2, 0.3, 0.45, 0.6, 0.7, 0.7, 0.9]
        // Weights of each row as a leaver and as a stayer.
        func area(_ leavers: [Double], _ stayers: [Double]) -> Double {
            var wins = 0.0
            for (i, p) in probabilities.enumerated() {
                for (j, q) in probabilities.enumerated() {
                    wins += leavers[i] * stayers[j] * (p > q ? 1 : p == q ? 0.5 : 0)
                }
            }
            return wins / (leavers.reduce(0, +) * stayers.reduce(0, +))
        }
        func slope(_ row: Int, leaver: Double, stayer: Double) -> Double {
            let step = 1e-5
            func moved(_ step: Double) -> Double {
                var leavers = probabilities
                var stayers = probabilities.map { 1 - $0 }
                leavers[row] += step * leaver
                stayers[row] += step * stayer
                return area(leavers, stayers)
            }
            return (moved(step) - moved(-step)) / (2 * step)
        }
        var labels = 0.0
        var sampling = 0.0
        for (row, p) in probabilities.enumerated() {
            labels += p * (1 - p) * pow(slope(row, leaver: 1, stayer: -1), 2)
            sampling += pow(slope(row, leaver: p, stayer: 1 - p), 2)
        }
        let found = try #require(try expected(probabilities).rocAUC)
        let reach = (found.value - found.interval.low) / 1.959963984540054
        let ofOthers = try #require(found.next)
        let next = (found.value - ofOthers.low) / 1.959963984540054
        #expect(abs(reach * reach - labels) < 1e-9)
        #expect(abs(next * next - (labels + 2 * sampling * 9 / 8)) < 1e-9)
    }

    @Test(arguments: [0.0, 0.2, 1.0])
    func `of one customer nothing is said about others`(probability: Double) throws {
        let found = try expected([probability])
        #expect(found.rocAUC == nil)
        #expect(found.accuracy.value == max(probability, 1 - probability))
        #expect(found.leaverRate.value == probability)
        for value in [found.leaverRate, found.accuracy, found.profit] {
            #expect(value.interval.low <= value.value && value.value <= value.interval.high)
            #expect(value.next == nil)
        }
    }

    @Test(
        arguments: [[0, 0, 0], [1, 1], [0, .leastNonzeroMagnitude], [1, 1 - 0x1p-53]] as [[Double]]
    )
    func `certain customers of one class have no area and nothing that is no number`(
        probabilities: [Double]
    ) throws {
        let found = try expected(probabilities)
        #expect(found.rocAUC == nil)
        #expect(throws: Never.self) { try JSONEncoder().encode(found) }
    }

    @Test func `a class that is barely expected leaves the area open`() throws {
        let found = try #require(try expected([0, 1e-9, 1e-8, 0]).rocAUC)
        #expect(found.value > 0.5 && found.value <= 1)
        #expect(found.interval == ConfidenceInterval(low: 0, high: 1))
    }

    @Test func `equal probabilities rank by chance`() throws {
        let found = try #require(try expected([Double](repeating: 0.3, count: 50)).rocAUC)
        #expect(abs(found.value - 0.5) < 1e-12)
        #expect(found.interval.high - found.interval.low < 1e-12)
    }

    @Test(arguments: [1, 2] as [UInt64])
    func `the order of rows changes no bit`(seed: UInt64) throws {
        var probabilities = SimulatedRows(count: 500, seed: seed).probabilities
        probabilities += probabilities.prefix(100)
        let found = try expected(probabilities, threshold: 0.3)
        var generator = SeededGenerator(seed: seed)
        generator.shuffle(&probabilities)
        #expect(try expected(probabilities, threshold: 0.3) == found)
    }

    @Test func `an estimate survives JSON`() throws {
        let found = try expected([0.1, 0.7, 0.3])
        let data = try JSONEncoder().encode(found)
        #expect(try JSONDecoder().decode(ExpectedPerformance.self, from: data) == found)
    }

    @Test(
        arguments: [
            ([], 0.5, .noRows),
            ([0.5, 1.5], 0.5, .badProbability(row: 1, value: 1.5)),
            ([0.5], 2, .badThreshold(2)),
        ] as [([Double], Double, EvaluationError)]
    )
    func `arguments that do not fit are refused`(
        probabilities: [Double],
        threshold: Double,
        error: EvaluationError
    ) {
        #expect(throws: error) { try expected(probabilities, threshold: threshold) }
    }

    @Test func `costs that make no sense are refused`() {
        #expect(throws: CampaignCostsError.self) {
            try ExpectedPerformance(
                probabilities: [0.5],
                threshold: 0.5,
                costs: CampaignCosts(offerCost: 300)
            )
        }
    }
}
