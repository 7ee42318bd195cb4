import Output
import Texts

/// How a metric's value is written: as many digits as tell runs apart, whatever its size.
package enum MetricText {
    /// Servers have no infinity and give the largest finite number in its place.
    static let largest = 1e300

    /// `0.3312`, `412.07`, `1.235e-05`, `NaN`, `inf`.
    package static func text(_ value: Double) -> String {
        guard !value.isNaN else { return "NaN" }
        guard value.magnitude < largest else { return value < 0 ? "-inf" : "inf" }
        return switch value.magnitude {
        case 1 ..< 1e9 where value == value.rounded() && value.magnitude > 1:
            NumberFormat.grouped(0).text(value)
        case 0, 0.001 ..< 100: NumberFormat.fixed(4).text(value)
        case 100 ..< 1e9: NumberFormat.grouped(2).text(value)
        default: scientific(value)
        }
    }

    /// The value, or a dash where there is none.
    package static func text(_ value: Double?) -> String { value.map { text($0) } ?? "-" }

    /// How much a value is above another, with its sign and no more digits than the value has; empty where
    /// they are the same.
    package static func difference(_ value: Double, from other: Double) -> String {
        let difference = value - other
        guard difference != 0, difference.isFinite, difference.magnitude < largest else {
            return ""
        }
        let sign = difference > 0 ? "+" : "-"
        let size = difference.magnitude
        return switch max(value.magnitude, other.magnitude) {
        case 0.001 ..< 100: sign + NumberFormat.fixed(4).text(size)
        case 100 ..< 1e9: sign + NumberFormat.grouped(2).text(size)
        default: sign + text(size)
        }
    }

    /// `0.3312 [0.310, 0.352]`, `0,3312 [0,310; 0,352]`; an end tells the first digits, its others say nothing.
    static func text(
        _ value: Double,
        low: Double?,
        high: Double?,
        _ language: Language = .english
    ) -> String {
        let shown = language.marked(text(value))
        guard let low, let high else { return shown }
        func end(_ value: Double) -> String {
            (0.001 ..< 100).contains(value.magnitude) || value == 0
                ? NumberFormat.fixed(3).text(value) : text(value)
        }
        let ends = (language.marked(end(low)), language.marked(end(high)))
        return language("\(shown) [\(ends.0), \(ends.1)]", "\(shown) [\(ends.0); \(ends.1)]")
    }

    private static func scientific(_ value: Double) -> String {
        var (mantissa, exponent) = (value.magnitude, 0)
        while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
        while mantissa < 1 { (mantissa, exponent) = (mantissa * 10, exponent - 1) }
        if mantissa >= 9.9995 { (mantissa, exponent) = (1, exponent + 1) }
        let digits = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return (value < 0 ? "-" : "") + NumberFormat.fixed(3).text(mantissa)
            + (exponent < 0 ? "e-" : "e+") + digits
    }
}
