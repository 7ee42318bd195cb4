import Charts
import Evaluation
import Markup
import Texts

/// One section of the page: a question and the charts and tables that answer it.
struct HTMLSection {
    let id: String
    let title: String
    let lead: String
    let charts: [ReportChart]
    /// A card beside the charts.
    var besides: HTML = ""
    /// What comes below.
    var parts: [HTML] = []

    var html: HTML {
        let grid: HTML =
            charts.isEmpty && besides.source.isEmpty
            ? "" : "<div class=\"grid\">\n\(charts.map(Self.figure))\(besides)</div>\n"
        return """
            <section id="\(id)" aria-labelledby="\(id)-heading"><h2 id="\(id)-heading">\(title)</h2>
            <p class="lead">\(lead)</p>
            \(grid)\(parts)</section>

            """
    }

    static func all(of content: ReportContent) -> [HTMLSection] {
        let (evaluation, language) = (content.evaluation, content.language)
        var sections = [
            calls(evaluation, language), money(evaluation, language),
            ranking(evaluation, language), probabilities(evaluation, language),
        ]
        if let coverage = content.coverage { sections.append(certainty(coverage, language)) }
        if let reasons = content.reasons { sections.append(.reasons(reasons, language)) }
        if !evaluation.slices.isEmpty { sections.append(slices(evaluation, language)) }
        if !(content.learningCurve.isEmpty && content.settings.isEmpty) {
            sections.append(training(content))
        }
        if let calibration = content.calibration {
            sections.append(.calibration(calibration, language))
        }
        if !content.columns.isEmpty { sections.append(data(content)) }
        if !content.reproduction.isEmpty { sections.append(reproduction(content)) }
        return sections
    }

    private static func figure(_ chart: ReportChart) -> HTML {
        """
        <figure class="card"><h3>\(chart.chart.title)</h3>
        \(HTML(drawing: chart.chart.svg(id: "chart-" + chart.id, styled: false)))\
        <figcaption>\(chart.reading)</figcaption></figure>

        """
    }

    static func card(_ table: HTMLTable) -> HTML {
        "<div class=\"card table\">\(table.html)</div>\n"
    }

    /// Facts in two columns, until 12,000 bytes are full.
    static func facts(_ title: String, _ facts: [ReportFact], _ language: Language) -> HTML {
        guard !facts.isEmpty else { return "" }
        var items: HTML = ""
        var shown = 0
        for fact in facts {
            guard items.source.utf8.count < 12_000 else { break }
            items +=
                "<dt>\(fact.name.clipped(to: 80))</dt><dd>\(fact.value.clipped(to: 200))</dd>\n"
            shown += 1
        }
        let more = facts.count - shown
        let rest: HTML =
            more > 0
            ? "<p class=\"quiet\">\(language("and \(more) more", "e mais \(more)"))</p>" : ""
        return """
            <div class="card table"><h3>\(title)</h3><dl class="facts">
            \(items)</dl>\(rest)</div>

            """
    }
}
