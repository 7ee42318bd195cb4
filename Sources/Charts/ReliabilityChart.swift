import Output
public import Texts

/// Predicted against observed frequency, and how many customers each comparison rests on.
///
/// Niculescu-Mizil and Caruana, "Predicting good probabilities with supervised learning", ICML 2005.
public struct ReliabilityChart: Chart {
    /// Customers with similar predictions.
    public struct Bin: Sendable {
        let predicted: Double
        let observed: Double
        let interval: ClosedRange<Double>?
        let count: Int

        /// Creates a bin.
        ///
        /// - Parameters:
        ///   - predicted: The mean predicted probability.
        ///   - observed: The fraction that really left.
        ///   - interval: The confidence interval of `observed`.
        ///   - count: How many customers; an empty bin is not drawn.
        public init(
            predicted: Double,
            observed: Double,
            interval: ClosedRange<Double>? = nil,
            count: Int
        ) {
            self.predicted = predicted
            self.observed = observed
            self.interval = interval
            self.count = count
        }
    }

    /// What the chart shows.
    public var title: String
    /// What there is to see in it.
    public var summary: String
    /// The bins by rising prediction.
    public var bins: [Bin]
    /// Of the words in it.
    public var language: Language

    /// Creates a chart.
    public init(title: String, summary: String, bins: [Bin], language: Language = .english) {
        self.title = title
        self.summary = summary
        self.bins = bins
        self.language = language
    }

    /// Draws the chart.
    public func svg(id: String, styled: Bool) -> String {
        let xAxis = Axis.fraction(
            language("predicted probability", "probabilidade prevista"),
            language: language
        )
        let yAxis = Axis.fraction(
            language("really left", "saíram de fato"),
            language: language
        )
        let whole = Ticks(covering: 0 ... 1)
        let upper = Frame(bottom: 190, x: whole, y: whole)
        var canvas = Canvas(height: 276)
        upper.drawVertical(yAxis, on: &canvas)
        canvas.line(upper.left, upper.bottom, upper.right, upper.top, "reference")
        let lower = Frame(top: 202, x: whole, y: whole)
        let shown = bins.filter { $0.count > 0 && $0.predicted.isFinite && $0.observed.isFinite }
        drawCounts(shown, in: lower, on: &canvas)
        lower.drawHorizontal(xAxis, on: &canvas)
        if shown.isEmpty {
            upper.drawNoData(language, on: &canvas)
        } else {
            draw(shown, in: upper, on: &canvas)
        }
        return canvas.drawing(id: id, title: title, summary: summary, styled: styled)
    }

    private func draw(_ bins: [Bin], in frame: Frame, on canvas: inout Canvas) {
        let places = bins.map { frame.place(PlotPoint($0.predicted, $0.observed)) }
        for (bin, place) in zip(bins, places) {
            guard let interval = bin.interval else { continue }
            let ends = (frame.up(interval.lowerBound), frame.up(interval.upperBound))
            canvas.line(place.x, ends.0, place.x, ends.1, "whisker model")
        }
        canvas.polyline(places, "line model")
        for (bin, place) in zip(bins, places) {
            let percent = language.form(.percent(1))
            let (predicted, left) = (percent.text(bin.predicted), percent.text(bin.observed))
            canvas.circle(
                x: place.x,
                y: place.y,
                radius: 4,
                "dot model",
                hint: language(
                    "predicted \(predicted), left \(left), ",
                    "previsto \(predicted), saíram \(left), "
                )
                    + customers(bin.count)
            )
        }
        Legend(entries: [
            (language("perfect", "perfeito"), .reference),
            (language("model", "modelo"), .line(.model)),
        ])
        .draw(right: frame.right, y: frame.top - 14, on: &canvas)
    }

    private func customers(_ count: Int) -> String {
        let text = language.form(.grouped(0)).text(count)
        return language("\(text) customers", "\(text) \(count == 1 ? "cliente" : "clientes")")
    }

    private func drawCounts(_ bins: [Bin], in frame: Frame, on canvas: inout Canvas) {
        canvas.line(frame.left, frame.bottom, frame.right, frame.bottom, "axis")
        guard let most = bins.map(\.count).max() else { return }
        canvas.text(
            language.form(.grouped(0)).text(most),
            x: frame.left - 6,
            y: frame.top + 5,
            "tick",
            anchor: .end
        )
        for bin in bins {
            let top = frame.up(Double(bin.count) / Double(most))
            canvas.rectangle(
                x: frame.across(bin.predicted) - 5,
                y: top,
                width: 10,
                height: frame.bottom - top,
                "fill half muted",
                hint: customers(bin.count)
            )
        }
    }
}
