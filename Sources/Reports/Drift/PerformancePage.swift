import Markup

/// What a model is worth and what came true, as one HTML file that needs nothing else.
public struct PerformancePage: Sendable {
    private let report: PerformanceReport

    /// Creates a page.
    public init(_ report: PerformanceReport) { self.report = report }

    /// The whole file.
    public var document: String {
        let change: HTML = report.change.map { "<p>\($0)</p>" } ?? ""
        let body: HTML = """
            <header>
            <p class="eyebrow">Retain performance report</p>
            <h1>\(report.model)</h1>
            <p class="lead">By the predictions and outcomes in \(report.record).</p>
            <div class="card"><p class="verdict">\(report.headline)</p>
            <p>\(report.rule)</p>\(change)</div>
            </header>
            <main>
            \(section("expected", "Expected", PerformanceReport.estimateColumns, report.estimates))\
            \(section("checks", "What the gate would ask", PerformanceReport.checkColumns, report.checks))\
            \(section("weeks", "What came true", PerformanceReport.weekColumns, report.weeks))</main>
            <footer><p>Made by Retain. Expected is what the probabilities of the same customers say.</p></footer>

            """
        return HTMLDocument(title: "Performance: \(report.model)", body: body).source
    }

    private func section(
        _ id: String,
        _ title: String,
        _ columns: PerformanceReport.Titles,
        _ rows: [[String]]
    ) -> HTML {
        guard !rows.isEmpty else { return "" }
        let table = HTMLTable(
            caption: title,
            columns: columns.map { $0.alignment == .left ? .text($0.title) : .number($0.title) },
            rows: rows,
            quiet: []
        )
        return """
            <section id="\(id)" aria-labelledby="\(id)-heading"><h2 id="\(id)-heading">\(title)</h2>
            \(HTMLSection.card(table))</section>

            """
    }
}
