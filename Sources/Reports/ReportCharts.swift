public import Charts
import Evaluation
import Output

/// The charts of an evaluation, each with one line that says how to read it.
public struct ReportChart: Sendable {
    /// Its name on the page and as a file: lowercase letters, digits and hyphens.
    public let id: String
    /// The drawing.
    public let chart: any Chart
    /// How to read it.
    public let reading: String
}

extension ReportChart {
    /// Every chart that the report holds, in the order of the page; for saving them one by one.
    public static func all(of content: ReportContent) -> [ReportChart] {
        let evaluation = content.evaluation
        var charts = [
            gain(evaluation), lift(evaluation), confusion(evaluation), scores(evaluation),
            profit(evaluation), roc(evaluation), precisionRecall(evaluation),
            reliability(evaluation),
        ]
        if let reasons = content.reasons { charts += [.reasons(reasons)] + dependence(reasons) }
        if !evaluation.slices.isEmpty {
            charts += [slices(evaluation, .rocAUC), slices(evaluation, .recall)]
        }
        if !content.learningCurve.isEmpty { charts.append(learning(content)) }
        if !content.treeCurve.isEmpty { charts.append(trees(content)) }
        return charts
    }

    static func gain(_ evaluation: EvaluationReport) -> ReportChart {
        let rate = Verdict(evaluation: evaluation).baseRate ?? 0
        var points = [PlotPoint(0, 0)]
        for decile in evaluation.deciles {
            points.append(PlotPoint(Double(decile.decile) / 10, decile.cumulativeGain ?? .nan))
        }
        if points.filter({ $0.y.isFinite }).count < 2 { points = [] }
        let third = evaluation.deciles.dropFirst(2).first?.cumulativeGain
        let found = NumberFormat.percent(0).text(third)
        let chart = LineChart(
            title: "Leavers found by calling the riskiest first",
            summary: "The riskiest 30 % of customers hold \(found) of all who leave.",
            xAxis: .fraction("customers called"),
            yAxis: .fraction("leavers found"),
            series: [
                LineChart.Series("random", points: diagonal, tone: .muted, isReference: true),
                LineChart.Series(
                    "perfect",
                    points: [PlotPoint(0, 0), PlotPoint(rate, 1), PlotPoint(1, 1)],
                    tone: .muted
                ),
                LineChart.Series("model", points: points),
            ],
            marks: third.map {
                [
                    LineChart.Mark(
                        PlotPoint(0.3, $0),
                        note: "\(found) by calling 30 %",
                        isAbove: false
                    )
                ]
            } ?? []
        )
        return ReportChart(
            id: "gain",
            chart: chart,
            reading:
                "Call customers from the riskiest down: the higher the line over the dashed one, "
                + "the fewer calls it takes."
        )
    }

    static func lift(_ evaluation: EvaluationReport) -> ReportChart {
        let format = NumberFormat.fixed(1)
        let chart = ColumnChart(
            title: "Lift by decile of the customers",
            summary: "The riskiest decile leaves "
                + "\(format.text(evaluation.deciles.first?.lift)) times as often as the average.",
            xLabel: "decile of the customers, riskiest first",
            yAxis: Axis("times the average rate"),
            bars: evaluation.deciles.map {
                ColumnChart.Bar(
                    name: "\($0.decile)",
                    value: $0.lift ?? .nan,
                    text: format.text($0.lift)
                )
            },
            reference: (1, "average")
        )
        return ReportChart(
            id: "lift",
            chart: chart,
            reading: "A bar of 3 means: these customers leave three times as often as the average."
        )
    }

