import Evaluation
import Testing

@Suite struct CurveTests {
    @Test(arguments: try ScikitLearnCase.all())
    func `ROC and precision-recall curves equal scikit-learn's`(rows: ScikitLearnCase) throws {
        guard let roc = rows.roc, let precisionRecall = rows.precisionRecall else { return }
        let report = try rows.report()
        try #require(report.roc.count == roc.count)
        for (point, expected) in zip(report.roc, roc) {
            #expect(agrees(point.falsePositiveRate, expected[0]))
            #expect(agrees(point.truePositiveRate, expected[1]))
        }
        try #require(report.precisionRecall.count == precisionRecall.count)
        for (point, expected) in zip(report.precisionRecall, precisionRecall) {
            #expect(agrees(point.recall, expected[0]))
            #expect(agrees(point.precision, expected[1]))
        }
        #expect(report.roc.first?.threshold == nil)
        #expect(report.roc.last?.threshold == rows.probabilities.min())
    }

    @Test func `curves of many rows are thinned and keep their ends and area`() throws {
        let rows = SimulatedRows(count: 5_000, seed: 3)
        let report = try rows.report()
        #expect((150 ... 200).contains(report.roc.count))
        #expect((150 ... 200).contains(report.precisionRecall.count))
        #expect((150 ... 200).contains(report.profit.curve.count))
        #expect(report.roc.first?.truePositiveRate == 0)
        #expect(report.roc.last?.truePositiveRate == 1)
        #expect(report.roc.last?.falsePositiveRate == 1)
        #expect(report.profit.curve.last?.share == 1)
        var area = 0.0
        for (a, b) in zip(report.roc, report.roc.dropFirst()) {
            #expect(a.falsePositiveRate <= b.falsePositiveRate)
            #expect(a.truePositiveRate <= b.truePositiveRate)
            area +=
                (b.falsePositiveRate - a.falsePositiveRate)
                * (a.truePositiveRate + b.truePositiveRate) / 2
        }
        let exact = try #require(report.metrics[.rocAUC]?.value)
        #expect(abs(area - exact) < 0.001)
    }

    @Test func `curves of one class are empty`() throws {
        let negatives = try evaluate(labels: [false, false], probabilities: [0.1, 0.2])
        #expect(negatives.roc.isEmpty)
        #expect(negatives.precisionRecall.isEmpty)
        let positives = try evaluate(labels: [true, true], probabilities: [0.1, 0.2])
        #expect(positives.roc.isEmpty)
        #expect(positives.precisionRecall.map(\.precision) == [1, 1, 1])
    }
}
