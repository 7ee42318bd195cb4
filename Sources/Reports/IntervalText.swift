import Evaluation
import Output
import Texts

/// How an interval is written.
enum IntervalText {
    /// The interval and how sure it is; without one, that.
    static func spoken(_ metric: Metric?, _ language: Language) -> String {
        guard let metric, let range = metric.interval?.range else {
            return language("no interval", "sem intervalo")
        }
        return text(range, language.form(metric.name.format)) + " (95\u{A0}%)"
    }

    /// Both ends as words, as a table of text has them.
    static func words(
        _ range: ClosedRange<Double>,
        _ format: NumberFormat,
        _ language: Language = .english
    ) -> String {
        let form = language.form(format)
        return
            "\(form.text(range.lowerBound)) \(language("to", "a")) \(form.text(range.upperBound))"
    }

    /// Both ends, the unit once.
    static func text(_ range: ClosedRange<Double>, _ form: NumberForm) -> String {
        let (low, high) = (form.text(range.lowerBound), form.text(range.upperBound))
        let unit = "\u{A0}%"
        return (low.hasSuffix(unit) ? String(low.dropLast(unit.count)) : low) + "–" + high
    }
}

extension ConfidenceInterval {
    /// The same as a range; nil where the ends are no numbers or out of order.
    var range: ClosedRange<Double>? { low <= high ? low ... high : nil }
}
