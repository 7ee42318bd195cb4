import Texts

/// How a number spreads before and now, as shares of all rows, one over the other.
public struct OverlayChart: Chart {
    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// What is counted; its range is that of the bins.
    public var xAxis: Axis
    /// Equally wide bins over the axis' range: the share of the reference.
    public var reference: [Double]
    /// The same bins: the share now.
    public var current: [Double]

    /// Creates a chart.
    ///
    /// - Precondition: Both have as many bins; the axis has a range.
    public init(
        title: String,
        summary: String,
        xAxis: Axis,
        reference: [Double],
        current: [Double]
    ) {
        precondition(reference.count == current.count, "overlay: both need the same bins")
        precondition(xAxis.range != nil, "overlay: the axis needs the range of the bins")
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.reference = reference
        self.current = current
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let highest = max(reference.max() ?? 0, current.max() ?? 0)
        let frame = Frame(
            x: xAxis.ticks(fitting: []),
            y: Ticks(covering: 0 ... (highest > 0 ? highest : 1))
        )
        var canvas = Canvas(height: 276)
        let language = xAxis.language
        let yAxis = Axis(
            language("share of the rows", "parcela das linhas"),
            isPercentage: true,
            language: language
        )
        frame.draw(xAxis, yAxis, on: &canvas)
        if let range = xAxis.range, highest > 0 {
            frame.drawSteps(reference, over: range, .muted, on: &canvas)
            frame.drawSteps(current, over: range, .leave, on: &canvas)
            Legend.beforeAndNow(language)
                .draw(right: frame.right, y: frame.top - 14, on: &canvas)
        } else {
            frame.drawNoData(language, on: &canvas)
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }
}
