import Charts
import Evaluation
import Output
import Texts

/// How well the model ranks, whether its probabilities hold, and how it learned.
extension ReportChart {
    static func roc(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart {
        let auc = language.form(.fixed(3)).text(evaluation.metrics[.rocAUC]?.value)
        let matrix = evaluation.confusionAtThreshold
        let chart = LineChart(
            title: language("ROC curve", "Curva ROC"),
            summary: language(
                "The area under the curve is \(auc).",
                "A área sob a curva é \(auc)."
            ),
            xAxis: .fraction(
                language("stayers called for nothing", "contatados à toa, dos que ficam"),
                language: language
            ),
            yAxis: leaversFound(language),
            series: [
                LineChart.Series(
                    language("guessing", "acaso"),
                    points: diagonal,
                    tone: .muted,
                    isReference: true
                ),
                LineChart.Series(
                    language("model, area \(auc)", "modelo, área \(auc)"),
                    points: evaluation.roc.map {
                        PlotPoint($0.falsePositiveRate, $0.truePositiveRate)
                    },
                    isFilled: true
                ),
            ],
            marks: [
                LineChart.Mark(
                    PlotPoint(matrix.specificity.map { 1 - $0 } ?? .nan, matrix.recall ?? .nan),
                    note: language("threshold ", "limiar ")
                        + language.form(.fixed(3)).text(evaluation.threshold),
                    isAbove: false
                )
            ]
        )
        return ReportChart(
            id: "roc",
            chart: chart,
            reading: language(
                "Every point is a cut: up are leavers found, right are needless calls. The further towards the upper left, the better.",
                "Cada ponto é um corte: para cima, saídas encontradas; para a direita, contatos desnecessários. Quanto mais perto do canto superior esquerdo, melhor."
            )
        )
    }

    static func precisionRecall(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart
    {
        let three = language.form(.fixed(3))
        let area = three.text(evaluation.metrics[.prAUC]?.value)
        let rate = Verdict(evaluation: evaluation).baseRate ?? .nan
        let matrix = evaluation.confusionAtThreshold
        let chart = LineChart(
            title: language("Precision and recall", "Precisão e recall"),
            summary: language(
                "The average precision is \(area); guessing reaches \(three.text(rate)).",
                "A precisão média é \(area); o acaso chega a \(three.text(rate))."
            ),
            xAxis: leaversFound(language),
            yAxis: .fraction(language("right calls", "contatos certos"), language: language),
            series: [
                LineChart.Series(
                    language("guessing", "acaso"),
                    points: [PlotPoint(0, rate), PlotPoint(1, rate)],
                    tone: .muted,
                    isReference: true
                ),
                LineChart.Series(
                    language("model, area \(area)", "modelo, área \(area)"),
                    points: evaluation.precisionRecall.map { PlotPoint($0.recall, $0.precision) },
                    isFilled: true
                ),
            ],
            marks: [
                LineChart.Mark(
                    PlotPoint(matrix.recall ?? .nan, matrix.precision ?? .nan),
                    note: language("threshold ", "limiar ")
                        + language.form(.fixed(3)).text(evaluation.threshold),
                    isAbove: false
                )
            ]
        )
        return ReportChart(
            id: "precision-recall",
            chart: chart,
            reading: language(
                "A longer list finds more leavers, but more of its calls are needless.",
                "Uma lista mais longa encontra mais saídas, mas mais contatos são desnecessários."
            )
        )
    }

    static func reliability(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart {
        let error = language.form(.percent(1)).text(evaluation.metrics[.ece]?.value)
        let chart = ReliabilityChart(
            title: language("Reliability", "Confiabilidade"),
            summary: language(
                "Probabilities and observed frequencies lie \(error) apart on average.",
                "Probabilidades e frequências observadas distam \(error) em média."
            ),
            bins: evaluation.reliability.map {
                ReliabilityChart.Bin(
                    predicted: $0.meanPredicted ?? .nan,
                    observed: $0.observedRate ?? .nan,
                    interval: $0.interval?.range,
                    count: $0.rows
                )
            },
            language: language
        )
        return ReportChart(
            id: "reliability",
            chart: chart,
            reading: language(
                "On the dashed line, 30 % means that 30 of 100 leave. The bars show how many customers each point rests on.",
                "Na linha tracejada, 30 % quer dizer que 30 de 100 saem. As barras mostram em quantos clientes cada ponto se apoia."
            )
        )
    }

    static func trees(_ content: ReportContent) -> ReportChart {
        let (curve, language) = (content.treeCurve, content.language)
        let best = curve.indices.min { curve[$0] < curve[$1] } ?? 0
        let chart = LineChart(
            title: language("Loss per tree", "Perda por árvore"),
            summary: language(
                "Rows held out lost least after \(best + 1) trees; so many the model has.",
                "A perda das linhas separadas foi menor com \(best + 1) árvores; é quantas o modelo tem."
            ),
            xAxis: Axis(language("trees", "árvores"), language: language),
            yAxis: Axis(
                language("loss of rows held out", "perda das linhas separadas"),
                language: language
            ),
            series: [
                LineChart.Series(
                    language("held out", "separadas"),
                    points: curve.indices.map { PlotPoint(Double($0 + 1), curve[$0]) }
                )
            ],
            marks: [
                LineChart.Mark(
                    PlotPoint(Double(best + 1), curve[best]),
                    note: language(
                        "least: \(best + 1) trees",
                        "mínimo: \(best + 1) árvores"
                    ),
                    isDropped: true
                )
            ]
        )
        return ReportChart(
            id: "trees",
            chart: chart,
            reading: language(
                "Where the line rises again, more trees learn by heart.",
                "Onde a linha volta a subir, mais árvores decoram em vez de aprender."
            )
        )
    }

    static func learning(_ content: ReportContent) -> ReportChart {
        let (curve, language) = (content.learningCurve, content.language)
        let validation = curve.compactMap { point in
            point.validationLoss.map { PlotPoint(Double(point.epoch), $0) }
        }
        let best = content.bestEpoch.flatMap { best in curve.first { $0.epoch == best } }
        var series = [
            LineChart.Series(
                language("training", "treino"),
                points: curve.map { PlotPoint(Double($0.epoch), $0.trainingLoss) },
                tone: .muted
            )
        ]
        if !validation.isEmpty {
            series.append(
                LineChart.Series(language("validation", "validação"), points: validation)
            )
        }
        let last = curve.last?.epoch ?? 0
        let kept = best.map {
            language(
                "; the weights of epoch \($0.epoch) were kept.",
                "; ficaram os pesos da época \($0.epoch)."
            )
        }
        let chart = LineChart(
            title: language("Loss per epoch", "Perda por época"),
            summary: language(
                "Training ran for \(last) epochs",
                "O treino durou \(last) \(last == 1 ? "época" : "épocas")"
            ) + (kept ?? "."),
            xAxis: Axis(language("epoch", "época"), language: language),
            yAxis: Axis(language("loss", "perda"), language: language),
            series: series,
            marks: best.map {
                [
                    LineChart.Mark(
                        PlotPoint(Double($0.epoch), $0.validationLoss ?? $0.trainingLoss),
                        note: language("best: epoch \($0.epoch)", "melhor: época \($0.epoch)"),
                        isDropped: true
                    )
                ]
            } ?? []
        )
        return ReportChart(
            id: "learning",
            chart: chart,
            reading: language(
                "Both lines fall while the model learns; where only training still falls, it learns by heart.",
                "As duas linhas caem enquanto o modelo aprende; onde só a do treino ainda cai, ele decora."
            )
        )
    }
}
