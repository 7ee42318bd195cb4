import Output
import Texts

/// Names with one bar each, from top to bottom.
public struct BarsChart: Chart {
    /// One bar.
    public struct Bar: Sendable {
        let name: String
        let value: Double

        /// Creates a bar; one of a value below 0 has no length.
        public init(_ name: String, value: Double) {
            self.name = name
            self.value = value
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// What the length measures.
    public var axis: Axis
    /// The bars from top to bottom; the first ten are drawn.
    public var bars: [Bar]

    private static let most = 10

    /// Creates a chart.
    public init(title: String, summary: String, axis: Axis, bars: [Bar]) {
        self.title = title
        self.summary = summary
        self.axis = axis
        self.bars = bars
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let shown = bars.filter(\.value.isFinite).prefix(Self.most)
        let bottom = 28 + 22 * Double(max(2, shown.count))
        var canvas = Canvas(height: bottom + 44)
        let longest = max(0, shown.map(\.value).max() ?? 0)
        let frame = Frame(
            left: 150,
            right: 340,
            bottom: bottom,
            x: Ticks(covering: 0 ... (longest > 0 ? longest : 1), count: 4),
            y: Ticks(covering: 0 ... 1)
        )
        frame.drawHorizontal(axis, on: &canvas)
        if shown.isEmpty { frame.drawNoData(axis.language, on: &canvas) }
        let format = axis.isPercentage ? NumberFormat.percent(1) : .fixed(3)
        for (place, bar) in shown.enumerated() {
            let top = frame.top + 22 * Double(place)
            let text = axis.text(bar.value, format)
            canvas.text(
                bar.name.clipped(to: 20),
                x: frame.left - 8,
                y: top + 15,
                "name",
                anchor: .end
            )
            canvas.text(text, x: 396, y: top + 15, "strong", anchor: .end)
            canvas.rectangle(
                x: frame.left,
                y: top + 5,
                width: frame.across(max(0, bar.value)) - frame.left,
                height: 12,
                "fill half leave",
                rounded: 1.5,
                hint: "\(bar.name.clipped(to: 80)): \(text)"
            )
        }
        if shown.count < bars.count {
            let more = axis.language.more(bars.count - shown.count)
            canvas.text(more, x: 0, y: bottom + 36, "label")
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }
}
