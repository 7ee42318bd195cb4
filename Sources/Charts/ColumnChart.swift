/// A few upright bars with their values, and a level to compare them with.
public struct ColumnChart: Chart {
    /// One bar.
    public struct Bar: Sendable {
        let name: String
        let value: Double
        let text: String

        /// Creates a bar; `text` stands above it.
        public init(name: String, value: Double, text: String) {
            self.name = name
            self.value = value
            self.text = text
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// What the bars stand for.
    public var xLabel: String
    /// What their height measures.
    public var yAxis: Axis
    /// The bars from left to right; about ten fit.
    public var bars: [Bar]
    /// The level to compare with, and its name.
    public var reference: (value: Double, name: String)?

    /// Creates a chart.
    public init(
        title: String,
        summary: String,
        xLabel: String,
        yAxis: Axis,
        bars: [Bar],
        reference: (value: Double, name: String)? = nil
    ) {
        self.title = title
        self.summary = summary
        self.xLabel = xLabel
        self.yAxis = yAxis
        self.bars = bars
        self.reference = reference
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let shown = bars.filter(\.value.isFinite)
        let levels = [0] + shown.map(\.value) + [reference?.value ?? 0]
        let frame = Frame(x: Ticks(covering: 0 ... 1), y: yAxis.ticks(fitting: levels))
        var canvas = Canvas(height: 276)
        frame.drawVertical(yAxis, on: &canvas)
        if shown.isEmpty {
            frame.drawNoData(yAxis.language, on: &canvas)
        } else {
            draw(in: frame, on: &canvas)
        }
        canvas.text(
            xLabel,
            x: (frame.left + frame.right) / 2,
            y: frame.bottom + 36,
            "label",
            anchor: .middle
        )
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    private func draw(in frame: Frame, on canvas: inout Canvas) {
        let step = (frame.right - frame.left) / Double(bars.count)
        for (index, bar) in bars.enumerated() {
            let center = frame.left + (Double(index) + 0.5) * step
            canvas.text(
                bar.name,
                x: center,
                y: frame.bottom + 17,
                "tick",
                anchor: .middle
            )
            guard bar.value.isFinite else { continue }
            let (level, base) = (frame.up(bar.value), frame.up(0))
            canvas.rectangle(
                x: center - step * 0.36,
                y: min(level, base),
                width: step * 0.72,
                height: (base - level).magnitude,
                "fill model",
                rounded: 1.5
            )
            canvas.text(
                bar.text,
                x: center,
                y: min(level, base) - 5,
                "note",
                anchor: .middle
            )
        }
        guard let reference, reference.value.isFinite else { return }
        let y = frame.up(reference.value)
        canvas.line(frame.left, y, frame.right, y, "reference")
        canvas.text(reference.name, x: frame.right, y: y - 5, "note", anchor: .end)
    }
}
