import Charts
import Markup
public import Texts
import Tracking

/// A comparison as one HTML file that needs nothing else: learning curves, metrics, parameters.
public struct RunComparisonPage: Sendable {
    private let comparison: RunComparison
    private let curves: [RunCurve]
    private let now: Int64
    private let language: Language

    /// Creates a page.
    ///
    /// - Parameters:
    ///   - comparison: The runs.
    ///   - curves: Metrics step by step, each with a history for every run.
    ///   - now: Milliseconds since 1970.
    ///   - language: Of its words, numbers and days; names stay as they are.
    public init(
        _ comparison: RunComparison,
        curves: [RunCurve],
        now: Int64,
        language: Language = .english
    ) {
        self.comparison = comparison
        self.curves = curves.filter(\.isCurve)
        self.now = now
        self.language = language
    }

    /// The whole file.
    public var document: String {
        let count = comparison.runs.count
        let title =
            count == 1
            ? language("One run", "Um treino")
            : language("\(count) runs side by side", "\(count) treinos lado a lado")
        let unknown = language(
            "No final metric tells which run is best.",
            "Nenhuma métrica final diz qual treino é o melhor."
        )
        let body: HTML = """
            <header>
            <p class="eyebrow">\(language("Retain runs", "Treinos do Retain"))</p>
            <h1>\(title)</h1>
            <p class="lead">\(comparison.verdict(in: language) ?? unknown)</p>
            </header>
            <main>
            \(legend)\(charts)\(metrics)\(params)</main>
            <footer><p>\(language("Made by Retain on", "Feito pelo Retain em")) \(RunTime.moment(now, language)).</p></footer>

            """
        return HTMLDocument(
            title: title,
            body: body,
            language: language,
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
            let status = info.status.title(language)
            let took = RunTime.duration(from: info.start, to: info.end, now: now, language)
            let start = RunTime.moment(info.start, language)
            let more = isCrowded ? "" : ", \(status), \(start), \(took)"
            return """
                <li class="entry run-\(String(place))" tabindex="0">\(key(place))<span>\
                <b>\(comparison.labels[place])</b><br/>\
                <span class="quiet">\(short.text(run))\(more)</span></span></li>

                """
        }
        let style: HTML = isCrowded ? "card legend crowded" : "card legend"
        let label = language("Runs", "Treinos")
        return "<ul class=\"\(style)\" aria-label=\"\(label)\">\n\(items)</ul>\n"
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
                values: CurvesChart.range(of: values),
                language: language
            )
            return """
                <figure class="card"><h3>\(chart.title)</h3>
                \(HTML(drawing: chart.svg(id: "curve-\(place)", styled: false)))\
                <figcaption>\(chart.summary)</figcaption></figure>

                """
        }
        return """
            <section aria-labelledby="curves"><h2 id="curves">\(language("Learning curves", "Curvas de aprendizado"))</h2>
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
                    let text = MetricText.text(
                        value,
                        low: row.lows[run],
                        high: row.highs[run],
                        language
                    )
                    let shown: HTML =
                        row.best.contains(run) ? "<b class=\"best\">\(text)</b>" : "\(text)"
                    let difference = language.marked(row.difference(run))
                    guard !difference.isEmpty else { return shown }
                    return "\(shown)<br/><span class=\"quiet\">\(difference)</span>"
                }
            )
        }
        let first = comparison.labels[0]
        let marks = language(
            "Bold: the best. Below a value: its difference from \(first).",
            "Em negrito: o melhor. Abaixo de um valor: a diferença para \(first)."
        )
        let none = language("No metric was logged.", "Nenhuma métrica foi registrada.")
        return section("metrics", language("Metrics", "Métricas"), rows.isEmpty ? none : marks) {
            table(language("Metrics by run", "Métricas por treino"), rows, isNumber: true)
        }
    }

    private var params: HTML {
        let rows = comparison.params.map { row in
            (
                head: "\(row.key)" as HTML,
                cells: row.values.map { "\(($0 ?? "-").clipped(to: 120))" as HTML }
            )
        }
        let lead =
            rows.isEmpty
            ? language("No parameter differs.", "Nenhum parâmetro difere.")
            : language(
                "What the runs do not have in common.",
                "O que os treinos não têm em comum."
            )
        return section("params", language("Parameters", "Parâmetros"), lead) {
            table(language("Parameters by run", "Parâmetros por treino"), rows, isNumber: false)
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

extension RunStatus {
    /// How a run ended, in a word.
    fileprivate func title(_ language: Language) -> String {
        let name = rawValue.lowercased()
        return switch self {
        case .running: language(name, "em curso")
        case .scheduled: language(name, "agendado")
        case .finished: language(name, "concluído")
        case .failed: language(name, "falhou")
        case .killed: language(name, "interrompido")
        }
    }
}
