import Markup

/// A fraction as a bar; its width is an attribute, because pages have no style of their own.
struct RiskBar {
    /// From 0 to 1.
    let fraction: Double
    var style: HTML = "bar"

    var html: HTML {
        let share = fraction.isFinite ? min(1, max(0, fraction)) : 0
        let width = String(Int((share * 100).rounded()))
        return
            "<svg class=\"\(style)\" aria-hidden=\"true\"><rect width=\"\(width)%\"/></svg>"
    }
}
