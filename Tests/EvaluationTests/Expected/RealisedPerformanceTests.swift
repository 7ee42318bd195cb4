import Evaluation
import Foundation
import Kernels
import Testing

private let day: Int64 = 86_400_000

private func realised(
    _ outcomes: [PredictionOutcome],
    threshold: Double = 0.5
) throws -> RealisedPerformance {
    try RealisedPerformance(outcomes, threshold: threshold, costs: CampaignCosts())
}

@Suite struct RealisedPerformanceTests {
    @Test(
        arguments: [
            (0, "1969-12-29"),
            (-1, "1969-12-29"),
            (4 * day - 1, "1969-12-29"),
            (4 * day, "1970-01-05"),
            (-3 * day, "1969-12-29"),
            (-3 * day - 1, "1969-12-22"),
            // 2024-02-29 12:00, a leap day; 2024-12-31 and 2025-01-05 23:59:59.999, in one ISO week.
            (1_709_208_000_000, "2024-02-26"),
            (1_735_603_200_000, "2024-12-30"),
            (1_736_121_599_999, "2024-12-30"),
            (1_736_121_600_000, "2025-01-06"),
        ] as [(Int64, String)]
    )
    func `weeks begin on Monday, in UTC`(time: Int64, begin: String) throws {
        let found = try realised([PredictionOutcome(time: time, probability: 0.5, left: true)])
        #expect(found.weeks.map(\.begin) == [begin])
    }

    @Test(arguments: [Int64.min, .max])
    func `no moment stops the process`(time: Int64) throws {
        let outcome = PredictionOutcome(time: time, probability: 0.5, left: true)
        #expect(try realised([outcome]).weeks.count == 1)
    }

    @Test func `two weeks, by hand`() throws {
        let monday: Int64 = 1_735_516_800_000
        let found = try realised([
            PredictionOutcome(time: monday + 15 * day, probability: 0.4, left: false),
            PredictionOutcome(time: monday, probability: 0.9, left: true),
            PredictionOutcome(time: monday + 1, probability: 0.6, left: false),
            PredictionOutcome(time: monday + 6 * day, probability: 0.6, left: true),
            PredictionOutcome(time: monday + 7 * day - 1, probability: 0.2, left: true),
        ])
        #expect(found.weeks.map(\.begin) == ["2024-12-30", "2025-01-13"])
        let first = found.weeks[0]
        #expect(first.rows == 4 && first.leavers == 3)
        #expect(first.accuracy == 0.5)
        #expect(first.accuracyInterval == ConfidenceInterval.wilson(successes: 2, trials: 4))
        // The stayer scores 0.6: below 0.9, beside 0.6, above 0.2.
        #expect(first.rocAUC == 0.5)
        #expect(abs(first.profit - (56 * 2 - 11) / 4.0) < 1e-12)
        let second = found.weeks[1]
        #expect(second.rows == 1 && second.leavers == 0)
        #expect(second.accuracy == 1 && second.rocAUC == nil && second.profit == 0)
    }

    @Test func `a week is what its rows give alone`() throws {
        let rows = SimulatedRows(count: 600, seed: 7)
        let outcomes = rows.labels.indices.map {
            PredictionOutcome(
                time: Int64($0) * day / 10,
                probability: rows.probabilities[$0],
                left: rows.labels[$0]
            )
        }
        let found = try realised(outcomes, threshold: 0.3)
        #expect(found.weeks.map(\.rows).reduce(0, +) == 600)
        var start = 0
        for week in found.weeks {
            let mine = start ..< start + week.rows
            start += week.rows
            let report = try evaluate(
                labels: Array(rows.labels[mine]),
                probabilities: Array(rows.probabilities[mine]),
                threshold: 0.3,
                replicates: 0
            )
            #expect(week.leavers == report.positives)
            #expect(week.accuracy == report.confusionAtThreshold.accuracy)
            #expect(week.rocAUC == report.metrics[.rocAUC]?.value)
            #expect(week.profit == report.profit.atThreshold.profit)
            let expected = try ExpectedPerformance(
                probabilities: Array(rows.probabilities[mine]),
                threshold: 0.3,
                costs: CampaignCosts()
            )
            #expect(week.expected == expected)
        }
    }

    @Test func `the order of outcomes changes no bit`() throws {
        let rows = SimulatedRows(count: 200, seed: 8)
        var outcomes = rows.labels.indices.map {
            PredictionOutcome(
                time: Int64($0 % 30) * day,
                probability: rows.probabilities[$0],
                left: rows.labels[$0]
            )
        }
        let found = try realised(outcomes)
        var generator = SeededGenerator(seed: 1)
        generator.shuffle(&outcomes)
        #expect(try realised(outcomes) == found)
        let data = try JSONEncoder().encode(found)
        #expect(try JSONDecoder().decode(RealisedPerformance.self, from: data) == found)
    }

    @Test func `no outcomes, or one that is no probability, are refused`() {
        #expect(throws: EvaluationError.noRows) { try realised([]) }
        #expect(throws: EvaluationError.badThreshold(-1)) {
            try realised([PredictionOutcome(time: 0, probability: 0.5, left: true)], threshold: -1)
        }
        #expect {
            try realised([PredictionOutcome(time: 0, probability: .nan, left: true)])
        } throws: {
            "\($0)" == "evaluation: row 0 has the probability nan; it must lie from 0 to 1"
        }
    }
}
