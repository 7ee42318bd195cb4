import Charts
import Markup

/// A chart with its title above and what there is to see below.
struct ChartFigure {
    let chart: any Chart
    /// Unique on the page.
    let id: String

    var html: HTML {
        """
        <figure class="card"><h2>\(chart.title)</h2>
        \(HTML(drawing: chart.svg(id: id, styled: false)))\
        <figcaption>\(chart.summary)</figcaption></figure>
        """
    }
}
