import Output
import Texts

/// One row per group: a value with its confidence interval, against the value over all groups.
public struct IntervalChart: Chart {
    /// One row.
    public struct Row: Sendable {
        let name: String
        let value: Double
        let interval: ClosedRange<Double>?

        /// Creates a row.
        public init(name: String, value: Double, interval: ClosedRange<Double>? = nil) {
            self.name = name
            self.value = value
            self.interval = interval
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// What is measured.
    public var axis: Axis
    /// The rows from top to bottom; those beyond ``IntervalChart/limit`` are left out, and that is said.
    public var rows: [Row]
    /// The value over all groups.
    public var reference: Double?

    /// How many rows are drawn.
    public static let limit = 24

    /// Creates a chart.
    public init(
        title: String,
        summary: String,
        axis: Axis,
        rows: [Row],
        reference: Double? = nil
    ) {
        self.title = title
        self.summary = summary
        self.axis = axis
        self.rows = rows
        self.reference = reference
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let shown = rows.prefix(Self.limit)
        let bottom = 28 + Double(max(2, shown.count)) * 22
        var values = shown.flatMap {
            [$0.value, $0.interval?.lowerBound ?? $0.value, $0.interval?.upperBound ?? $0.value]
        }
        if let reference { values.append(reference) }
        let frame = Frame(
            left: 150,
            top: 22,
            right: 340,
            bottom: bottom,
            x: axis.ticks(fitting: values, count: 4),
            y: Ticks(covering: 0 ... 1)
        )
        var canvas = Canvas(height: bottom + 44)
        drawAxis(in: frame, on: &canvas)
        if shown.count(where: \.value.isFinite) == 0 {
            frame.drawNoData(axis.language, on: &canvas)
        }
        for (index, row) in shown.enumerated() {
            draw(row, y: 40 + Double(index) * 22, in: frame, on: &canvas)
        }
        if rows.count > shown.count {
            let more = axis.language.more(rows.count - shown.count)
            canvas.text(more, x: 0, y: bottom + 17, "label")
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    private func drawAxis(in frame: Frame, on canvas: inout Canvas) {
        for tick in frame.x.values {
            let x = frame.across(tick)
            canvas.line(x, frame.top, x, frame.bottom, "grid")
            canvas.text(
                axis.text(tick, frame.x),
                x: x,
                y: frame.bottom + 17,
                "tick",
                anchor: .middle
            )
        }
        canvas.text(
            axis.label,
            x: (frame.left + frame.right) / 2,
            y: frame.bottom + 36,
            "label",
            anchor: .middle
        )
        guard let reference, reference.isFinite else { return }
        let x = frame.across(reference)
        canvas.line(x, frame.top, x, frame.bottom, "reference")
        canvas.text(axis.language("all", "todos"), x: x, y: frame.top - 6, "label", anchor: .middle)
    }

    private func draw(_ row: Row, y: Double, in frame: Frame, on canvas: inout Canvas) {
        canvas.text(row.name.clipped(to: 20), x: frame.left - 10, y: y + 4, "name", anchor: .end)
        let format = axis.isPercentage ? NumberFormat.percent(1) : .fixed(3)
        canvas.text(
            axis.text(row.value, format),
            x: 396,
            y: y + 4,
            "strong",
            anchor: .end
        )
        guard row.value.isFinite else { return }
        if let interval = row.interval {
            canvas.line(
                frame.across(interval.lowerBound),
                y,
                frame.across(interval.upperBound),
                y,
                "whisker model"
            )
        }
        canvas.circle(x: frame.across(row.value), y: y, radius: 4, "dot model")
    }
}
