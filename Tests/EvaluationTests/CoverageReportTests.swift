import Evaluation
import Foundation
import Testing

@Suite struct CoverageReportTests {
    /// Leaving is plausible from 0.4 on, staying up to 0.7.
    static func classifier() throws -> ConformalClassifier {
        try ConformalClassifier(
            labels: [true, true, true, false, false, false],
            probabilities: [0.4, 0.8, 0.9, 0.1, 0.2, 0.7],
            coverage: 0.7
        )
    }

    @Test func `rows are counted by class and by answer`() throws {
        let classifier = try Self.classifier()
        #expect(classifier.leavesFrom == 0.4 && classifier.staysUpTo == 0.7)
        let report = try CoverageReport(
            labels: [true, true, true, true, false, false, false, false, false, false],
            probabilities: [0.9, 0.5, 0.4, 0.3, 0.1, 0.2, 0.3, 0.6, 0.7, 0.8],
            classifier: classifier
        )
        #expect(report.target == 0.7)
        #expect(report.rows == 10)
        #expect(report.coverage == 0.8)
        #expect(report.coverageOfLeavers == 0.75)
        #expect(report.coverageOfStayers == 5.0 / 6)
        #expect(report.answers.map(\.certainty) == Certainty.allCases)
        #expect(report.answers.map(\.rows) == [2, 4, 4])
        #expect(report.answers.map(\.share) == [0.2, 0.4, 0.4])
        #expect(report.answers.map(\.leavers) == [1, 1, 2])
        #expect(report[.certainToStay]?.rows == 4)
    }

    @Test func `an absent class has no coverage`() throws {
        let classifier = try Self.classifier()
        let stayers = try CoverageReport(
            labels: [false],
            probabilities: [0.2],
            classifier: classifier
        )
        #expect(stayers.coverage == 1)
        #expect(stayers.coverageOfLeavers == nil)
        #expect(stayers.coverageOfStayers == 1)
        let nobody = try CoverageReport(labels: [], probabilities: [], classifier: classifier)
        #expect(nobody.coverage == nil)
        #expect(nobody.answers.map(\.share) == [nil, nil, nil])
        #expect(throws: EvaluationError.lengthsDiffer(labels: 1, probabilities: 0)) {
            try CoverageReport(labels: [true], probabilities: [], classifier: classifier)
        }
    }

    @Test func `JSON gives it back, with the names of the answers`() throws {
        let rows = SimulatedRows(count: 500, seed: 3)
        let report = try CoverageReport(
            labels: rows.labels,
            probabilities: rows.probabilities,
            classifier: try Self.classifier()
        )
        let written = try JSONEncoder().encode(report)
        #expect(try JSONDecoder().decode(CoverageReport.self, from: written) == report)
        let text = String(decoding: written, as: UTF8.self)
        for name in ["certain_to_leave", "certain_to_stay", "unclear"] {
            #expect(text.contains("\"\(name)\""))
        }
    }
}
