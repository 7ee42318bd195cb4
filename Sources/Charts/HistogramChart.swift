import Output
import Texts

/// How scores spread among those who left and those who stayed, each as shares of their own class.
public struct HistogramChart: Chart {
    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// What is counted.
    public var xAxis: Axis
    /// Equally wide bins over the axis' range: how many that stayed.
    public var stayed: [Int]
    /// The same bins: how many that left.
    public var left: [Int]
    /// A line to mark, such as the decision threshold.
    public var threshold: Double?

    /// Creates a chart.
    ///
    /// - Precondition: Both classes have as many bins.
    public init(
        title: String,
        summary: String,
        xAxis: Axis,
        stayed: [Int],
        left: [Int],
        threshold: Double? = nil
    ) {
        precondition(stayed.count == left.count, "histogram: both classes need the same bins")
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.stayed = stayed
        self.left = left
        self.threshold = threshold
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let shares = (Self.shares(stayed), Self.shares(left))
        let highest = max(shares.0.max() ?? 0, shares.1.max() ?? 0)
        let language = xAxis.language
        let yAxis = Axis(
            language("share of the class", "parcela da classe"),
            isPercentage: true,
            language: language
        )
        let frame = Frame(
            x: xAxis.ticks(fitting: []),
            y: Ticks(covering: 0 ... (highest > 0 ? highest : 1))
        )
        var canvas = Canvas(height: 276)
        frame.draw(xAxis, yAxis, on: &canvas)
        if highest == 0 {
            frame.drawNoData(language, on: &canvas)
        } else {
            frame.drawSteps(shares.0, over: frame.x.extent, .muted, on: &canvas)
            frame.drawSteps(shares.1, over: frame.x.extent, .leave, on: &canvas)
            drawThreshold(in: frame, on: &canvas)
            Legend(entries: [
                (language("stayed", "ficaram"), .line(.muted)),
                (language("left", "saíram"), .line(.leave)),
            ])
            .draw(right: frame.right, y: frame.top - 14, on: &canvas)
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    private func drawThreshold(in frame: Frame, on canvas: inout Canvas) {
        guard let threshold, threshold.isFinite else { return }
        let x = frame.across(threshold)
        canvas.line(x, frame.top, x, frame.bottom, "mark")
        let language = xAxis.language
        let text =
            language("threshold ", "limiar ") + language.form(.fixed(3)).text(threshold)
        frame.note(text, at: PlotPoint(x, frame.top + 2), on: &canvas, above: false)
    }

    private static func shares(_ counts: [Int]) -> [Double] {
        let total = counts.reduce(0, +)
        return counts.map { total > 0 ? Double($0) / Double(total) : 0 }
    }
}
