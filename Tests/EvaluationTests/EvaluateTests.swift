import Evaluation
import Foundation
import Testing

@Suite struct EvaluateTests {
    @Test func `slices repeat the metrics of their rows`() throws {
        let rows = SimulatedRows(count: 900, seed: 4)
        // Level 2 has no rows; every ninth row has no value.
        let codes = rows.labels.indices.map { $0 % 9 == 8 ? -1 : Int32($0 % 2) }
        let column = SliceColumn(
            name: "Country",
            levels: ["France", "Spain", "Rome"],
            codes: codes
        )
        let report = try evaluate(
            labels: rows.labels,
            probabilities: rows.probabilities,
            threshold: 0.3,
            slices: [column],
            replicates: 20
        )
        #expect(report.slices.map(\.column) == ["Country", "Country", "Country"])
        #expect(report.slices.map(\.level) == ["France", "Spain", nil])
        #expect(report.slices.map(\.rows).reduce(0, +) == 900)
        #expect(report.slices.map(\.positives).reduce(0, +) == report.positives)
        let spain = rows.labels.indices.filter { codes[$0] == 1 }
        let expected = try headlineMetrics(
            labels: spain.map { rows.labels[$0] },
            probabilities: spain.map { rows.probabilities[$0] },
            threshold: 0.3
        )
        #expect(report.slices[1].metrics.map(\.value) == expected.map(\.value))
        #expect(report.slices[1].metrics[.brier]?.interval != nil)
    }

    @Test(arguments: [(99, 20, true), (100, 9, true), (100, 10, false), (300, 295, true)])
    func `small levels are flagged`(rows: Int, positives: Int, isSmall: Bool) throws {
        let report = try evaluate(
            labels: (0 ..< rows).map { $0 < positives },
            probabilities: (0 ..< rows).map { Double($0) / Double(rows) },
            slices: [
                SliceColumn(
                    name: "All",
                    levels: ["all"],
                    codes: Array(repeating: 0, count: rows)
                )
            ],
            replicates: 0
        )
        #expect(report.slices.map(\.isSmall) == [isSmall])
    }

    @Test(
        arguments: [
            (
                [], [], 0.5, [],
                "evaluation: there are no rows; give a file with at least one"
            ),
            (
                [true, false], [0.5], 0.5, [],
                "evaluation: 2 labels but 1 probabilities; give one per row"
            ),
            (
                [true, false], [0.5, 1.25], 0.5, [],
                "evaluation: row 1 has the probability 1.25; it must lie from 0 to 1"
            ),
            (
                [true], [.nan], 0.5, [],
                "evaluation: row 0 has the probability nan; it must lie from 0 to 1"
            ),
            (
                [true], [0.5], -0.5, [],
                "evaluation: the threshold is -0.5; it must lie from 0 to 1"
            ),
            (
                [true], [0.5], 0.5, [0, 0],
                "evaluation: slice column \"Country\" has 2 rows; it must have 1"
            ),
            (
                [true], [0.5], 0.5, [3],
                "evaluation: slice column \"Country\" has code 3 in row 0, but only 1 levels; codes must "
                    + "be under that, or negative where missing"
            ),
        ] as [([Bool], [Double], Double, [Int32], String)]
    )
    func `arguments that do not fit are refused`(
        labels: [Bool],
        probabilities: [Double],
        threshold: Double,
        codes: [Int32],
        message: String
    ) {
        #expect {
            try evaluate(
                labels: labels,
                probabilities: probabilities,
                threshold: threshold,
                slices: codes.isEmpty
                    ? [] : [SliceColumn(name: "Country", levels: ["France"], codes: codes)]
            )
        } throws: {
            "\($0)" == message
        }
    }

    @Test(arguments: try ScikitLearnCase.all())
    func `a report survives JSON`(rows: ScikitLearnCase) throws {
        let report = try rows.report(replicates: 10)
        let data = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(EvaluationReport.self, from: data) == report)
    }
}
