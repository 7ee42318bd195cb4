import Charts
import Evaluation
import Markup
import Output

/// One section of the page: a question and the charts and tables that answer it.
struct HTMLSection {
    let id: String
    let title: String
    let lead: String
    let charts: [ReportChart]
    /// A card beside the charts.
    var besides: HTML = ""
    /// What comes below.
    var parts: [HTML] = []

    var html: HTML {
        let grid: HTML =
            charts.isEmpty && besides.source.isEmpty
            ? "" : "<div class=\"grid\">\n\(charts.map(Self.figure))\(besides)</div>\n"
        return """
            <section id="\(id)" aria-labelledby="\(id)-heading"><h2 id="\(id)-heading">\(title)</h2>
            <p class="lead">\(lead)</p>
            \(grid)\(parts)</section>

            """
    }

    static func all(of content: ReportContent) -> [HTMLSection] {
        let evaluation = content.evaluation
        var sections = [calls(evaluation), money(evaluation), ranking(evaluation)]
        sections.append(probabilities(evaluation))
        if let coverage = content.coverage { sections.append(certainty(coverage)) }
        if let reasons = content.reasons { sections.append(.reasons(reasons)) }
        if !evaluation.slices.isEmpty { sections.append(slices(evaluation)) }
        if !(content.learningCurve.isEmpty && content.settings.isEmpty) {
            sections.append(training(content))
        }
        if let calibration = content.calibration { sections.append(.calibration(calibration)) }
        if !content.columns.isEmpty { sections.append(data(content)) }
        if !content.reproduction.isEmpty { sections.append(reproduction(content)) }
        return sections
    }

    private static func figure(_ chart: ReportChart) -> HTML {
        """
        <figure class="card"><h3>\(chart.chart.title)</h3>
        \(HTML(drawing: chart.chart.svg(id: "chart-" + chart.id, styled: false)))\
        <figcaption>\(chart.reading)</figcaption></figure>

        """
    }

    static func card(_ table: HTMLTable) -> HTML {
        "<div class=\"card table\">\(table.html)</div>\n"
    }

    /// Facts in two columns, until 12,000 bytes are full.
    static func facts(_ title: String, _ facts: [ReportFact]) -> HTML {
        guard !facts.isEmpty else { return "" }
        var items: HTML = ""
        var shown = 0
        for fact in facts {
            guard items.source.utf8.count < 12_000 else { break }
            items +=
                "<dt>\(fact.name.clipped(to: 80))</dt><dd>\(fact.value.clipped(to: 200))</dd>\n"
            shown += 1
        }
        let rest: HTML =
            shown < facts.count
            ? "<p class=\"quiet\">and \(String(facts.count - shown)) more</p>" : ""
        return """
            <div class="card table"><h3>\(title)</h3><dl class="facts">
            \(items)</dl>\(rest)</div>

            """
    }

    private static func calls(_ evaluation: EvaluationReport) -> HTMLSection {
        let count = NumberFormat.grouped(0)
        let left = evaluation.deciles.positivesFormat
        let table = HTMLTable(
            caption: "Deciles of the customers, riskiest first",
            columns: [
                .number("Decile"), .number("Customers"), .number("Left"), .number("Lowest score"),
                .number("Lift"), .number("Lift so far"), .number("Leavers found so far"),
            ],
            rows: evaluation.deciles.map {
                [
                    "\($0.decile)", count.text($0.rows),
                    left.text($0.positives),
                    NumberFormat.fixed(3).text($0.lowestScore), NumberFormat.fixed(2).text($0.lift),
                    NumberFormat.fixed(2).text($0.cumulativeLift),
                    NumberFormat.percent(1).text($0.cumulativeGain),
                ]
            }
        )
        return HTMLSection(
            id: "calls",
            title: "Whom to call",
            lead: "How many leavers a list of any length finds, and what it gets wrong.",
            charts: [
                .gain(evaluation), .lift(evaluation), .confusion(evaluation),
            ],
            besides: facts("The list at the threshold", list(evaluation)),
            parts: [card(table)]
        )
    }

