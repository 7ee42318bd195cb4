public import Charts
import Evaluation
import Output
import Texts

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
        let (evaluation, language) = (content.evaluation, content.language)
        var charts = [
            gain(evaluation, language), lift(evaluation, language),
            confusion(evaluation, language), scores(evaluation, language),
            profit(evaluation, language), roc(evaluation, language),
            precisionRecall(evaluation, language), reliability(evaluation, language),
        ]
        if let reasons = content.reasons {
            charts += [.reasons(reasons, language)] + dependence(reasons, language)
        }
        if !evaluation.slices.isEmpty {
            charts += [
                slices(evaluation, .rocAUC, language), slices(evaluation, .recall, language),
            ]
        }
        if !content.learningCurve.isEmpty { charts.append(learning(content)) }
        if !content.treeCurve.isEmpty { charts.append(trees(content)) }
        return charts
    }

    static func gain(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart {
        let rate = Verdict(evaluation: evaluation).baseRate ?? 0
        var points = [PlotPoint(0, 0)]
        for decile in evaluation.deciles {
            points.append(PlotPoint(Double(decile.decile) / 10, decile.cumulativeGain ?? .nan))
        }
        if points.filter({ $0.y.isFinite }).count < 2 { points = [] }
        let third = evaluation.deciles.dropFirst(2).first?.cumulativeGain
        let found = language.form(.percent(0)).text(third)
        let chart = LineChart(
            title: language(
                "Leavers found by calling the riskiest first",
                "Saídas encontradas ao contatar primeiro o maior risco"
            ),
            summary: language(
                "The riskiest 30 % of customers hold \(found) of all who leave.",
                "Os 30 % de clientes com maior risco reúnem \(found) de todos os que saem."
            ),
            xAxis: called(language),
            yAxis: leaversFound(language),
            series: [
                LineChart.Series(
                    language("random", "aleatório"),
                    points: diagonal,
                    tone: .muted,
                    isReference: true
                ),
                LineChart.Series(
                    language("perfect", "perfeito"),
                    points: [PlotPoint(0, 0), PlotPoint(rate, 1), PlotPoint(1, 1)],
                    tone: .muted
                ),
                LineChart.Series(language("model", "modelo"), points: points),
            ],
            marks: third.map {
                [
                    LineChart.Mark(
                        PlotPoint(0.3, $0),
                        note: language("\(found) by calling 30 %", "\(found) contatando 30 %"),
                        isAbove: false
                    )
                ]
            } ?? []
        )
        return ReportChart(
            id: "gain",
            chart: chart,
            reading: language(
                "Call customers from the riskiest down: the higher the line over the dashed one, the fewer calls it takes.",
                "Contate clientes do maior risco para baixo: quanto mais alta a linha acima da tracejada, menos contatos são precisos."
            )
        )
    }

    static func lift(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart {
        let form = language.form(.fixed(1))
        let first = form.text(evaluation.deciles.first?.lift)
        let chart = ColumnChart(
            title: language("Lift by decile of the customers", "Lift por decil dos clientes"),
            summary: language(
                "The riskiest decile leaves \(first) times as often as the average.",
                "No decil de maior risco a taxa de saída é \(first) vezes a média."
            ),
            xLabel: language(
                "decile of the customers, riskiest first",
                "decil dos clientes, do maior risco ao menor"
            ),
            yAxis: Axis(
                language("times the average rate", "vezes a taxa média"),
                language: language
            ),
            bars: evaluation.deciles.map {
                ColumnChart.Bar(
                    name: "\($0.decile)",
                    value: $0.lift ?? .nan,
                    text: form.text($0.lift)
                )
            },
            reference: (1, language("average", "média"))
        )
        return ReportChart(
            id: "lift",
            chart: chart,
            reading: language(
                "A bar of 3 means: these customers leave three times as often as the average.",
                "Uma barra de 3 quer dizer: a taxa de saída destes clientes é três vezes a média."
            )
        )
    }

    static func confusion(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart {
        let matrix = evaluation.confusionAtThreshold
        let count = language.form(.grouped(0))
        let threshold = language.form(.fixed(3)).text(matrix.threshold)
        let (found, missed) = (
            count.text(matrix.truePositives), count.text(matrix.falseNegatives)
        )
        let (alarms, spared) = (
            count.text(matrix.falsePositives), count.text(matrix.trueNegatives)
        )
        let chart = ConfusionChart(
            title: language(
                "Confusion matrix at threshold \(threshold)",
                "Matriz de confusão no limiar \(threshold)"
            ),
            summary: language(
                "\(found) leavers found, \(missed) missed, \(alarms) false alarms, \(spared) rightly left alone.",
                "Saídas encontradas: \(found); perdidas: \(missed); alarmes falsos: \(alarms); deixados em paz com razão: \(spared)."
            ),
            truePositives: matrix.truePositives,
            falsePositives: matrix.falsePositives,
            falseNegatives: matrix.falseNegatives,
            trueNegatives: matrix.trueNegatives,
            language: language
        )
        return ReportChart(
            id: "confusion",
            chart: chart,
            reading: language(
                "Blue is right, orange is wrong: missed leavers above, needless calls below.",
                "Azul é acerto, laranja é erro: saídas perdidas em cima, contatos desnecessários embaixo."
            )
        )
    }

    static func scores(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart {
        let histogram = evaluation.histogram
        let bins = min(histogram.positives.count, histogram.negatives.count)
        let chart = HistogramChart(
            title: language(
                "Scores of those who left and those who stayed",
                "Escores de quem saiu e de quem ficou"
            ),
            summary: language(
                "Predicted probabilities in \(bins) bins, as shares of each class.",
                "Probabilidades previstas em \(bins) faixas, como parcelas de cada classe."
            ),
            xAxis: .fraction(
                language("predicted probability", "probabilidade prevista"),
                language: language
            ),
            stayed: Array(histogram.negatives.prefix(bins)),
            left: Array(histogram.positives.prefix(bins)),
            threshold: evaluation.threshold
        )
        return ReportChart(
            id: "scores",
            chart: chart,
            reading: language(
                "The less the two shapes overlap, the better the model tells them apart.",
                "Quanto menos as duas formas se sobrepõem, melhor o modelo as distingue."
            )
        )
    }

    static func slices(
        _ evaluation: EvaluationReport,
        _ name: MetricName,
        _ language: Language
    ) -> ReportChart {
        let all = evaluation.metrics[name]?.value
        let isRecall = name == .recall
        let title = name.title(language)
        let (count, whole) = (
            evaluation.slices.count, language.form(name.format).text(all)
        )
        let chart = IntervalChart(
            title: isRecall
                ? language("Leavers found, by group", "Saídas encontradas, por grupo")
                : language("\(title) by group", "\(title) por grupo"),
            summary: language(
                "\(title) of \(count) groups; of all customers \(whole).",
                "\(title) de \(count) grupos; de todos os clientes, \(whole)."
            ),
            axis: Axis(
                isRecall ? language("leavers found", "saídas encontradas") : title,
                isPercentage: isRecall,
                language: language
            ),
            rows: evaluation.slices.map {
                let metric = $0.metrics[name]
                let level = $0.levelName(language).clipped(to: 40)
                return IntervalChart.Row(
                    name: "\($0.column.clipped(to: 40)): \(level)",
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
                ? language(
                    "A group left of the dashed line has more of its leavers missed than the rest.",
                    "Um grupo à esquerda da linha tracejada tem mais saídas perdidas que os demais."
                )
                : language(
                    "In a group left of the dashed line the model tells leavers from stayers less well.",
                    "Num grupo à esquerda da linha tracejada o modelo distingue pior quem sai de quem fica."
                )
        )
    }

    static let diagonal = [PlotPoint(0, 0), PlotPoint(1, 1)]

    static func called(_ language: Language) -> Axis {
        .fraction(language("customers called", "clientes contatados"), language: language)
    }

    static func leaversFound(_ language: Language) -> Axis {
        .fraction(language("leavers found", "saídas encontradas"), language: language)
    }
}
