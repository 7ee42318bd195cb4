import Charts
import Markup
import Texts

extension ServicePage {
    func tiles(_ language: Language) -> [Tile] {
        var tiles = [
            Tile(
                title: language("Requests a second", "Pedidos por segundo"),
                value: language.number(requestsPerSecond, decimals: requestsPerSecond < 10 ? 1 : 0),
                note: language("over the last minutes", "nos últimos minutos")
            )
        ]
        if let latency {
            let (half, last) = (
                language.number(latency.half, decimals: 1),
                language.number(latency.nearlyAll, decimals: 1)
            )
            tiles.append(
                Tile(
                    title: language("95 of 100 answers within", "95 de 100 respostas em"),
                    value: language.number(latency.most, decimals: 1) + "\u{A0}ms",
                    note: language(
                        "half within \(half) ms, 99 of 100 within \(last) ms",
                        "metade em \(half) ms, 99 de 100 em \(last) ms"
                    )
                )
            )
        }
        let callers = language.number(errors.callers)
        tiles.append(
            Tile(
                title: language("Errors of the service", "Erros do serviço"),
                value: language.number(errors.own),
                note: language(
                    "and \(callers) of callers, of \(language.number(errors.answers)) answers",
                    "e \(callers) de quem chamou, em \(language.number(errors.answers)) respostas"
                )
            )
        )
        if let queue {
            let dropped = language.number(queue.dropped)
            tiles.append(
                Tile(
                    title: language("Waiting to be recorded", "À espera de registro"),
                    value: language.number(queue.waiting),
                    note: language(
                        "of at most \(language.number(queue.capacity)); \(dropped) dropped",
                        "de no máximo \(language.number(queue.capacity)); \(dropped) descartados"
                    )
                )
            )
        }
        return tiles
    }

    func figure(_ language: Language) -> HTML {
        guard traffic.count > 1, let last = traffic.last else { return "" }
        let most = language.number(traffic.map(\.requests).max() ?? 0)
        let chart = LineChart(
            title: language("Traffic", "Tráfego"),
            summary: language(
                "Requests a second; at most \(most).",
                "Pedidos por segundo; no máximo \(most)."
            ),
            xAxis: Axis(
                language("minutes before now", "minutos antes de agora"),
                language: language
            ),
            yAxis: Axis(language("requests a second", "pedidos por segundo"), language: language),
            series: [
                LineChart.Series(
                    language("requests", "pedidos"),
                    points: traffic.map {
                        PlotPoint(Double($0.date - last.date) / 60_000, $0.requests)
                    },
                    isFilled: true
                )
            ]
        )
        return ChartFigure(chart: chart, id: "traffic").html
    }

    func answered(_ language: Language) -> HTML {
        let table = HTMLTable(
            caption: language("Versions that answered", "Versões que responderam"),
            columns: [
                .text(language("Version", "Versão")), .number(language("Customers", "Clientes")),
            ],
            rows: versions.map { [$0.version, language.number($0.customers)] },
            language: language
        )
        let beside: HTML =
            shadow.map {
                let (share, gap) = (
                    language.percent($0.agreement, decimals: 1),
                    language.number(100 * $0.difference, decimals: 1)
                )
                let many = language.number($0.customers)
                let words = language(
                    "\($0.version) is watched beside it: for \(share) of \(many) customers both decide the same, and their scores are \(gap) points apart on average.",
                    "\($0.version) está em observação ao lado: para \(share) de \(many) clientes ambos decidem igual, e os escores distam \(gap) pontos em média."
                )
                return "<p>\(words)</p>"
            }
            ?? "<p class=\"quiet\">\(language("No challenger is watched.", "Nenhum desafiante em observação."))</p>"
        return "<div class=\"card\">\(table.html)\(beside)</div>"
    }

    func asked(_ language: Language) -> HTMLTable {
        HTMLTable(
            caption: language("What was asked for", "O que foi pedido"),
            columns: [
                .text(language("Path", "Caminho")), .number(language("Requests", "Pedidos")),
                .number(language("Errors", "Erros")),
                .number(language("95 of 100 within", "95 de 100 em")),
            ],
            rows: routes.map {
                [
                    $0.path, language.number($0.requests), language.number($0.errors),
                    $0.latency.map { language.number($0, decimals: 1) + "\u{A0}ms" } ?? "–",
                ]
            },
            language: language
        )
    }
}
