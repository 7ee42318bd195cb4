import Charts
import Evaluation
import Markup
import Output

/// The report as one HTML file that needs nothing else: no network, no script, no font.
///
/// It stays under 300 kB however many columns, slices or epochs there are. The same content gives
/// the same bytes.
public struct HTMLReport: Sendable {
    /// What the report tells.
    public let content: ReportContent

    /// Creates a report.
    public init(_ content: ReportContent) {
        self.content = content
    }

    /// The whole file.
    public var document: String {
        let body: HTML = """
            \(header)<main>
            \(navigation)\(sections.map(\.html))</main>
            <footer><p>Made by Retain. Probabilities are estimates for groups of customers, not \
            certainties about one.</p></footer>

            """
        return HTMLDocument(title: "\(content.model) on \(content.data)", body: body).source
    }

    private var verdict: Verdict { Verdict(evaluation: content.evaluation) }

    private var header: HTML {
        let evaluation = content.evaluation
        let count = NumberFormat.grouped(0)
        let left =
            "\(count.text(evaluation.positives)) left "
            + "(\(NumberFormat.percent(1).text(verdict.baseRate)))"
        return """
            <header>
            <p class="eyebrow">Retain evaluation report</p>
            <h1>\(content.model) on \(content.data)</h1>
            <p class="lead">\(content.modelSummary). \(content.rowsSummary): \
            \(count.text(evaluation.rows)) customers, of whom \(left); \(content.target).</p>
            <div class="hero card"><div>
            <p class="verdict">\(verdict.headline)</p>
            <p>\(verdict.reach)</p>
            <p>\(verdict.money)</p>
            </div>
            <figure>\(HTML(drawing: proportion.svg(id: "proportion", styled: false)))</figure>
            </div>
            \(warnings)<div class="tiles">
            \(Self.headline.map(tile))\(moneyTile)</div>
            </header>

            """
    }

    private var proportion: ProportionChart {
        ProportionChart(
            title: "Leavers among 100 customers",
            summary: verdict.headline,
            groups: [
                ProportionChart.Group(
                    name: "on the list leave",
                    share: content.evaluation.confusionAtThreshold.precision ?? .nan,
                    tone: .leave
                ),
                ProportionChart.Group(
                    name: "of all customers leave",
                    share: verdict.baseRate ?? .nan,
                    tone: .muted
                ),
            ]
        )
    }

    private static let headline: [MetricName] = [
        .rocAUC, .prAUC, .accuracy, .ece, .precision, .recall,
    ]

    private func tile(_ name: MetricName) -> HTML {
        let metric = content.evaluation.metrics[name]
        return """
            <div class="card tile"><p class="name">\(name.title)</p>
            <p class="value">\(name.format.text(metric?.value))</p>
            <p class="note"><span class="whole">\(IntervalText.spoken(metric))</span></p>\
            <p class="note">\(note(name))</p></div>

            """
    }

    private func note(_ name: MetricName) -> String {
        switch name {
        case .accuracy:
            guard let rate = verdict.baseRate else { return "" }
            return "always “stays”: "
                + NumberFormat.percent(1).text(1 - rate)
        case .rocAUC: return "guessing: 0.500"
        case .prAUC: return "guessing: " + NumberFormat.fixed(3).text(verdict.baseRate)
        case .precision, .recall:
            return "at threshold " + NumberFormat.fixed(3).text(content.evaluation.threshold)
        default: return "lower is better"
        }
    }

    private var moneyTile: HTML {
        let profit = content.evaluation.profit
        let amount = NumberFormat.grouped(2)
        let interval =
            profit.atThreshold.interval?.range.map { IntervalText.text($0, amount) } ?? "none"
        return """
            <div class="card tile money"><dl>
            <div><dt>Profit per customer</dt>\
            <dd class="first">\(amount.text(profit.atThreshold.profit))</dd></div>
            <div><dt>95\u{A0}% interval</dt><dd>\(interval)</dd></div>
            <div><dt>with cut at 0.5</dt><dd>\(amount.text(profit.atHalf.profit))</dd></div>
            <div><dt>calling everyone</dt><dd>\(amount.text(profit.everyone.profit))</dd></div>
            </dl><p class="note">Expected, in the currency of the costs; calling nobody earns 0</p></div>

            """
    }

    private var warnings: HTML {
        var warnings = verdict.cautions + content.warnings.prefix(10).map { $0.clipped(to: 300) }
        if content.warnings.count > 10 {
            warnings.append("and \(content.warnings.count - 10) more")
        }
        guard !warnings.isEmpty else { return "" }
        return """
            <div class="warnings card" role="note"><h3>Before you rely on it</h3><ul>
            \(warnings.map { "<li>\($0)</li>\n" as HTML })</ul></div>

            """
    }

    private var navigation: HTML {
        let links = sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>\n" as HTML }
        return "<nav aria-label=\"Sections\"><ul>\n\(links)</ul></nav>\n"
    }

    private var sections: [HTMLSection] { HTMLSection.all(of: content) }
}

/// How an interval is written.
enum IntervalText {
    /// The interval and how sure it is; without one, that.
    static func spoken(_ metric: Metric?) -> String {
        guard let metric, let range = metric.interval?.range else { return "no interval" }
        return text(range, metric.name.format) + " (95\u{A0}%)"
    }

    /// Both ends as words, as a table of text has them.
    static func words(_ range: ClosedRange<Double>, _ format: NumberFormat) -> String {
        "\(format.text(range.lowerBound)) to \(format.text(range.upperBound))"
    }

    /// Both ends, the unit once.
    static func text(_ range: ClosedRange<Double>, _ format: NumberFormat) -> String {
        let (low, high) = (format.text(range.lowerBound), format.text(range.upperBound))
        let unit = "\u{A0}%"
        return (low.hasSuffix(unit) ? String(low.dropLast(unit.count)) : low) + "–" + high
    }
}
