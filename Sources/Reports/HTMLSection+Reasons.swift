import Charts
import Explanation
import Markup
import Output
import Texts

extension HTMLSection {
    /// Which columns move scores, and where along their values.
    static func reasons(_ reasons: GlobalReasons, _ language: Language) -> HTMLSection {
        let plots = ReportChart.dependence(reasons, language)
        let count = language.form(.grouped(0)).text(reasons.customers)
        let error = language.form(.percent(2)).text(reasons.referenceError)
        return HTMLSection(
            id: "reasons",
            title: language("What moves the scores", "O que move os escores"),
            lead: language(
                "Points of probability above or below the average score, as Shapley values of \(count) customers against reference customers who are nobody (root mean square error \(error)). They say how the model reaches its scores, not why customers leave.",
                "Pontos de probabilidade acima ou abaixo do escore médio: valores de Shapley de \(count) clientes em relação a clientes de referência que não são ninguém (raiz do erro quadrático médio \(error)). Dizem como o modelo chega aos escores, não por que clientes saem."
            ),
            charts: [.reasons(reasons, language)] + plots,
            parts: plots.isEmpty ? [] : [numbers(reasons, language)]
        )
    }

    /// The plots' numbers, for those who want to read or copy them.
    private static func numbers(_ reasons: GlobalReasons, _ language: Language) -> HTML {
        let (count, percent) = (language.form(.grouped(0)), language.form(.percent(1)))
        let table = HTMLTable(
            caption: language("Mean points by value", "Média de pontos por valor"),
            columns: [
                .text(language("Column", "Coluna")), .text(language("Value", "Valor")),
                .number(language("Customers", "Clientes")), .number(language("Points", "Pontos")),
            ],
            rows: reasons.plotted.flatMap { column in
                column.dependence.map { cell in
                    [
                        column.name.clipped(to: 80), cell.name(language).clipped(to: 80),
                        count.text(cell.customers),
                        (cell.meanPoints > 0 ? "+" : "") + percent.text(cell.meanPoints),
                    ]
                }
            },
            language: language
        )
        return """
            <details class="card table"><summary>\(language("The same as a table", "O mesmo em tabela"))</summary>
            \(table.html)</details>

            """
    }
}

extension ReportChart {
    /// The columns with the most mean absolute points.
    static func reasons(_ reasons: GlobalReasons, _ language: Language) -> ReportChart {
        let bars = reasons.columns.prefix(10).map {
            BarsChart.Bar($0.name, value: $0.meanAbsolutePoints)
        }
        let summary = reasons.columns.first.map { first in
            let points = language.form(.percent(1)).text(first.meanAbsolutePoints)
            return language(
                "\(first.name) moves scores most, by \(points) on average.",
                "\(first.name) é o que mais move os escores, em média \(points)."
            )
        }
        return ReportChart(
            id: "reasons",
            chart: BarsChart(
                title: language("Points of each column", "Pontos de cada coluna"),
                summary: summary
                    ?? language("No column moves scores.", "Nenhuma coluna move os escores."),
                axis: Axis(
                    language("Mean absolute points", "Média absoluta de pontos"),
                    isPercentage: true,
                    language: language
                ),
                bars: Array(bars)
            ),
            reading: language(
                "How far a column moves a customer's score from the average, up or down.",
                "O quanto uma coluna afasta da média o escore de um cliente, para cima ou para baixo."
            )
        )
    }

    /// Where along their values the columns with the most points raise and lower scores.
    static func dependence(_ reasons: GlobalReasons, _ language: Language) -> [ReportChart] {
        reasons.plotted.enumerated().map { place, column in
            let cells = column.dependence.map { cell in
                DependenceChart.Cell(
                    cell.name(language),
                    span: cell.span,
                    value: cell.meanPoints,
                    count: cell.customers
                )
            }
            let counts = column.dependence.map(\.customers)
            let (few, many) = (counts.min() ?? 0, counts.max() ?? 0)
            let customers =
                few == many ? "\(few)" : language("\(few) to \(many)", "\(few) a \(many)")
            let chart = DependenceChart(
                title: column.name,
                summary: column.extremes(language),
                axis: Axis(
                    language("Mean points", "Média de pontos"),
                    isPercentage: true,
                    language: language
                ),
                cells: cells
            )
            return ReportChart(
                id: "dependence-\(place + 1)",
                chart: chart,
                reading: chart.isLine
                    ? language(
                        "Each dot is the mean of \(customers) customers with values as far as its bar reaches.",
                        "Cada ponto é a média de \(customers) clientes, com valores até onde vai a sua barra."
                    )
                    : language(
                        "Each bar is the mean of \(customers) customers.",
                        "Cada barra é a média de \(customers) clientes."
                    )
            )
        }
    }
}

extension GlobalReasons {
    /// A page has room for the columns that matter.
    fileprivate var plotted: [Column] {
        columns.prefix(6).filter { !$0.dependence.isEmpty && $0.meanAbsolutePoints > 0 }
    }
}

extension GlobalReasons.Column {
    /// Which values lower scores most, and which raise them most.
    fileprivate func extremes(_ language: Language) -> String {
        let percent = language.form(.percent(1))
        guard let low = dependence.min(by: { $0.meanPoints < $1.meanPoints }),
            let high = dependence.max(by: { $0.meanPoints < $1.meanPoints })
        else {
            return language(
                "\(name) has no values to show.",
                "\(name) não tem valores a mostrar."
            )
        }
        let (lowest, highest) = (percent.text(low.meanPoints), percent.text(high.meanPoints))
        let (from, to) = (low.name(language), high.name(language))
        return language(
            "\(name) moves scores by \(lowest) where it is \(from), and by \(highest) where it is \(to).",
            "\(name) move os escores em \(lowest) onde é \(from), e em \(highest) onde é \(to)."
        )
    }
}

extension GlobalReasons.Cell {
    fileprivate func name(_ language: Language) -> String {
        guard !from.isEmpty else { return language("empty", "vazio") }
        guard from != Self.notListed else { return language(from, "(não listado)") }
        // As a file has it, which may have the language's marks already; levels and dates are names.
        let isPlain = span.map { Double(from) == $0.lowerBound && Double(to) == $0.upperBound }
        let (low, high) =
            isPlain == true ? (language.marked(from), language.marked(to)) : (from, to)
        return from == to ? low : "\(low) \(language("to", "a")) \(high)"
    }
}
