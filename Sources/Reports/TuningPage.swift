public import Charts
import Markup

/// The trials of a search as one HTML file: the chart, and every trial in a table.
public struct TuningPage: Sendable {
    private let title: String
    private let summary: String
    private let chart: ScatterChart
    private let columns: [String]
    private let rows: [[String]]

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - title: Heading.
    ///   - summary: A sentence or two on what was searched and found.
    ///   - chart: Trials against score.
    ///   - columns: Headings of the table.
    ///   - rows: One for each trial, as many cells as columns.
    public init(
        title: String,
        summary: String,
        chart: ScatterChart,
        columns: [String],
        rows: [[String]]
    ) {
        self.title = title
        self.summary = summary
        self.chart = chart
        self.columns = columns
        self.rows = rows
    }

    /// The whole file.
    public var document: String {
        let table = HTMLTable(
            caption: "Every trial",
            columns: columns.map { .number($0) },
            rows: rows
        )
        let body: HTML = """
            <header>
            <p class="eyebrow">Retain search</p>
            <h1>\(title)</h1>
            <p class="lead">\(summary)</p>
            </header>
            <main>
            <div class="grid"><figure class="card"><h3>\(chart.title)</h3>
            \(HTML(drawing: chart.svg(id: "trials", styled: false)))
            <figcaption>\(chart.summary)</figcaption></figure></div>
            \(HTMLSection.card(table))
            </main>

            """
        return HTMLDocument(title: title, body: body).source
    }
}
