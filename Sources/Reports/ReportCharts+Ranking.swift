import Charts
import Evaluation
import Output

/// How well the model ranks, whether its probabilities hold, and how it learned.
extension ReportChart {
    static func roc(_ evaluation: EvaluationReport) -> ReportChart {
        let auc = NumberFormat.fixed(3).text(evaluation.metrics[.rocAUC]?.value)
        let matrix = evaluation.confusionAtThreshold
        let chart = LineChart(
            title: "ROC curve",
            summary: "The area under the curve is \(auc).",
            xAxis: .fraction("stayers called for nothing"),
            yAxis: .fraction("leavers found"),
            series: [
                LineChart.Series("guessing", points: diagonal, tone: .muted, isReference: true),
                LineChart.Series(
                    "model, area \(auc)",
                    points: evaluation.roc.map {
                        PlotPoint($0.falsePositiveRate, $0.truePositiveRate)
                    },
                    isFilled: true
                ),
            ],
            marks: [
                LineChart.Mark(
                    PlotPoint(matrix.specificity.map { 1 - $0 } ?? .nan, matrix.recall ?? .nan),
                    note: "threshold \(NumberFormat.fixed(3).text(evaluation.threshold))",
                    isAbove: false
                )
            ]
        )
        return ReportChart(
            id: "roc",
            chart: chart,
            reading: "Every point is a cut: up are leavers found, right are needless calls. The "
                + "further towards the upper left, the better."
        )
    }

    static func precisionRecall(_ evaluation: EvaluationReport) -> ReportChart {
        let area = NumberFormat.fixed(3).text(evaluation.metrics[.prAUC]?.value)
        let rate = Verdict(evaluation: evaluation).baseRate ?? .nan
        let matrix = evaluation.confusionAtThreshold
        let chart = LineChart(
            title: "Precision and recall",
            summary: "The average precision is \(area); guessing reaches "
                + "\(NumberFormat.fixed(3).text(rate)).",
            xAxis: .fraction("leavers found"),
            yAxis: .fraction("right calls"),
            series: [
                LineChart.Series(
                    "guessing",
                    points: [PlotPoint(0, rate), PlotPoint(1, rate)],
                    tone: .muted,
                    isReference: true
                ),
                LineChart.Series(
                    "model, area \(area)",
                    points: evaluation.precisionRecall.map { PlotPoint($0.recall, $0.precision) },
                    isFilled: true
                ),
            ],
            marks: [
                LineChart.Mark(
                    PlotPoint(matrix.recall ?? .nan, matrix.precision ?? .nan),
                    note: "threshold \(NumberFormat.fixed(3).text(evaluation.threshold))",
                    isAbove: false
                )
            ]
        )
        return ReportChart(
            id: "precision-recall",
            chart: chart,
            reading: "A longer list finds more leavers, but more of its calls are needless."
        )
    }

    static func reliability(_ evaluation: EvaluationReport) -> ReportChart {
        let error = NumberFormat.percent(1).text(evaluation.metrics[.ece]?.value)
        let chart = ReliabilityChart(
            title: "Reliability",
            summary: "Probabilities and observed frequencies lie \(error) apart on average.",
            bins: evaluation.reliability.map {
                ReliabilityChart.Bin(
                    predicted: $0.meanPredicted ?? .nan,
                    observed: $0.observedRate ?? .nan,
                    interval: $0.interval?.range,
                    count: $0.rows
                )
            }
        )
        return ReportChart(
            id: "reliability",
            chart: chart,
            reading: "On the dashed line, 30 % means that 30 of 100 leave. The bars show how many "
                + "customers each point rests on."
        )
    }

    static func trees(_ content: ReportContent) -> ReportChart {
        let curve = content.treeCurve
        let best = curve.indices.min { curve[$0] < curve[$1] } ?? 0
        let chart = LineChart(
            title: "Loss per tree",
            summary: "Rows held out lost least after \(best + 1) trees; so many the model has.",
            xAxis: Axis("trees"),
            yAxis: Axis("loss of rows held out"),
            series: [
                LineChart.Series(
                    "held out",
                    points: curve.indices.map { PlotPoint(Double($0 + 1), curve[$0]) }
                )
            ],
            marks: [
                LineChart.Mark(
                    PlotPoint(Double(best + 1), curve[best]),
                    note: "least: \(best + 1) trees",
                    isDropped: true
                )
            ]
        )
        return ReportChart(
            id: "trees",
            chart: chart,
            reading: "Where the line rises again, more trees learn by heart."
        )
    }

    static func learning(_ content: ReportContent) -> ReportChart {
        let curve = content.learningCurve
        let validation = curve.compactMap { point in
            point.validationLoss.map { PlotPoint(Double(point.epoch), $0) }
        }
        let best = content.bestEpoch.flatMap { best in curve.first { $0.epoch == best } }
        var series = [
            LineChart.Series(
                "training",
                points: curve.map { PlotPoint(Double($0.epoch), $0.trainingLoss) },
                tone: .muted
            )
        ]
        if !validation.isEmpty { series.append(LineChart.Series("validation", points: validation)) }
        let last = curve.last?.epoch ?? 0
        let chart = LineChart(
            title: "Loss per epoch",
            summary: "Training ran for \(last) epochs"
                + (best.map { "; the weights of epoch \($0.epoch) were kept." } ?? "."),
            xAxis: Axis("epoch"),
            yAxis: Axis("loss"),
            series: series,
            marks: best.map {
                [
                    LineChart.Mark(
                        PlotPoint(Double($0.epoch), $0.validationLoss ?? $0.trainingLoss),
                        note: "best: epoch \($0.epoch)",
                        isDropped: true
                    )
                ]
            } ?? []
        )
        return ReportChart(
            id: "learning",
            chart: chart,
            reading: "Both lines fall while the model learns; where only training still falls, it "
                + "learns by heart."
        )
    }
}
