import Charts
import Explanation
import Output

extension HTMLSection {
    /// Which columns move scores, and where along their values.
    static func reasons(_ reasons: GlobalReasons) -> HTMLSection {
        let percent = NumberFormat.percent(1)
        // A page has room for the columns that matter.
        let shown = reasons.columns.prefix(6).filter { !$0.dependence.isEmpty }
        let rows = shown.flatMap { column in
            column.dependence.map { cell in
                [
                    column.name.clipped(to: 80),
                    (cell.from == cell.to ? cell.from : "\(cell.from) to \(cell.to)").clipped(
                        to: 80
                    ),
                    NumberFormat.grouped(0).text(cell.customers),
                    (cell.meanPoints > 0 ? "+" : "") + percent.text(cell.meanPoints),
                ]
            }
        }
        let table = HTMLTable(
            caption: "Mean points by value",
            columns: [.text("Column"), .text("Value"), .number("Customers"), .number("Points")],
            rows: rows
        )
        return HTMLSection(
            id: "reasons",
            title: "What moves the scores",
            lead: "Points of probability above or below the average score, as Shapley values of "
                + "\(NumberFormat.grouped(0).text(reasons.customers)) customers against "
                + "reference customers who are nobody (root mean square error "
                + "\(NumberFormat.percent(2).text(reasons.referenceError))). They say how the model "
                + "reaches its scores, not why customers leave.",
            charts: [.reasons(reasons)],
            parts: rows.isEmpty ? [] : [card(table)]
        )
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
}
