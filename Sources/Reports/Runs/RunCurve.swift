import Charts
import Output
import Texts
public import Tracking

/// A metric of several runs, step by step.
public struct RunCurve: Sendable {
    /// The metric.
    let key: MetricKey
    /// For each run its values by step, each step once; empty where a run has none.
    let curves: [[PlotPoint]]
    /// For each run how many values are no numbers to be drawn.
    let brokenCounts: [Int]

    /// Creates a curve.
    ///
    /// - Parameters:
    ///   - key: The metric's name.
    ///   - histories: For each run of the comparison its values, by step, then time.
    public init(_ key: String, histories: [[RunMetric]]) {
        self.key = MetricKey(key)
        let series = histories.map { history in
            var points: [PlotPoint] = []
            for metric in history {
                // A step that was logged twice counts as the last time.
                if points.last?.x == Double(metric.step) { points.removeLast() }
                points.append(PlotPoint(Double(metric.step), metric.value))
            }
            return points
        }
        curves = series.map { $0.filter(Self.isDrawable) }
        brokenCounts = series.map { $0.count { !Self.isDrawable($0) } }
    }

    /// Whether there is more than a point for any run.
    var isCurve: Bool { zip(curves, brokenCounts).contains { $0.count + $1 > 1 } }

    /// The run, step and value that is best of all; nil where the name does not tell what is good.
    var best: (run: Int, point: PlotPoint)? {
        guard let higher = key.higherIsBetter else { return nil }
        var best: (run: Int, point: PlotPoint)?
        for (run, points) in curves.enumerated() {
            for point in points
            where best.map({ higher ? point.y > $0.point.y : point.y < $0.point.y }) ?? true {
                best = (run, point)
            }
        }
        return best
    }

    private static func isDrawable(_ point: PlotPoint) -> Bool {
        point.y.isFinite && point.y.magnitude < MetricText.largest
    }
}

extension CurvesChart {
    /// The chart of a metric.
    ///
    /// - Parameters:
    ///   - curve: What is drawn.
    ///   - labels: Names of the runs.
    ///   - steps: The horizontal range of all charts of the page.
    ///   - values: The vertical range; nil fits the curves.
    ///   - language: Of its words and numbers.
    init(
        _ curve: RunCurve,
        labels: [String],
        steps: ClosedRange<Double>,
        values: ClosedRange<Double>?,
        language: Language
    ) {
        let best = curve.best.map { best in
            let word =
                curve.key.higherIsBetter == true
                ? language("Highest", "Maior") : language("Lowest", "Menor")
            let step = language.form(.grouped(0)).text(best.point.x)
            let value = language.marked(MetricText.text(best.point.y))
            return "\(word): \(value), \(labels[best.run]), "
                + language("step \(step).", "passo \(step).")
        }
        let broken = curve.brokenCounts.enumerated().filter { $0.element > 0 }
        var notes: [String] = best.map { [$0] } ?? []
        if let first = broken.first {
            let count = broken.reduce(0) { $0 + $1.element }
            let more = broken.count - 1
            let others = more > 0 ? language(" and \(more) more", " e mais \(more)") : ""
            let whose = labels[first.offset] + others
            notes.append(
                language(
                    "Not drawn, because no number or infinite: \(count) of \(whose).",
                    "Sem desenho, por não ser número ou ser infinito: \(count) de \(whose)."
                )
            )
        }
        self.init(
            title: curve.key.name.clipped(to: 60),
            summary: notes.joined(separator: " "),
            xAxis: Axis(language("step", "passo"), range: steps, language: language),
            // The chart's title names it.
            yAxis: Axis("", range: values, language: language),
            curves: curve.curves.enumerated().map { Curve(labels[$0], points: $1, place: $0) }
        )
    }
}
