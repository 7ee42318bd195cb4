import Charts
import Markup
import Texts

extension WorthItPage {
    /// The e-value that claims.
    private static let claim = 20.0

    func tiles(_ language: Language) -> [Tile] {
        var tiles: [Tile] = []
        func between(_ estimate: Estimate) -> String {
            let (low, high) = (language.number(estimate.low), language.number(estimate.high))
            return language("between \(low) and \(high)", "entre \(low) e \(high)")
        }
        if let saved {
            tiles.append(
                Tile(
                    title: language("Customers kept", "Clientes mantidos"),
                    value: language.number(saved.value),
                    note: between(saved)
                )
            )
        }
        if let money {
            tiles.append(
                Tile(
                    title: language("Money earned", "Dinheiro ganho"),
                    value: language.number(money.value),
                    note: between(money)
                )
            )
        }
        if let customersMissing {
            tiles.append(
                Tile(
                    title: language("Until it can be said", "Até que se possa dizer"),
                    value: language(
                        "about \(language.number(customersMissing)) more",
                        "cerca de mais \(language.number(customersMissing))"
                    ),
                    note: language(
                        "customers, if it goes on like this",
                        "clientes, se continuar assim"
                    )
                )
            )
        }
        return tiles
    }

    func groups(_ language: Language) -> HTMLTable {
        HTMLTable(
            caption: language("Both groups side by side", "Os dois grupos lado a lado"),
            columns: [
                .text(language("Group", "Grupo")), .number(language("Customers", "Clientes")),
                .number(language("Known so far", "Conhecidos até agora")),
                .number(language("Left", "Saíram")),
                .number(language("Share that left", "Parte que saiu")),
            ],
            rows: arms.map { arm in
                [
                    arm.isContacted
                        ? language("called", "contatados")
                        : language("held out", "fora do contato"),
                    language.number(arm.members), language.number(arm.matured),
                    language.number(arm.left),
                    arm.rate.map {
                        let (low, high) = (language.percent($0.low), language.percent($0.high))
                        return language.percent($0.value, decimals: 1)
                            + language(" (\(low) to \(high))", " (\(low) a \(high))")
                    } ?? language("not yet", "ainda não"),
                ]
            },
            language: language
        )
    }

    /// Evidence as the part of the way to a claim, on the scale on which it adds up.
    func curve(_ language: Language) -> HTML {
        guard let last = evidence.last else {
            let words = language(
                "No evidence yet: it begins when the days of the first customers are over.",
                "Ainda sem evidência: começa quando terminam os dias dos primeiros clientes."
            )
            return "<div class=\"card empty\"><p>\(words)</p></div>"
        }
        func points(_ value: (Evidence) -> Double) -> [PlotPoint] {
            evidence.map { PlotPoint(Double($0.customers), Self.way(value($0))) }
        }
        let customers = Double(max(1, last.customers))
        let share = language.percent(Self.way(last.worksValue))
        let chart = LineChart(
            title: language("How the evidence grew", "Como a evidência cresceu"),
            summary: language(
                "\(share) of the way to “calling helps”. It may be looked at every day: that is counted in.",
                "\(share) do caminho até “contatar ajuda”. Pode ser olhada todo dia: isso já está na conta."
            ),
            xAxis: Axis(
                language("customers whose days are over", "clientes cujos dias terminaram"),
                range: 0 ... customers,
                language: language
            ),
            yAxis: Axis(
                language("of what is needed", "do necessário"),
                isPercentage: true,
                range: 0 ... max(1, evidence.map { Self.way($0.worksValue) }.max() ?? 1),
                language: language
            ),
            series: [
                LineChart.Series(language("helps", "ajuda"), points: points(\.worksValue)),
                LineChart.Series(
                    language("harms", "prejudica"),
                    points: points(\.harmsValue),
                    tone: .leave
                ),
                LineChart.Series(
                    language("enough", "suficiente"),
                    points: [PlotPoint(0, 1), PlotPoint(customers, 1)],
                    isReference: true
                ),
            ]
        )
        return ChartFigure(chart: chart, id: "evidence").html
    }

    /// How far an e-value is on the way to a claim; none below 1 speaks for anything.
    private static func way(_ value: Double) -> Double { doublings(value) / doublings(claim) }

    /// Its logarithm to base 2, near enough for a drawing: whole doublings, and of the last one the part.
    private static func doublings(_ value: Double) -> Double {
        guard value > 1 else { return 0 }
        var (rest, count) = (value, 0.0)
        while rest >= 2, count < 1_000 { (rest, count) = (rest / 2, count + 1) }
        return count + rest - 1
    }
}
