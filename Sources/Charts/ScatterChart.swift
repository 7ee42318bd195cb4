import Output

/// Trials in their order, how good each was, and the best so far; lower is better.
public struct ScatterChart: Chart {
    /// One trial.
    public struct Dot: Sendable {
        let point: PlotPoint
        let isSetBack: Bool
        let hint: String?

        /// Creates a dot.
        ///
        /// - Parameters:
        ///   - point: The trial's number and its score.
        ///   - isSetBack: Whether it is drawn paler and is no candidate for the best.
        ///   - hint: What a pointer resting on it shows.
        public init(_ point: PlotPoint, isSetBack: Bool = false, hint: String? = nil) {
            self.point = point
            self.isSetBack = isSetBack
            self.hint = hint
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// The horizontal axis; without a range of its own it starts at 0.
    public var xAxis: Axis
    /// The vertical axis; without a range of its own it leaves out what lies far above the rest, and
    /// such dots stand at its upper end.
    public var yAxis: Axis
    /// The trials from left to right; those that are not finite are left out.
    public var dots: [Dot]
    /// The names of the dots and of those set back, for the legend; short ones.
    public var names: (usual: String, setBack: String)
    /// What stands beside the best.
    public var bestNote: String

    /// How many dots are drawn; of more, some are left out, and that is said.
    public static let limit = 1_000

    /// Creates a chart.
    public init(
        title: String,
        summary: String,
        xAxis: Axis,
        yAxis: Axis,
        dots: [Dot],
        names: (usual: String, setBack: String) = ("complete", "pruned"),
        bestNote: String
    ) {
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.dots = dots.filter(\.point.isFinite)
        self.names = names
        self.bestNote = bestNote
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        var canvas = Canvas(height: 276)
        // The legend has a row of its own above the name of the vertical axis.
        let frame = Frame(top: 46, x: xTicks, y: yAxis.ticks(fitting: shownLevels + room))
        frame.draw(xAxis, yAxis, on: &canvas)
        if dots.isEmpty {
            frame.drawNoData(yAxis.language, on: &canvas)
        } else {
            draw(in: frame, on: &canvas)
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    /// Whole numbers, as trials are counted, also where there are but a few.
    private var xTicks: Ticks {
        let places = dots.map(\.point.x)
        return Axis(xAxis.label, range: xAxis.range).ticks(fitting: places + [0, 5])
    }

    /// The scores that the vertical axis covers, in rising order.
    ///
    /// All but those farther above the upper quartile than three times the distance between the
    /// quartiles. Tukey, "Exploratory data analysis", 1977, chapter 2.
    private var shownLevels: [Double] {
        let levels = dots.map(\.point.y).sorted()
        guard levels.count >= 4 else { return levels }
        let (lower, upper) = (levels[levels.count / 4], levels[levels.count * 3 / 4])
        let fence = upper + 3 * (upper - lower)
        return levels.filter { $0 <= fence }
    }

    /// Levels that leave room for the note below the best, or around dots that are all level.
    private var room: [Double] {
        let levels = shownLevels
        guard let low = levels.first, let high = levels.last else { return [] }
        guard low < high else { return [low - low.magnitude * 0.1, low + low.magnitude * 0.1] }
        let below = low - (high - low) * 0.1
        return [low < 0 ? below : max(0, below)]
    }

    private func draw(in frame: Frame, on canvas: inout Canvas) {
        let stride = (dots.count + Self.limit - 1) / Self.limit
        let shown = dots.indices.filter { $0.isMultiple(of: stride) }.map { dots[$0] }
        // The pale ones first, so that they cover nothing.
        for dot in shown where dot.isSetBack { draw(dot, "dot muted half", in: frame, on: &canvas) }
        for dot in shown where !dot.isSetBack {
            draw(dot, "dot model half", in: frame, on: &canvas)
        }
        let steps = steps
        if steps.count > 1 {
            let line = Thinning(columns: 170, from: frame.left, to: frame.right)
                .apply(steps.map { place($0, in: frame) })
            canvas.polyline(line, "line model")
        }
        if let best {
            let point = place(best.point, in: frame)
            canvas.circle(x: point.x, y: point.y, radius: 5.5, "dot model", hint: best.hint)
            frame.note(bestNote, at: point, on: &canvas, above: point.y > frame.bottom - 18)
        }
        drawRemarks(in: frame, stride: stride, on: &canvas)
        drawLegend(in: frame, withLine: steps.count > 1, on: &canvas)
    }

    private func drawLegend(in frame: Frame, withLine: Bool, on canvas: inout Canvas) {
        var entries: [(name: String, symbol: Legend.Symbol)] = [
            (names.usual, .dot("dot model half"))
        ]
        if dots.contains(where: \.isSetBack) {
            entries.append((names.setBack, .dot("dot muted half")))
        }
        if withLine { entries.append(("best so far", .line(.model))) }
        Legend(entries: entries).draw(right: frame.right, y: frame.top - 32, on: &canvas)
    }

    private func draw(_ dot: Dot, _ style: String, in frame: Frame, on canvas: inout Canvas) {
        let point = place(dot.point, in: frame)
        canvas.circle(x: point.x, y: point.y, radius: 3.5, style, hint: dot.hint)
    }

    /// What the drawing leaves out, at the right end of the line that names the horizontal axis.
    private func drawRemarks(in frame: Frame, stride: Int, on canvas: inout Canvas) {
        var remarks: [String] = []
        let above = dots.count { $0.point.y > frame.y.extent.upperBound }
        if above > 0 { remarks.append("\(NumberFormat.grouped(0).text(above)) above the scale") }
        if stride > 1 { remarks.append("1 in \(stride) drawn") }
        guard !remarks.isEmpty else { return }
        let text = remarks.joined(separator: ", ")
        canvas.text(text, x: frame.right, y: frame.bottom + 36, "label", anchor: .end)
    }

    private func place(_ point: PlotPoint, in frame: Frame) -> PlotPoint {
        let extent = frame.y.extent
        let y = max(extent.lowerBound, min(extent.upperBound, point.y))
        return frame.place(PlotPoint(point.x, y))
    }

    /// The lowest dot that is not set back, of equals the first.
    private var best: Dot? {
        var best: Dot?
        for dot in dots where !dot.isSetBack {
            if best.map({ dot.point.y < $0.point.y }) ?? true { best = dot }
        }
        return best
    }

    /// The corners of the line of the best so far, to the last dot; lower only where a better one stands.
    private var steps: [PlotPoint] {
        var steps: [PlotPoint] = []
        for dot in dots where !dot.isSetBack {
            guard let last = steps.last else {
                steps.append(dot.point)
                continue
            }
            guard dot.point.y < last.y else { continue }
            steps += [PlotPoint(dot.point.x, last.y), dot.point]
        }
        if let last = steps.last, let end = dots.last, end.point.x > last.x {
            steps.append(PlotPoint(end.point.x, last.y))
        }
        return steps
    }
}
