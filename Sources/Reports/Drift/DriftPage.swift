import Charts
import Drift

/// A comparison as one HTML file that needs nothing else: both distributions of each column overlaid, the
/// worst first.
///
/// It stays under 300 kB however many columns there are.
public struct DriftPage: Sendable {
    private let report: DriftReport

    /// So many columns are drawn; a table lists all.
    private static let mostCharts = 24

    /// Creates a page.
    public init(_ report: DriftReport) {
        self.report = report
    }

    /// The whole file.
    public var document: String {
        let title = "Drift: \(report.currentName)"
        let body: HTML = """
            <header>
            <p class="eyebrow">Retain drift report</p>
            <h1>\(report.currentName)</h1>
            <p class="lead">Compared with \(report.referenceName).</p>
            <div class="card"><p class="verdict">\(report.headline)</p>
            <p>\(report.rule)</p></div>
            \(warnings)</header>
            <main>
            \(sections)</main>
            <footer><p>Made by Retain. Grey is the reference, colour is now. An effect is the share of \
            customers by which both differ.</p></footer>

            """
        return HTMLDocument(title: title, body: body, style: "header .card{margin-top:24px}").source
    }

    private var warnings: HTML {
        guard !report.cautions.isEmpty else { return "" }
        return """
            <div class="warnings card" role="note"><h3>Before you rely on it</h3><ul>
            \(report.cautions.map { "<li>\($0)</li>\n" as HTML })</ul></div>

            """
    }

    private var sections: [HTML] {
        let verdict = report.verdict
        let score = verdict.score.flatMap { DriftChart($0, report) }
        let columns = verdict.columns.prefix(Self.mostCharts).compactMap { DriftChart($0, report) }
        let table = HTMLTable(
            caption: "Every column",
            columns: ColumnVerdict.titles.map { $0.isNumber ? .number($0.title) : .text($0.title) },
            rows: report.all.map(\.cells),
            quiet: Set(report.all.indices.filter { !report.all[$0].hasDrifted })
        )
        return [
            section(
                "score",
                "The score",
                "What the model predicts, before and now.",
                score.map { [$0] }
            ),
            section("columns", "The columns", "The worst first.", columns),
            "<section id=\"table\" aria-label=\"All tests\">\(HTMLSection.card(table))</section>\n",
        ]
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
