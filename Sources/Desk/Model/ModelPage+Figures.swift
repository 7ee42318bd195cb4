import Charts
import Markup
import Texts

extension ModelPage {
    func calibrationFigure(_ language: Language) -> HTML {
        let bins = calibration.filter { $0.customers > 0 }
        guard !bins.isEmpty else { return "" }
        let all = bins.map(\.customers).reduce(0, +)
        let miss =
            bins.map { abs($0.predicted - $0.observed) * Double($0.customers) }.reduce(0, +)
            / Double(max(1, all))
        let points = language.number(100 * miss, decimals: 1)
        let top = max(0.1, bins.flatMap { [$0.predicted, $0.observed] }.max() ?? 1)
        let chart = LineChart(
            title: language("Does 30 % mean 30 %?", "30 % quer dizer 30 %?"),
            summary: language(
                "What was predicted and what came true lie \(points) points apart on average.",
                "O previsto e o ocorrido distam \(points) pontos em média."
            ),
            xAxis: Axis(
                language("predicted", "previsto"),
                isPercentage: true,
                range: 0 ... top,
                language: language
            ),
            yAxis: Axis(
                language("left", "saíram"),
                isPercentage: true,
                range: 0 ... top,
                language: language
            ),
            series: [
                LineChart.Series(
                    language("this model", "este modelo"),
                    points: bins.map { PlotPoint($0.predicted, $0.observed) }
                ),
                LineChart.Series(
                    language("perfect", "perfeito"),
                    points: [PlotPoint(0, 0), PlotPoint(top, top)],
                    isReference: true
                ),
            ]
        )
        return ChartFigure(chart: chart, id: "calibration").html
    }

    func sliceTable(_ language: Language) -> HTML {
        guard !slices.isEmpty else { return "" }
        let table = HTMLTable(
            caption: language("Parts of the customers", "Partes dos clientes"),
            columns: [
                .text(language("Part", "Parte")), .number(language("Customers", "Clientes")),
                .number(language("Left", "Saíram")),
                .number(language("Ranking", "Ordenação")),
            ],
            rows: slices.map { slice in
                [
                    slice.name, language.number(slice.customers),
                    language.percent(slice.observed, decimals: 1),
                    slice.area.map { language.number($0, decimals: 3) }
                        ?? language("too few", "poucos"),
                ]
            },
            language: language
        )
        let words = language(
            "Ranking is the area under the ROC curve: 1 is perfect, 0.5 is chance.",
            "Ordenação é a área sob a curva ROC: 1 é perfeito, 0,5 é acaso."
        )
        return "<div class=\"card\">\(table.html)<p class=\"quiet small\">\(words)</p></div>"
    }
}
