import Evaluation
import Testing

@Suite struct MetricTests {
    @Test(arguments: try ScikitLearnCase.all())
    func `headline metrics equal scikit-learn's`(rows: ScikitLearnCase) throws {
        let report = try rows.report()
        #expect(report.metrics.map(\.name) == MetricName.allCases)
        for metric in report.metrics {
            let expected = try #require(rows.metrics[metric.name.rawValue])
            #expect(
                agrees(metric.value, expected),
                "\(metric.name): \(String(describing: metric.value)) for \(String(describing: expected))"
            )
            #expect(metric.interval == nil)
        }
    }

    @Test(arguments: try ScikitLearnCase.all())
    func `confusion matrices equal scikit-learn's`(rows: ScikitLearnCase) throws {
        let report = try rows.report()
        for (matrix, expected) in [
            (report.confusionAtHalf, rows.confusionAtHalf),
            (report.confusionAtThreshold, rows.confusionAtThreshold),
        ] {
            #expect(
                [
                    matrix.truePositives, matrix.falsePositives, matrix.trueNegatives,
                    matrix.falseNegatives,
                ] == expected
            )
            #expect(matrix.rows == rows.labels.count)
        }
        #expect(report.confusionAtHalf.accuracy == report.metrics[.accuracy]?.value)
        #expect(report.confusionAtThreshold.precision == report.metrics[.precision]?.value)
        #expect(report.confusionAtThreshold.recall == report.metrics[.recall]?.value)
        #expect(report.confusionAtThreshold.f1 == report.metrics[.f1]?.value)
        #expect(report.confusionAtThreshold.specificity == report.metrics[.specificity]?.value)
    }

    @Test(arguments: try ScikitLearnCase.all())
    func `rocAUC equals scikit-learn's`(rows: ScikitLearnCase) throws {
        let area = rocAUC(labels: rows.labels, scores: rows.probabilities)
        #expect(agrees(area.isNaN ? nil : area, try #require(rows.metrics["roc_auc"])))
    }

    @Test func `rocAUC takes any finite scores`() {
        #expect(rocAUC(labels: [false, false, true, true], scores: [-5, -0.0, 0, 1e300]) == 0.875)
        #expect(rocAUC(labels: [true, false], scores: [-1e-300, -1e300]) == 1)
        #expect(rocAUC(labels: [true, false], scores: [-2, -1]) == 0)
        #expect(rocAUC(labels: [], scores: []).isNaN)
        #expect(rocAUC(labels: [true], scores: [1]).isNaN)
    }

    @Test func `metrics of no rows are not defined`() throws {
        let metrics = try headlineMetrics(labels: [], probabilities: [])
        #expect(metrics == MetricName.allCases.map { Metric(name: $0, value: nil) })
    }

    @Test func `the order of rows changes no bit`() throws {
        let rows = try #require(try ScikitLearnCase.all().first)
        let forward = try rows.report(replicates: 20)
        let backward = try evaluate(
            labels: rows.labels.reversed(),
            probabilities: rows.probabilities.reversed(),
            threshold: ScikitLearnCase.threshold,
            replicates: 20
        )
        #expect(forward == backward)
    }
}
