import Evaluation
import Foundation
import Kernels
import Testing

private func change(
    _ before: [Double],
    _ after: [Double],
    threshold: Double = 0.5
) throws -> ExpectedProfitChange {
    try ExpectedProfitChange(
        before: before,
        after: after,
        threshold: threshold,
        costs: CampaignCosts()
    )
}

@Suite struct ExpectedProfitChangeTests {
    @Test func `two samples, by hand`() throws {
        // Expected of the contacted: 67 p − 11.
        let found = try change([0.6, 0.1], [0.9, 0.5, 0.2, 0.3])
        #expect(abs(found.before.value - 29.2 / 2) < 1e-12)
        #expect(abs(found.after.value - (49.3 + 22.5) / 4) < 1e-12)
        #expect(abs(found.difference - (17.95 - 14.6)) < 1e-12)
        // Variances of the means: 2 · 14.6² / 2 and what four numbers have around 17.95.
        let first = 14.6 * 14.6
        let gaps: [Double] = [49.3 - 17.95, 22.5 - 17.95, -17.95, -17.95]
        let second = gaps.reduce(0.0) { $0 + $1 * $1 } / 12
        let reach = 1.959963984540054 * (first + second).squareRoot()
        let interval = try #require(found.interval)
        #expect(abs(interval.low - (3.35 - reach)) < 1e-9)
        #expect(abs(interval.high - (3.35 + reach)) < 1e-9)
    }

    @Test func `each side is what the sample alone is expected to earn`() throws {
        let before = SimulatedRows(count: 300, seed: 3).probabilities
        let after = before.map { $0 / 2 }
        let found = try change(before, after, threshold: 0.2)
        for (side, probabilities) in [(found.before, before), (found.after, after)] {
            let alone = try ExpectedPerformance(
                probabilities: probabilities,
                threshold: 0.2,
                costs: CampaignCosts()
            )
            #expect(side == alone.profit)
        }
        #expect(found.difference < 0)
        #expect(try #require(found.interval).high < 0)
    }

    @Test func `swapped samples change the sign and nothing else`() throws {
        let before = SimulatedRows(count: 200, seed: 5).probabilities
        let after = SimulatedRows(count: 90, seed: 6).probabilities
        let there = try change(before, after)
        let back = try change(after, before)
        #expect(there.difference == -back.difference)
        #expect(there.interval?.low == back.interval.map { -$0.high })
    }

    @Test func `the order of rows changes no bit`() throws {
        var before = SimulatedRows(count: 200, seed: 5).probabilities
        var after = SimulatedRows(count: 90, seed: 6).probabilities
        let found = try change(before, after)
        var generator = SeededGenerator(seed: 1)
        generator.shuffle(&before)
        generator.shuffle(&after)
        #expect(try change(before, after) == found)
        let data = try JSONEncoder().encode(found)
        #expect(try JSONDecoder().decode(ExpectedProfitChange.self, from: data) == found)
    }

    @Test func `one customer gives a difference but no interval`() throws {
        let found = try change([0.7], [0.2, 0.9])
        #expect(found.interval == nil)
        #expect(abs(found.difference - (49.3 / 2 - 35.9)) < 1e-12)
    }

    @Test(arguments: [([], [0.5]), ([0.5], [])] as [([Double], [Double])])
    func `an empty sample is refused`(before: [Double], after: [Double]) {
        #expect(throws: EvaluationError.noRows) { try change(before, after) }
    }
}
