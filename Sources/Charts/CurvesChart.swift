import Output
import Texts

/// Curves of the same thing, to be told apart by colour and dashes; their names stand beside the chart.
public struct CurvesChart: Chart {
    /// One curve.
    public struct Curve: Sendable {
        /// What a pointer resting on it shows.
        public var name: String
        /// Its points, from left to right; those that are not finite are left out.
        public var points: [PlotPoint]
        /// Which it is among all that are told apart; the same in every chart of a page.
        public var place: Int

        /// Creates a curve.
        public init(_ name: String, points: [PlotPoint], place: Int) {
            self.name = name
            self.points = points.filter(\.isFinite)
            self.place = place
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// The horizontal axis; without a range of its own it fits the curves.
    public var xAxis: Axis
    /// The vertical axis; points beyond its range stand at its end, and their number is told.
    public var yAxis: Axis
    /// The curves, the first one drawn last, so that nothing covers it.
    public var curves: [Curve]

    /// Creates a chart.
    public init(title: String, summary: String, xAxis: Axis, yAxis: Axis, curves: [Curve]) {
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.curves = curves
    }

    /// The classes that give a line the look of a place: a colour and a dash, from the 25th on plain grey.
    public static func style(of place: Int) -> String {
        let (dash, hue) = place.quotientAndRemainder(dividingBy: ChartStyle.hueCount)
        return dash < 3 ? "hue-\(hue) dash-\(dash)" : "muted"
    }

    /// The range that shows what there is to see in values: all but those so far from the middle half that
    /// it would shrink to a line, as where one of several trainings diverged.
    ///
    /// - Returns: nil where there is no value.
    /// - Complexity: O(*n* log *n*).
    public static func range(of values: [Double]) -> ClosedRange<Double>? {
        let levels = values.filter(\.isFinite).sorted()
        guard let low = levels.first, let high = levels.last else { return nil }
        let (lower, upper) = (levels[levels.count / 4], levels[levels.count * 3 / 4])
        // The beginning of a curve lies far from its end, too, and is to be seen.
        let reach = 25 * (upper - lower)
        guard reach > 0 else { return low ... high }
        let (bottom, top) = (lower - reach, upper + reach)
        return (levels.first { $0 >= bottom } ?? low) ... (levels.last { $0 <= top } ?? high)
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        var canvas = Canvas(height: 276)
        let points = curves.flatMap(\.points)
        let frame = Frame(
            x: xTicks(points),
            y: yAxis.ticks(
                fitting: Self.range(of: points.map(\.y)).map { [$0.lowerBound, $0.upperBound] }
                    ?? []
            )
        )
        frame.draw(xAxis, yAxis, on: &canvas)
        if points.isEmpty {
            frame.drawNoData(xAxis.language, on: &canvas)
        } else {
            // Many curves share the budget of one page.
            let columns = max(30, min(166, 1_600 / curves.count))
            let thinning = Thinning(columns: columns, from: frame.left, to: frame.right)
            for curve in curves.reversed() {
                draw(curve, thinning.apply(curve.points.map { place($0, in: frame) }), on: &canvas)
            }
            drawRemark(points, in: frame, on: &canvas)
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    /// Whole numbers, as steps are counted, also where there are but a few.
    private func xTicks(_ points: [PlotPoint]) -> Ticks {
        let places = points.map(\.x)
        let width =
            xAxis.range.map { $0.upperBound - $0.lowerBound }
            ?? (places.max() ?? 1) - (places.min() ?? 0)
        return xAxis.ticks(fitting: places, count: width < 4 ? max(2, Int(width) + 1) : 5)
    }

    private func draw(_ curve: Curve, _ points: [PlotPoint], on canvas: inout Canvas) {
        let style = Self.style(of: curve.place) + " run run-\(curve.place)"
        if points.count == 1 {
            canvas.circle(
                x: points[0].x,
                y: points[0].y,
                radius: 3.5,
                "dot \(style)",
                hint: curve.name
            )
        } else if !points.isEmpty {
            canvas.polyline(points, "line \(style)", hint: curve.name)
        }
    }

    private func place(_ point: PlotPoint, in frame: Frame) -> PlotPoint {
        let extent = frame.y.extent
        let y = max(extent.lowerBound, min(extent.upperBound, point.y))
        return frame.place(PlotPoint(point.x, y))
    }

    private func drawRemark(_ points: [PlotPoint], in frame: Frame, on canvas: inout Canvas) {
        let extent = frame.y.extent
        let beyond = points.count { !extent.contains($0.y) }
        guard beyond > 0 else { return }
        let count = xAxis.language.form(.grouped(0)).text(beyond)
        let text = xAxis.language("\(count) beyond the scale", "\(count) além da escala")
        canvas.text(text, x: frame.right, y: frame.bottom + 36, "label", anchor: .end)
    }
}
