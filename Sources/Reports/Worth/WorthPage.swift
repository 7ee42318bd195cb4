import Campaign
import Charts
import Markup
import Texts

/// Whether a campaign was worth it, as one HTML file that needs nothing else.
public struct WorthPage: Sendable {
    private let report: WorthReport

    /// Creates a page.
    public init(_ report: WorthReport) {
        self.report = report
    }

    private var language: Language { report.language }

    /// The whole file.
    public var document: String {
        let title = language(
            "Campaign \(report.name): was it worth it?",
            "Campanha \(report.name): valeu a pena?"
        )
        let body: HTML = """
            <header>
            <p class="eyebrow">\(language("Retain campaign report", "Relatório de campanha do Retain")), \(report.asOf)</p>
            <h1>\(title)</h1>
            <div class="card"><p class="verdict">\(report.headline)</p>
            <ul>\(report.findings.map { "<li>\($0)</li>\n" as HTML })</ul></div>
            \(warnings)</header>
            <main>
            <section id="groups" aria-label="\(language("Both groups", "Os dois grupos"))">
            <div class="card table">\(groups.html)</div></section>
            \(charts)</main>
            <footer><p>\(language("Made by Retain.", "Feito pelo Retain.")) \(report.rule)</p></footer>

            """
        return HTMLDocument(
            title: title,
            body: body,
            language: language,
            style:
                "header .card{margin-top:24px}header ul{margin:0;padding-left:20px}header li+li{margin-top:6px}"
                + "section .card.table{margin-top:24px}"
        ).source
    }

    private var warnings: HTML {
        guard !report.cautions.isEmpty else { return "" }
        let heading = language("Before you rely on it", "Antes de confiar")
        return """
            <div class="warnings card" role="note"><h3>\(heading)</h3><ul>
            \(report.cautions.map { "<li>\($0)</li>\n" as HTML })</ul></div>

            """
    }

    private var groups: HTMLTable {
        let arms = report.arms
        return HTMLTable(
            caption: language("Both groups side by side", "Os dois grupos lado a lado"),
            columns: [.text("")] + arms.titles.map { .number($0) },
            rows: arms.rows
        )
    }

    private var charts: HTML {
        let figures = report.charts.enumerated().map { place, chart -> HTML in
            """
            <figure class="card"><h3>\(chart.title)</h3>
            \(HTML(drawing: chart.svg(id: "worth-\(place)", styled: false)))\
            <figcaption>\(chart.summary)</figcaption></figure>

            """
        }
        guard !figures.isEmpty else { return "" }
        return """
            <section id="charts" aria-label="\(language("Charts", "Gráficos"))"><div class="grid">
            \(figures)</div></section>

            """
    }
}
