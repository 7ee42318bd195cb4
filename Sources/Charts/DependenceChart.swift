import Output
import Texts

/// A mean along the values of one column: a line over numbers, bars to both sides of nothing for levels.
public struct DependenceChart: Chart {
    /// Rows with like values.
    public struct Cell: Sendable {
        let name: String
        let span: ClosedRange<Double>?
        let value: Double
        let count: Int

        /// Creates a cell.
        ///
        /// - Parameters:
        ///   - name: Its values for people.
        ///   - span: From its lowest to its highest number; nil for a level, or where fields are empty.
        ///   - value: The mean.
        ///   - count: How many rows.
        public init(_ name: String, span: ClosedRange<Double>?, value: Double, count: Int) {
            self.name = name
            self.span = span
            self.value = value
            self.count = count
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// What is measured.
    public var axis: Axis
    /// The cells, from left to right or from top to bottom; of levels the first ten are drawn.
    public var cells: [Cell]

    private static let most = 10

    /// Creates a chart.
    public init(title: String, summary: String, axis: Axis, cells: [Cell]) {
        self.title = title
        self.summary = summary
        self.axis = axis
        self.cells = cells
    }

    /// Whether the cells are drawn as a line: two numbers, each with a value of its own, are rather told apart as levels are.
    public var isLine: Bool {
        let spans = cells.filter(\.value.isFinite).compactMap(\.span)
        return spans.count > 2
            || (spans.count == 2 && spans.contains { $0.lowerBound < $0.upperBound })
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let shown = cells.filter(\.value.isFinite)
        let canvas = isLine ? line(shown) : bars(shown)
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    private func line(_ shown: [Cell]) -> Canvas {
        let spans = shown.compactMap(\.span)
        let frame = Frame(
            bottom: 150,
            x: Axis("").ticks(fitting: spans.flatMap { [$0.lowerBound, $0.upperBound] }),
            y: axis.ticks(fitting: [0] + shown.map(\.value), count: 4)
        )
        var canvas = Canvas(height: 194)
        frame.draw(Axis(title, language: axis.language), axis, on: &canvas)
        canvas.line(frame.left, frame.up(0), frame.right, frame.up(0), "reference")
        let placed = shown.compactMap { cell in cell.span.map { (cell, $0) } }
        canvas.polyline(
            placed.map { frame.place(PlotPoint($1.middle, $0.value)) },
            "line leave"
        )
        let greatest = Double(shown.map(\.count).max() ?? 1)
        for (cell, span) in placed {
            let y = frame.up(cell.value)
            canvas.line(
                frame.across(span.lowerBound),
                y,
                frame.across(span.upperBound),
                y,
                "whisker leave"
            )
            // As many rows as there are, so large is the dot.
            canvas.circle(
                x: frame.across(span.middle),
                y: y,
                radius: 2 + 3 * (Double(cell.count) / max(1, greatest)).squareRoot(),
                "dot leave",
                hint: hint(cell)
            )
        }
        if let cell = shown.first(where: { $0.span == nil }) {
            canvas.text(
                "\(cell.name.clipped(to: 16)): \(text(cell.value))",
                x: frame.right,
                y: frame.top - 14,
                "label",
                anchor: .end
            )
        }
        return canvas
    }

    private func bars(_ cells: [Cell]) -> Canvas {
        let shown = cells.prefix(Self.most)
        let bottom = 28 + 22 * Double(max(2, shown.count))
        let values = shown.map(\.value)
        let frame = Frame(
            left: 150,
            right: 340,
            bottom: bottom,
            x: axis.ticks(fitting: [0] + values, count: 4),
            y: Ticks(covering: 0 ... 1)
        )
        var canvas = Canvas(height: bottom + 44)
        frame.drawHorizontal(axis, on: &canvas)
        if shown.isEmpty { frame.drawNoData(axis.language, on: &canvas) }
        let zero = frame.across(0)
        for (place, cell) in shown.enumerated() {
            let top = frame.top + 22 * Double(place)
            let end = frame.across(cell.value)
            canvas.text(
                cell.name.clipped(to: 20),
                x: frame.left - 8,
                y: top + 15,
                "name",
                anchor: .end
            )
            canvas.text(text(cell.value), x: 396, y: top + 15, "strong", anchor: .end)
            canvas.rectangle(
                x: min(zero, end),
                y: top + 5,
                width: (end - zero).magnitude,
                height: 12,
                cell.value < 0 ? "fill half model" : "fill half leave",
                rounded: 1.5,
                hint: hint(cell)
            )
        }
        if !shown.isEmpty { canvas.line(zero, frame.top, zero, bottom, "axis") }
        if shown.count < cells.count {
            let more = axis.language.more(cells.count - shown.count)
            canvas.text(more, x: 0, y: bottom + 36, "label")
        }
        return canvas
    }

    private func hint(_ cell: Cell) -> String {
        let count = axis.language.form(.grouped(0)).text(cell.count)
        let rows = axis.language("rows", cell.count == 1 ? "linha" : "linhas")
        return "\(cell.name.clipped(to: 80)): \(text(cell.value)), \(count) \(rows)"
    }

    private func text(_ value: Double) -> String {
        let format = axis.isPercentage ? NumberFormat.percent(1) : .fixed(3)
        return (value > 0 ? "+" : "") + axis.text(value, format)
    }
}

extension ClosedRange<Double> {
    fileprivate var middle: Double { lowerBound + (upperBound - lowerBound) / 2 }
}
