import Charts
import Explanation
import Markup
import Output

extension HTMLSection {
    /// Which columns move scores, and where along their values.
    static func reasons(_ reasons: GlobalReasons) -> HTMLSection {
        let plots = ReportChart.dependence(reasons)
        return HTMLSection(
            id: "reasons",
            title: "What moves the scores",
            lead: "Points of probability above or below the average score, as Shapley values of "
                + "\(NumberFormat.grouped(0).text(reasons.customers)) customers against "
                + "reference customers who are nobody (root mean square error "
                + "\(NumberFormat.percent(2).text(reasons.referenceError))). They say how the model "
                + "reaches its scores, not why customers leave.",
            charts: [.reasons(reasons)] + plots,
            parts: plots.isEmpty ? [] : [numbers(reasons)]
        )
    }

    /// The plots' numbers, for those who want to read or copy them.
    private static func numbers(_ reasons: GlobalReasons) -> HTML {
        let percent = NumberFormat.percent(1)
        let table = HTMLTable(
            caption: "Mean points by value",
            columns: [.text("Column"), .text("Value"), .number("Customers"), .number("Points")],
            rows: reasons.plotted.flatMap { column in
                column.dependence.map { cell in
                    [
                        column.name.clipped(to: 80), cell.name.clipped(to: 80),
                        NumberFormat.grouped(0).text(cell.customers),
                        (cell.meanPoints > 0 ? "+" : "") + percent.text(cell.meanPoints),
                    ]
                }
            }
        )
        return """
            <details class="card table"><summary>The same as a table</summary>
            \(table.html)</details>

            """
    }
}

extension ReportChart {
    /// The columns with the most mean absolute points.
    static func reasons(_ reasons: GlobalReasons) -> ReportChart {
        let bars = reasons.columns.prefix(10).map {
            BarsChart.Bar($0.name, value: $0.meanAbsolutePoints)
        }
        let first = reasons.columns.first
        return ReportChart(
            id: "reasons",
            chart: BarsChart(
                title: "Points of each column",
                summary: first.map {
                    "\($0.name) moves scores most, by "
                        + "\(NumberFormat.percent(1).text($0.meanAbsolutePoints)) on average."
                } ?? "No column moves scores.",
                axis: Axis("Mean absolute points", isPercentage: true),
                bars: Array(bars)
            ),
            reading: "How far a column moves a customer's score from the average, up or down."
        )
    }

    /// Where along their values the columns with the most points raise and lower scores.
    static func dependence(_ reasons: GlobalReasons) -> [ReportChart] {
        reasons.plotted.enumerated().map { place, column in
            let cells = column.dependence.map { cell in
                DependenceChart.Cell(
                    cell.name,
                    span: cell.span,
                    value: cell.meanPoints,
                    count: cell.customers
                )
            }
            let counts = column.dependence.map(\.customers)
            let (few, many) = (counts.min() ?? 0, counts.max() ?? 0)
            let customers = few == many ? "\(few)" : "\(few) to \(many)"
            let chart = DependenceChart(
                title: column.name,
                summary: column.extremes,
                axis: Axis("Mean points", isPercentage: true),
                cells: cells
            )
            return ReportChart(
                id: "dependence-\(place + 1)",
                chart: chart,
                reading: chart.isLine
                    ? "Each dot is the mean of \(customers) customers with values as far as its bar reaches."
                    : "Each bar is the mean of \(customers) customers."
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
    fileprivate var extremes: String {
        let percent = NumberFormat.percent(1)
        guard let low = dependence.min(by: { $0.meanPoints < $1.meanPoints }),
            let high = dependence.max(by: { $0.meanPoints < $1.meanPoints })
        else { return "\(name) has no values to show." }
        return "\(name) moves scores by \(percent.text(low.meanPoints)) where it is \(low.name), "
            + "and by \(percent.text(high.meanPoints)) where it is \(high.name)."
    }
}

extension GlobalReasons.Cell {
    fileprivate var name: String {
        guard !from.isEmpty else { return "empty" }
        return from == to ? from : "\(from) to \(to)"
    }
}
