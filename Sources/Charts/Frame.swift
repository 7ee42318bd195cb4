import Output
import Texts

/// The rectangle that data is drawn in, with both axes: from data to drawing coordinates.
struct Frame {
    let left: Double
    let top: Double
    let right: Double
    let bottom: Double
    let x: Ticks
    let y: Ticks

    init(
        left: Double = 48,
        top: Double = 28,
        right: Double = 380,
        bottom: Double = 232,
        x: Ticks,
        y: Ticks
    ) {
        self.left = left
        self.top = top
        self.right = right
        self.bottom = bottom
        self.x = x
        self.y = y
    }

    func across(_ value: Double) -> Double {
        left + Self.share(value, of: x.extent) * (right - left)
    }

    func up(_ value: Double) -> Double {
        bottom - Self.share(value, of: y.extent) * (bottom - top)
    }

    func place(_ point: PlotPoint) -> PlotPoint { PlotPoint(across(point.x), up(point.y)) }

    /// Grid, ticks and what the axes measure.
    ///
    /// The vertical axis is named above its end, where the
    /// name reads without turning the head.
    func draw(_ xAxis: Axis, _ yAxis: Axis, on canvas: inout Canvas) {
        drawVertical(yAxis, on: &canvas)
        drawHorizontal(xAxis, on: &canvas)
    }

    func drawHorizontal(_ xAxis: Axis, on canvas: inout Canvas) {
        for tick in x.values {
            canvas.line(across(tick), bottom, across(tick), bottom + 4, "axis")
            canvas.text(
                xAxis.text(tick, x),
                x: across(tick),
                y: bottom + 17,
                "tick",
                anchor: .middle
            )
        }
        canvas.text(
            xAxis.label,
            x: (left + right) / 2,
            y: bottom + 36,
            "label",
            anchor: .middle
        )
    }

    func drawVertical(_ axis: Axis, on canvas: inout Canvas) {
        for tick in y.values {
            let isBase = tick == y.values.first
            canvas.line(left, up(tick), right, up(tick), isBase ? "axis" : "grid")
            canvas.text(
                axis.text(tick, y),
                x: left - 6,
                y: up(tick) + 4,
                "tick",
                anchor: .end
            )
        }
        canvas.text(axis.label, x: 0, y: top - 14, "label")
    }

    func drawNoData(_ language: Language, on canvas: inout Canvas) {
        canvas.text(
            language("no data", "sem dados"),
            x: (left + right) / 2,
            y: (top + bottom) / 2 + 4,
            "strong",
            anchor: .middle
        )
    }

    /// A note beside a place, on the side that has room.
    func note(_ text: String, at point: PlotPoint, on canvas: inout Canvas, above: Bool = true) {
        let isRight = point.x > (left + right) / 2
        canvas.text(
            text,
            x: point.x + (isRight ? -8 : 8),
            y: point.y + (above ? -8 : 16),
            "note",
            anchor: isRight ? .end : .start
        )
    }

    /// A note over a place, within the width of the frame as far as type can be guessed.
    func noteOver(_ text: String, at point: PlotPoint, on canvas: inout Canvas) {
        let half = Double(text.unicodeScalars.count) * 3.4
        let x = max(left + half, min(right - half, point.x))
        canvas.text(text, x: x, y: point.y - 11, "note", anchor: .middle)
    }

    /// A minus sign, which is as wide as the digits, for the hyphen.
    static func typeset(_ number: String) -> String {
        number.hasPrefix("-") ? "\u{2212}" + number.dropFirst() : number
    }

    private static func share(_ value: Double, of range: ClosedRange<Double>) -> Double {
        let width = range.upperBound - range.lowerBound
        guard width > 0 else { return 0.5 }
        return max(-0.02, min(1.02, (value - range.lowerBound) / width))
    }
}

extension Frame {
    /// The outline of a histogram: equally wide bins over a range of the horizontal axis.
    func drawSteps(
        _ shares: [Double],
        over range: ClosedRange<Double>,
        _ tone: Tone,
        on canvas: inout Canvas
    ) {
        guard !shares.isEmpty else { return }
        let width = (range.upperBound - range.lowerBound) / Double(shares.count)
        var outline = [PlotPoint(across(range.lowerBound), bottom)]
        for (index, share) in shares.enumerated() {
            let start = range.lowerBound + Double(index) * width
            outline.append(PlotPoint(across(start), up(share)))
            outline.append(PlotPoint(across(start + width), up(share)))
        }
        outline.append(PlotPoint(across(range.upperBound), bottom))
        canvas.polygon(outline, "fill faint \(tone.rawValue)")
        canvas.polyline(outline, "line \(tone.rawValue)")
    }
}