    static func confusion(_ evaluation: EvaluationReport) -> ReportChart {
        let matrix = evaluation.confusionAtThreshold
        let count = NumberFormat.grouped(0)
        let chart = ConfusionChart(
            title: "Confusion matrix at threshold \(NumberFormat.fixed(3).text(matrix.threshold))",
            summary: "\(count.text(matrix.truePositives)) leavers found, "
                + "\(count.text(matrix.falseNegatives)) missed, "
                + "\(count.text(matrix.falsePositives)) false alarms, "
                + "\(count.text(matrix.trueNegatives)) rightly left alone.",
            truePositives: matrix.truePositives,
            falsePositives: matrix.falsePositives,
            falseNegatives: matrix.falseNegatives,
            trueNegatives: matrix.trueNegatives
        )
        return ReportChart(
            id: "confusion",
            chart: chart,
            reading: "Blue is right, orange is wrong: missed leavers above, needless calls below."
        )
    }

    static func scores(_ evaluation: EvaluationReport) -> ReportChart {
        let histogram = evaluation.histogram
        let bins = min(histogram.positives.count, histogram.negatives.count)
        let chart = HistogramChart(
            title: "Scores of those who left and those who stayed",
            summary: "Predicted probabilities in \(bins) bins, as shares of each class.",
            xAxis: .fraction("predicted probability"),
            stayed: Array(histogram.negatives.prefix(bins)),
            left: Array(histogram.positives.prefix(bins)),
            threshold: evaluation.threshold
        )
        return ReportChart(
            id: "scores",
            chart: chart,
            reading: "The less the two shapes overlap, the better the model tells them apart."
        )
    }

    static func profit(_ evaluation: EvaluationReport) -> ReportChart {
        let profit = evaluation.profit
        let amount = NumberFormat.grouped(2)
        let chosen = profit.atThreshold
        let half = profit.atHalf
        let isApart = (chosen.share - half.share).magnitude > 0.02
        var marks = [
            LineChart.Mark(
                PlotPoint(chosen.share, chosen.profit),
                note: "chosen \(amount.text(chosen.profit))",
                tone: .leave,
                isDropped: true
            )
        ]
        if isApart {
            marks.append(
                LineChart.Mark(
                    PlotPoint(half.share, half.profit),
                    note: "at 0.5 \(amount.text(half.profit))",
                    tone: .muted,
                    isAbove: half.profit > chosen.profit
                )
            )
        }
        let chart = LineChart(
            title: "Profit by share of customers called",
            summary: Verdict(evaluation: evaluation).money,
            xAxis: .fraction("customers called"),
            yAxis: Axis("expected profit per customer"),
            series: [
                LineChart.Series(
                    "model",
                    points: profit.curve.map { PlotPoint($0.share, $0.profit) }
                ),
                LineChart.Series(
                    "random",
                    points: [PlotPoint(0, 0), PlotPoint(1, profit.everyone.profit)],
                    tone: .muted,
                    isReference: true
                ),
            ],
            marks: marks
        )
        return ReportChart(
            id: "profit",
            chart: chart,
            reading: "Every further call costs; past the top of the line the next customer is not "
                + "worth it."
        )
    }

    static func slices(_ evaluation: EvaluationReport, _ name: MetricName) -> ReportChart {
        let all = evaluation.metrics[name]?.value
        let isRecall = name == .recall
        let chart = IntervalChart(
            title: isRecall ? "Leavers found, by group" : "\(name.title) by group",
            summary: "\(name.title) of \(evaluation.slices.count) groups; of all customers "
                + "\(name.format.text(all)).",
            axis: Axis(isRecall ? "leavers found" : name.title, isPercentage: isRecall),
            rows: evaluation.slices.map {
                let metric = $0.metrics[name]
                return IntervalChart.Row(
                    name: "\($0.column.clipped(to: 40)): \($0.levelName.clipped(to: 40))",
                    value: metric?.value ?? .nan,
                    interval: metric?.interval?.range
                )
            },
            reference: all
        )
        return ReportChart(
            id: isRecall ? "slices-recall" : "slices",
            chart: chart,
            reading: isRecall
                ? "A group left of the dashed line has more of its leavers missed than the rest."
                : "In a group left of the dashed line the model tells leavers from stayers less well."
        )
    }

    static let diagonal = [PlotPoint(0, 0), PlotPoint(1, 1)]
}
