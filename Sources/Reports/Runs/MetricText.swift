import Charts

/// How a metric's value is written: as many digits as tell runs apart, whatever its size.
enum MetricText {
    /// Servers have no infinity and give the largest finite number in its place.
    static let largest = 1e300

    /// `0.3312`, `412.07`, `1.235e-05`, `NaN`, `inf`.
    static func text(_ value: Double) -> String {
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
    static func text(_ value: Double?) -> String { value.map { text($0) } ?? "-" }

    /// The value with its sign, also where that is plus.
    static func difference(_ value: Double) -> String { (value > 0 ? "+" : "") + text(value) }

    /// `0.3312 [0.310, 0.352]`; an end tells the first digits, its others say nothing.
    static func text(_ value: Double, low: Double?, high: Double?) -> String {
        guard let low, let high else { return text(value) }
        func end(_ value: Double) -> String {
            (0.001 ..< 100).contains(value.magnitude) || value == 0
                ? NumberFormat.fixed(3).text(value) : text(value)
        }
        return "\(text(value)) [\(end(low)), \(end(high))]"
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
