import Charts
import Evaluation
import Output
import Texts

extension ReportChart {
    /// What lists of any length earn, the chosen one and the usual cut among them.
    static func profit(_ evaluation: EvaluationReport, _ language: Language) -> ReportChart {
        let profit = evaluation.profit
        let amount = language.form(.grouped(2))
        let chosen = profit.atThreshold
        let half = profit.atHalf
        let isApart = (chosen.share - half.share).magnitude > 0.02
        var marks = [
            LineChart.Mark(
                PlotPoint(chosen.share, chosen.profit),
                note: language("chosen ", "escolhido ") + amount.text(chosen.profit),
                tone: .leave,
                isDropped: true
            )
        ]
        if isApart {
            marks.append(
                LineChart.Mark(
                    PlotPoint(half.share, half.profit),
                    note: language("at 0.5 ", "em 0,5 ") + amount.text(half.profit),
                    tone: .muted,
                    isAbove: half.profit > chosen.profit
                )
            )
        }
        let chart = LineChart(
            title: language(
                "Profit by share of customers called",
                "Lucro pela parcela de clientes contatados"
            ),
            summary: Verdict(evaluation: evaluation, language: language).money,
            xAxis: called(language),
            yAxis: Axis(
                language("expected profit per customer", "lucro esperado por cliente"),
                language: language
            ),
            series: [
                LineChart.Series(
                    language("model", "modelo"),
                    points: profit.curve.map { PlotPoint($0.share, $0.profit) }
                ),
                LineChart.Series(
                    language("random", "aleatório"),
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
            reading: language(
                "Every further call costs; past the top of the line the next customer is not worth it.",
                "Cada contato a mais custa; depois do topo da linha, o próximo cliente não compensa."
            )
        )
    }
}