    private static func list(_ evaluation: EvaluationReport) -> [ReportFact] {
        let matrix = evaluation.confusionAtThreshold
        let (count, percent) = (NumberFormat.grouped(0), NumberFormat.percent(1))
        return [
            ReportFact("Threshold", NumberFormat.fixed(3).text(matrix.threshold)),
            ReportFact("Customers on it", count.text(matrix.truePositives + matrix.falsePositives)),
            ReportFact("Leavers found", count.text(matrix.truePositives)),
            ReportFact("Leavers missed", count.text(matrix.falseNegatives)),
            ReportFact("Needless calls", count.text(matrix.falsePositives)),
            ReportFact("Precision", percent.text(matrix.precision)),
            ReportFact("Recall", percent.text(matrix.recall)),
            ReportFact("F1", NumberFormat.fixed(3).text(matrix.f1)),
        ]
    }

    private static func money(_ evaluation: EvaluationReport) -> HTMLSection {
        let profit = evaluation.profit
        let amount = NumberFormat.grouped(2)
        let table = HTMLTable(
            caption: "What each cut earns",
            columns: [
                .text("Cut"), .number("Threshold"), .number("Called"), .number("Per customer"),
                .number("95 % interval"), .number("Per 1,000"),
            ],
            rows: profit.cuts.map { name, point in
                [
                    name, point.threshold.map { NumberFormat.fixed(3).text($0) } ?? "nobody",
                    NumberFormat.percent(1).text(point.share), amount.text(point.profit),
                    point.interval?.range.map { IntervalText.text($0, amount) } ?? "none",
                    NumberFormat.grouped(0).text(point.profit * 1000),
                ]
            }
        )
        let costs = profit.costs
        var assumptions = [
            ReportFact("Value of a customer", amount.text(costs.customerValue)),
            ReportFact("Cost of an offer", amount.text(costs.offerCost)),
            ReportFact("Cost of a contact", amount.text(costs.contactCost)),
            ReportFact("Leavers who accept", NumberFormat.percent(0).text(costs.acceptanceRate)),
            ReportFact(
                "Threshold from costs alone",
                NumberFormat.fixed(3).text(profit.theoreticalThreshold)
            ),
        ]
        if let expected = profit.expectedMaximum {
            let sure = expected.interval?.range.map { " (\(IntervalText.text($0, amount)))" }
            assumptions.append(
                ReportFact(
                    "Expected maximum profit (EMPC)",
                    "\(amount.text(expected.profit))\(sure ?? "") per customer, "
                        + "calling \(NumberFormat.percent(1).text(expected.share))"
                )
            )
        }
        return HTMLSection(
            id: "money",
            title: "What it earns",
            lead: "Expected profit per customer, called or not, under the costs of the campaign.",
            charts: [.profit(evaluation)],
            besides: facts("Costs", assumptions),
            parts: [card(table)]
        )
    }

    private static func ranking(_ evaluation: EvaluationReport) -> HTMLSection {
        let table = HTMLTable(
            caption: "All metrics",
            columns: [
                .text("Metric"), .number("Value"), .number("95 % interval"), .text("What it says"),
            ],
            rows: evaluation.metrics.map { metric in
                [
                    metric.name.title, metric.name.format.text(metric.value),
                    metric.interval?.range.map { IntervalText.text($0, metric.name.format) }
                        ?? "none",
                    metric.name.meaning,
                ]
            }
        )
        return HTMLSection(
            id: "ranking",
            title: "How well it ranks",
            lead: "Whether leavers score above stayers, whatever the threshold.",
            charts: [.roc(evaluation), .precisionRecall(evaluation)],
            parts: [card(table)]
        )
    }

    private static func probabilities(_ evaluation: EvaluationReport) -> HTMLSection {
        HTMLSection(
            id: "probabilities",
            title: "Whether its probabilities hold",
            lead:
                "Money is counted with probabilities, so they have to come true as often as they say.",
            charts: [.reliability(evaluation), .scores(evaluation)]
        )
    }
}
