import Charts
import Drift
import Markup
public import Texts

/// A comparison as one HTML file that needs nothing else: both distributions of each column overlaid, the
/// worst first.
///
/// It stays under 300 kB however many columns there are.
public struct DriftPage: Sendable {
    private let report: DriftReport
    private let language: Language

    /// The most columns that are drawn; a table lists all.
    private static let mostCharts = 24

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - report: What it tells.
    ///   - language: In which it tells it.
    public init(_ report: DriftReport, language: Language = .english) {
        self.report = report
        self.language = language
    }

    /// The whole file.
    public var document: String {
        let title = language("Drift: \(report.currentName)", "Deriva: \(report.currentName)")
        let body: HTML = """
            <header>
            <p class="eyebrow">\(language("Retain drift report", "Relatório de deriva do Retain"))</p>
            <h1>\(report.currentName)</h1>
            <p class="lead">\(language("Compared with", "Comparado com")) \(report.referenceName).</p>
            <div class="card"><p class="verdict">\(report.headline(in: language))</p>
            <p>\(report.rule(in: language))</p><p>\(report.rowSentence(language))</p></div>
            \(warnings)</header>
            <main>
            \(sections)</main>
            <footer><p>\(legend)</p></footer>

            """
        let style = "header .card{margin-top:24px}header .card p+p+p{margin-top:8px}"
        return HTMLDocument(title: title, body: body, language: language, style: style).source
    }

    private var legend: String {
        language(
            "Made by Retain. Grey is the reference, colour is now. An effect is the share of customers by which both differ.",
            "Feito pelo Retain. Cinza é a referência, cor é agora. Um efeito é a parcela de clientes em que as duas diferem."
        )
    }

    private var warnings: HTML {
        let cautions = report.cautions(in: language)
        guard !cautions.isEmpty else { return "" }
        let heading = language("Before you rely on it", "Antes de confiar")
        return """
            <div class="warnings card" role="note"><h3>\(heading)</h3><ul>
            \(cautions.map { "<li>\($0)</li>\n" as HTML })</ul></div>

            """
    }

    private var sections: [HTML] {
        let verdict = report.verdict
        let score = verdict.score.flatMap { DriftChart($0, report, language) }
        let columns = verdict.columns.prefix(Self.mostCharts).compactMap {
            DriftChart($0, report, language)
        }
        let lines = report.lines(language)
        let label = language("All tests", "Todos os testes")
        let table = HTMLTable(
            caption: language("Every column", "Todas as colunas"),
            columns: DriftReport.titles(language).map {
                $0.isNumber ? .number($0.title) : .text($0.title)
            },
            rows: lines.map(\.cells),
            quiet: Set(lines.indices.filter { !lines[$0].hasDrifted }),
            language: language
        )
        return [
            section(
                "score",
                language("The score", "O escore"),
                language(
                    "What the model predicts, before and now.",
                    "O que o modelo prevê, antes e agora."
                ),
                score.map { [$0] }
            ),
            rows,
            section(
                "columns",
                language("The columns", "As colunas"),
                language("The worst first.", "As piores primeiro."),
                columns
            ),
            "<section id=\"table\" aria-label=\"\(label)\">\(HTMLSection.card(table))</section>\n",
        ]
    }

    /// The columns by which a network tells now from before; nothing where it can't.
    private var rows: HTML {
        guard let rows = report.verdict.rows, rows.hasDrifted else { return "" }
        let chart = rows.chart(language)
        let title = language("Whole rows", "Linhas inteiras")
        let lead = language(
            "What gives away whether a row is from before or from now, to a network that has learned to tell them apart.",
            "O que denuncia se uma linha é de antes ou de agora, a uma rede que aprendeu a distingui-las."
        )
        return """
            <section id="rows" aria-labelledby="rows-heading"><h2 id="rows-heading">\(title)</h2>
            <p class="lead">\(lead)</p>
            <div class="grid">
            <figure class="card"><h3>\(chart.title)</h3>
            \(HTML(drawing: chart.svg(id: "rows-chart", styled: false)))\
            <figcaption>\(rows.sentence(language))</figcaption></figure>
            </div></section>

            """
    }

    private func section(
        _ id: String,
        _ title: String,
        _ lead: String,
        _ charts: [DriftChart]?
    ) -> HTML {
        guard let charts, !charts.isEmpty else { return "" }
        let figures = charts.enumerated().map { place, chart -> HTML in
            """
            <figure class="card"><h3>\(chart.title)</h3>
            \(HTML(drawing: chart.chart.svg(id: "\(id)-\(place)", styled: false)))\
            <figcaption>\(chart.reading)</figcaption></figure>

            """
        }
        return """
            <section id="\(id)" aria-labelledby="\(id)-heading"><h2 id="\(id)-heading">\(title)</h2>
            <p class="lead">\(lead)</p>
            <div class="grid">
            \(figures)</div></section>

            """
    }
}
