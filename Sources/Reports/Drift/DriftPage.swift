import Charts
import Drift
import Markup

/// A comparison as one HTML file that needs nothing else: both distributions of each column overlaid, the
/// worst first.
///
/// It stays under 300 kB however many columns there are.
public struct DriftPage: Sendable {
    private let report: DriftReport

    /// The most columns that are drawn; a table lists all.
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
            <p>\(report.rule)</p><p>\(report.rowSentence)</p></div>
            \(warnings)</header>
            <main>
            \(sections)</main>
            <footer><p>Made by Retain. Grey is the reference, colour is now. An effect is the share of \
            customers by which both differ.</p></footer>

            """
        let style = "header .card{margin-top:24px}header .card p+p+p{margin-top:8px}"
        return HTMLDocument(title: title, body: body, style: style).source
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
            rows: report.lines.map(\.cells),
            quiet: Set(report.lines.indices.filter { !report.lines[$0].hasDrifted })
        )
        return [
            section(
                "score",
                "The score",
                "What the model predicts, before and now.",
                score.map { [$0] }
            ),
            rows,
            section("columns", "The columns", "The worst first.", columns),
            "<section id=\"table\" aria-label=\"All tests\">\(HTMLSection.card(table))</section>\n",
        ]
    }

    /// The columns by which a network tells now from before; nothing where it can't.
    private var rows: HTML {
        guard let rows = report.verdict.rows, rows.hasDrifted else { return "" }
        let chart = rows.chart
        return """
            <section id="rows" aria-labelledby="rows-heading"><h2 id="rows-heading">Whole rows</h2>
            <p class="lead">What gives away whether a row is from before or from now, to a network \
            that has learned to tell them apart.</p>
            <div class="grid">
            <figure class="card"><h3>\(chart.title)</h3>
            \(HTML(drawing: chart.svg(id: "rows-chart", styled: false)))\
            <figcaption>\(rows.sentence)</figcaption></figure>
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
