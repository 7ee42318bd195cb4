import Output

/// Collects the elements of one SVG drawing: every text escaped, every coordinate to a tenth.
struct Canvas {
    enum Anchor: String { case start, middle, end }

    let width: Double
    let height: Double
    private(set) var elements = ""

    init(width: Double = 400, height: Double) {
        self.width = width
        self.height = height
    }

    mutating func line(_ x1: Double, _ y1: Double, _ x2: Double, _ y2: Double, _ style: String) {
        let from = "x1=\"\(Self.coordinate(x1))\" y1=\"\(Self.coordinate(y1))\""
        let to = "x2=\"\(Self.coordinate(x2))\" y2=\"\(Self.coordinate(y2))\""
        elements += "<line class=\"\(style)\" \(from) \(to)/>\n"
    }

    /// A line through the points, given in drawing coordinates.
    mutating func polyline(_ points: [PlotPoint], _ style: String, hint: String? = nil) {
        elements += "<path class=\"\(style)\" d=\"\(Self.path(points))\""
        close("path", hint: hint)
    }

    mutating func polygon(_ points: [PlotPoint], _ style: String) {
        elements += "<path class=\"\(style)\" d=\"\(Self.path(points))Z\"/>\n"
    }

    /// A rectangle; `hint` is what a pointer resting on it shows.
    mutating func rectangle(
        x: Double,
        y: Double,
        width: Double,
        height: Double,
        _ style: String,
        opacity: Double? = nil,
        rounded: Double = 0,
        hint: String? = nil
    ) {
        elements +=
            "<rect class=\"\(style)\" x=\"\(Self.coordinate(x))\" y=\"\(Self.coordinate(y))\""
        elements += " width=\"\(Self.coordinate(max(0, width)))\""
        elements += " height=\"\(Self.coordinate(max(0, height)))\""
        if rounded > 0 { elements += " rx=\"\(Self.coordinate(rounded))\"" }
        if let opacity { elements += " fill-opacity=\"\(NumberFormat.fixed(3).text(opacity))\"" }
        close("rect", hint: hint)
    }

    mutating func circle(
        x: Double,
        y: Double,
        radius: Double,
        _ style: String,
        hint: String? = nil
    ) {
        elements += "<circle class=\"\(style)\" cx=\"\(Self.coordinate(x))\""
        elements += " cy=\"\(Self.coordinate(y))\" r=\"\(Self.coordinate(radius))\""
        close("circle", hint: hint)
    }

    mutating func text(
        _ content: String,
        x: Double,
        y: Double,
        _ style: String,
        anchor: Anchor = .start,
        turned: Bool = false
    ) {
        let (x, y) = (Self.coordinate(x), Self.coordinate(y))
        let place =
            turned ? " transform=\"translate(\(x) \(y)) rotate(-90)\"" : " x=\"\(x)\" y=\"\(y)\""
        elements += "<text class=\"\(style)\"\(place) text-anchor=\"\(anchor.rawValue)\">"
        elements += "\(content.markupEscaped)</text>\n"
    }

    /// The whole drawing with its name and description for those who can't see it.
    ///
    /// Of `id`, which is unique on the page, letters, digits and hyphens are kept; a `styled` drawing
    /// brings its own colours, to stand alone in a file.
    func drawing(id: String, title: String, summary: String, styled: Bool) -> String {
        let id = String(id.filter { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        let size = "0 0 \(Self.coordinate(width)) \(Self.coordinate(height))"
        let label = "aria-labelledby=\"\(id)-title \(id)-summary\""
        return """
            <svg xmlns="http://www.w3.org/2000/svg" class="chart" viewBox="\(size)" role="img" \(label)>
            <title id="\(id)-title">\(title.markupEscaped)</title>
            <desc id="\(id)-summary">\(summary.markupEscaped)</desc>
            \(styled ? "<style>\(ChartStyle.css)</style>\n" : "")\(elements)</svg>

            """
    }

    private mutating func close(_ element: String, hint: String?) {
        if let hint {
            elements += "><title>\(hint.markupEscaped)</title></\(element)>\n"
        } else {
            elements += "/>\n"
        }
    }

    private static func path(_ points: [PlotPoint]) -> String {
        var path = ""
        for (index, point) in points.enumerated() {
            path += "\(index == 0 ? "M" : "L")\(coordinate(point.x)) \(coordinate(point.y))"
        }
        return path
    }

    /// In whole tenths, so that the last bits of a sum never show.
    private static func coordinate(_ value: Double) -> String {
        guard value.isFinite else { return "0" }
        let tenths = Int((max(-1e6, min(1e6, value)) * 10).rounded())
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        return (tenths < 0 ? "-" : "") + String(whole) + (rest == 0 ? "" : ".\(rest)")
    }
}
