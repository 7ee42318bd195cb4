import Charts
import Evaluation
import Markup
import Output
import Texts

/// The report as one HTML file that needs nothing else: no network, no script, no font.
///
/// It stays under 300 kB however many columns, slices or epochs there are. The same content gives
/// the same bytes. It speaks the language of its content.
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
            <footer><p>\(caveat)</p></footer>

            """
        return HTMLDocument(title: title, body: body, language: language).source
    }

    private var language: Language { content.language }

    private var title: String {
        language(
            "\(content.model) on \(content.data)",
            "\(content.model) em \(content.data)"
        )
    }

    private var caveat: String {
        language(
            "Made by Retain. Probabilities are estimates for groups of customers, not certainties about one.",
            "Feito pelo Retain. Probabilidades são estimativas para grupos de clientes, não certezas sobre um deles."
        )
    }

    private var verdict: Verdict { Verdict(evaluation: content.evaluation, language: language) }

    private var header: HTML {
        """
        <header>
        <p class="eyebrow">\(language("Retain evaluation report", "Relatório de avaliação do Retain"))</p>
        <h1>\(content.model) \(language("on", "em")) \(content.data)</h1>
        <p class="lead">\(content.modelSummary). \(content.rowsSummary): \
        \(customers); \(content.target).</p>
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

    private var customers: String {
        let evaluation = content.evaluation
        let count = language.form(.grouped(0))
        let (rows, left) = (count.text(evaluation.rows), count.text(evaluation.positives))
        let rate = language.form(.percent(1)).text(verdict.baseRate)
        return language(
            "\(rows) customers, of whom \(left) left (\(rate))",
            "\(rows) clientes, dos quais \(left) saíram (\(rate))"
        )
    }

    private var proportion: ProportionChart {
        ProportionChart(
            title: language("Leavers among 100 customers", "Saídas entre 100 clientes"),
            summary: verdict.headline,
            groups: [
                ProportionChart.Group(
                    name: language("on the list leave", "da lista saem"),
                    share: content.evaluation.confusionAtThreshold.precision ?? .nan,
                    tone: .leave
                ),
                ProportionChart.Group(
                    name: language("of all customers leave", "de todos os clientes saem"),
                    share: verdict.baseRate ?? .nan,
                    tone: .muted
                ),
            ],
            language: language
        )
    }

    private static let headline: [MetricName] = [
        .rocAUC, .prAUC, .accuracy, .ece, .precision, .recall,
    ]

    private func tile(_ name: MetricName) -> HTML {
        let metric = content.evaluation.metrics[name]
        return """
            <div class="card tile"><p class="name">\(name.title(language))</p>
            <p class="value">\(language.form(name.format).text(metric?.value))</p>
            <p class="note"><span class="whole">\(IntervalText.spoken(metric, language))</span></p>\
            <p class="note">\(note(name))</p></div>

            """
    }

    private func note(_ name: MetricName) -> String {
        switch name {
        case .accuracy:
            guard let rate = verdict.baseRate else { return "" }
            return language("always “stays”: ", "sempre “fica”: ")
                + language.form(.percent(1)).text(1 - rate)
        case .rocAUC: return language("guessing: 0.500", "ao acaso: 0,500")
        case .prAUC:
            return language("guessing: ", "ao acaso: ")
                + language.form(.fixed(3)).text(verdict.baseRate)
        case .precision, .recall:
            return language("at threshold ", "no limiar ")
                + language.form(.fixed(3)).text(content.evaluation.threshold)
        default: return language("lower is better", "menor é melhor")
        }
    }

    private var moneyTile: HTML {
        let profit = content.evaluation.profit
        let amount = language.form(.grouped(2))
        let interval =
            profit.atThreshold.interval?.range.map { IntervalText.text($0, amount) }
            ?? language("none", "nenhum")
        let note = language(
            "Expected, in the currency of the costs; calling nobody earns 0",
            "Esperado, na moeda dos custos; não contatar ninguém rende 0"
        )
        return """
            <div class="card tile money"><dl>
            <div><dt>\(language("Profit per customer", "Lucro por cliente"))</dt>\
            <dd class="first">\(amount.text(profit.atThreshold.profit))</dd></div>
            <div><dt>\(language("95\u{A0}% interval", "intervalo de 95\u{A0}%"))</dt><dd>\(interval)</dd></div>
            <div><dt>\(language("with cut at 0.5", "com corte em 0,5"))</dt><dd>\(amount.text(profit.atHalf.profit))</dd></div>
            <div><dt>\(language("calling everyone", "contatando todos"))</dt><dd>\(amount.text(profit.everyone.profit))</dd></div>
            </dl><p class="note">\(note)</p></div>

            """
    }

    private var warnings: HTML {
        var warnings = verdict.cautions + content.warnings.prefix(10).map { $0.clipped(to: 300) }
        if content.warnings.count > 10 {
            let more = content.warnings.count - 10
            warnings.append(language("and \(more) more", "e mais \(more)"))
        }
        guard !warnings.isEmpty else { return "" }
        return """
            <div class="warnings card" role="note"><h3>\(language("Before you rely on it", "Antes de confiar"))</h3><ul>
            \(warnings.map { "<li>\($0)</li>\n" as HTML })</ul></div>

            """
    }

    private var navigation: HTML {
        let links = sections.map { "<li><a href=\"#\($0.id)\">\($0.title)</a></li>\n" as HTML }
        let label = language("Sections", "Seções")
        return "<nav aria-label=\"\(label)\"><ul>\n\(links)</ul></nav>\n"
    }

    private var sections: [HTMLSection] { HTMLSection.all(of: content) }
}
