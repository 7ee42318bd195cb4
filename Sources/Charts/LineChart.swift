/// Lines over two axes, with whatever helps to read them: a diagonal, a band, marked points.
public struct LineChart: Chart {
    /// One line.
    public struct Series: Sendable {
        /// Its name in the legend.
        public var name: String
        /// Its points, from left to right; those that are not finite are left out.
        public var points: [PlotPoint]
        /// Its colour.
        public var tone: Tone
        /// Whether it is dashed: something to compare with, not something measured.
        public var isReference: Bool
        /// Whether the area beneath is tinted.
        public var isFilled: Bool

        /// Creates a line.
        public init(
            _ name: String,
            points: [PlotPoint],
            tone: Tone = .model,
            isReference: Bool = false,
            isFilled: Bool = false
        ) {
            self.name = name
            self.points = points.filter(\.isFinite)
            self.tone = tone
            self.isReference = isReference
            self.isFilled = isFilled
        }
    }

    /// An interval along the vertical axis for every place on the horizontal one.
    public struct Band: Sendable {
        let lower: [PlotPoint]
        let upper: [PlotPoint]

        /// Creates a band from its two edges, both from left to right.
        public init(lower: [PlotPoint], upper: [PlotPoint]) {
            self.lower = lower.filter(\.isFinite)
            self.upper = upper.filter(\.isFinite)
        }
    }

    /// A point that the chart is about.
    public struct Mark: Sendable {
        let point: PlotPoint
        let note: String
        let tone: Tone
        let isDropped: Bool
        let isAbove: Bool

        /// Creates a mark.
        ///
        /// - Parameters:
        ///   - point: Where it is, in data coordinates.
        ///   - note: What stands beside it.
        ///   - tone: Its colour.
        ///   - isDropped: Whether a line leads down from it to the horizontal axis; its note then
        ///     stands over the point.
        ///   - isAbove: Whether the note stands above the point or below.
        public init(
            _ point: PlotPoint,
            note: String,
            tone: Tone = .model,
            isDropped: Bool = false,
            isAbove: Bool = true
        ) {
            self.point = point
            self.note = note
            self.tone = tone
            self.isDropped = isDropped
            self.isAbove = isAbove
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// The horizontal axis.
    public var xAxis: Axis
    /// The vertical axis.
    public var yAxis: Axis
    /// The lines, drawn in this order; a legend names them where there are two.
    public var series: [Series]
    /// An interval around a line.
    public var band: Band?
    /// The points that matter.
    public var marks: [Mark]

    /// Creates a chart.
    public init(
        title: String,
        summary: String,
        xAxis: Axis,
        yAxis: Axis,
        series: [Series],
        band: Band? = nil,
        marks: [Mark] = []
    ) {
        self.title = title
        self.summary = summary
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.series = series
        self.band = band
        self.marks = marks.filter { $0.point.isFinite }
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        var canvas = Canvas(height: 276)
        let points = series.flatMap(\.points) + marks.map(\.point)
        let edges = (band?.lower ?? []) + (band?.upper ?? [])
        let frame = Frame(
            x: xAxis.ticks(fitting: points.map(\.x)),
            y: yAxis.ticks(fitting: (points + edges).map(\.y) + headroom)
        )
        frame.draw(xAxis, yAxis, on: &canvas)
        if series.allSatisfy({ $0.points.isEmpty || $0.isReference }) {
            frame.drawNoData(xAxis.language, on: &canvas)
        } else {
            draw(in: frame, on: &canvas)
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    /// Heights that leave room for the notes over dropped marks.
    private var headroom: [Double] {
        let values = series.flatMap(\.points).map(\.y)
        guard let low = values.min(), let high = values.max() else { return [] }
        return marks.filter(\.isDropped).map { $0.point.y + (high - low) * 0.1 }
    }

    private func draw(in frame: Frame, on canvas: inout Canvas) {
        if let band, !band.lower.isEmpty, !band.upper.isEmpty {
            let outline = thinned(band.upper, in: frame) + thinned(band.lower, in: frame).reversed()
            canvas.polygon(outline, "fill faint model")
        }
        for line in series {
            let points = thinned(line.points, in: frame)
            guard let first = points.first, let last = points.last else { continue }
            if line.isFilled {
                let feet = [PlotPoint(last.x, frame.bottom), PlotPoint(first.x, frame.bottom)]
                canvas.polygon(points + feet, "fill faint \(line.tone.rawValue)")
            }
            canvas.polyline(points, line.isReference ? "reference" : "line \(line.tone.rawValue)")
            if points.count == 1 {
                canvas.circle(x: first.x, y: first.y, radius: 3.5, "dot \(line.tone.rawValue)")
            }
        }
        for mark in marks {
            let point = frame.place(mark.point)
            if mark.isDropped { canvas.line(point.x, point.y, point.x, frame.bottom, "mark") }
            canvas.circle(x: point.x, y: point.y, radius: 4.5, "dot \(mark.tone.rawValue)")
            if mark.isDropped {
                frame.noteOver(mark.note, at: point, on: &canvas)
            } else {
                frame.note(mark.note, at: point, on: &canvas, above: mark.isAbove)
            }
        }
        guard series.count > 1 else { return }
        Legend(entries: series.map { ($0.name, $0.isReference ? .reference : .line($0.tone)) })
            .draw(right: frame.right, y: frame.top - 14, on: &canvas)
    }

    private func thinned(_ points: [PlotPoint], in frame: Frame) -> [PlotPoint] {
        Thinning(columns: 170, from: frame.left, to: frame.right).apply(points.map(frame.place))
    }
}
