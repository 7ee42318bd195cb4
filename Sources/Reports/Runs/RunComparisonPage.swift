import Charts
import Markup
import Tracking

/// A comparison as one HTML file that needs nothing else: learning curves, metrics, parameters.
public struct RunComparisonPage: Sendable {
    private let comparison: RunComparison
    private let curves: [RunCurve]
    private let now: Int64

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - comparison: The runs.
    ///   - curves: Metrics step by step, each with a history for every run.
    ///   - now: Milliseconds since 1970.
    public init(_ comparison: RunComparison, curves: [RunCurve], now: Int64) {
        self.comparison = comparison
        self.curves = curves.filter(\.isCurve)
        self.now = now
    }

    /// The whole file.
    public var document: String {
        let count = comparison.runs.count
        let title = count == 1 ? "One run" : "\(count) runs side by side"
        let body: HTML = """
            <header>
            <p class="eyebrow">Retain runs</p>
            <h1>\(title)</h1>
            <p class="lead">\(comparison.verdict ?? "No final metric tells which run is best.")</p>
            </header>
            <main>
            \(legend)\(charts)\(metrics)\(params)</main>
            <footer><p>Made by Retain on \(RunTime.moment(now)).</p></footer>

            """
        return HTMLDocument(
            title: title,
            body: body,
            style: Self.style + (isCrowded ? Self.crowdedStyle : "")
                + (0 ..< count).map(Self.emphasis).joined(separator: "\n")
        ).source
    }

    /// Whether there are so many runs that each gets but little room.
    private var isCrowded: Bool { comparison.runs.count > 12 }

    /// The runs with their colours; to rest on one sets back the others.
    private var legend: HTML {
        let short = ShortIDs(comparison.runs)
        let items = comparison.runs.enumerated().map { place, run -> HTML in
            let info = run.info
            let status = info.status.rawValue.lowercased()
            let took = RunTime.duration(from: info.start, to: info.end, now: now)
            let more = isCrowded ? "" : ", \(status), \(RunTime.moment(info.start)), \(took)"
            return """
                <li class="entry run-\(String(place))" tabindex="0">\(key(place))<span>\
                <b>\(comparison.labels[place])</b><br/>\
                <span class="quiet">\(short.text(run))\(more)</span></span></li>

                """
        }
        let style: HTML = isCrowded ? "card legend crowded" : "card legend"
        return "<ul class=\"\(style)\" aria-label=\"Runs\">\n\(items)</ul>\n"
    }

    private func key(_ place: Int) -> HTML {
        "<i class=\"key \(HTML(drawing: CurvesChart.style(of: place)))\"></i>"
    }

    private var charts: HTML {
        guard !curves.isEmpty else { return "" }
        let steps = curves.flatMap(\.curves).flatMap { $0.map(\.x) }
        let range = (steps.min() ?? 0) ... (steps.max() ?? 1)
        let figures = curves.enumerated().map { place, curve -> HTML in
            // A metric of the training rows and its like of the validation rows share an axis.
            let kin = curves.filter { $0.key.base == curve.key.base }
            let values = kin.flatMap(\.curves).flatMap { $0.map(\.y) }
            let chart = CurvesChart(
                curve,
                labels: comparison.labels,
                steps: range,
                values: CurvesChart.range(of: values)
            )
            return """
                <figure class="card"><h3>\(chart.title)</h3>
                \(HTML(drawing: chart.svg(id: "curve-\(place)", styled: false)))\
                <figcaption>\(chart.summary)</figcaption></figure>

                """
        }
        return """
            <section aria-labelledby="curves"><h2 id="curves">Learning curves</h2>
            <div class="grid">
            \(figures)</div></section>

            """
    }

    private var metrics: HTML {
        let rows = comparison.metrics.map { row in
            (
                head: "\(row.key.name)" as HTML,
                cells: comparison.runs.indices.map { run -> HTML in
                    guard let value = row.values[run] else { return "-" }
                    let text = MetricText.text(value, low: row.lows[run], high: row.highs[run])
                    let shown: HTML =
                        row.best.contains(run) ? "<b class=\"best\">\(text)</b>" : "\(text)"
                    let difference = row.difference(run)
                    guard !difference.isEmpty else { return shown }
                    return "\(shown)<br/><span class=\"quiet\">\(difference)</span>"
                }
            )
        }
        let marks = "Bold: the best. Below a value: its difference from \(comparison.labels[0])."
        return section("metrics", "Metrics", rows.isEmpty ? "No metric was logged." : marks) {
            table("Metrics by run", rows, isNumber: true)
        }
    }

    private var params: HTML {
        let rows = comparison.params.map { row in
            (
                head: "\(row.key)" as HTML,
                cells: row.values.map { "\(($0 ?? "-").clipped(to: 120))" as HTML }
            )
        }
        let lead = rows.isEmpty ? "No parameter differs." : "What the runs do not have in common."
        return section("params", "Parameters", lead) {
            table("Parameters by run", rows, isNumber: false)
        }
    }

    private func section(_ id: String, _ title: String, _ lead: String, _ part: () -> HTML) -> HTML
    {
        """
        <section aria-labelledby="\(id)"><h2 id="\(id)">\(title)</h2>
        <p class="lead">\(lead)</p>
        \(part())</section>

        """
    }

    private func table(
        _ name: String,
        _ rows: [(head: HTML, cells: [HTML])],
        isNumber: Bool
    ) -> HTML {
        let heads = comparison.labels.enumerated().map { place, label -> HTML in
            "<span class=\"label\">\(key(place))<span>\(label.clipped(to: 40))</span></span>"
        }
        return RunMatrix(name: name, heads: heads, rows: rows, isNumber: isNumber).html
    }
}
