import Kernels

/// The line on which the windows of a dimension of numbers lie: its values, or their logarithms.
///
/// A whole number *n* is the cell from *n* - ½ to *n* + ½, so that both bounds are as likely as the
/// rest.
struct NumericScale {
    let bounds: ClosedRange<Double>
    private let range: ClosedRange<Double>
    private let isLog: Bool
    private let isWhole: Bool

    /// Nil for a dimension of choices.
    init?(_ dimension: Dimension) {
        switch dimension {
        case .real(_, let range, let log):
            (self.range, isLog, isWhole) = (range, log, false)
        case .integer(_, let range, let log):
            self.range = Double(range.lowerBound) ... Double(range.upperBound)
            (isLog, isWhole) = (log, true)
        case .choice: return nil
        }
        let margin = isWhole ? 0.5 : 0
        let (low, high) = (range.lowerBound - margin, range.upperBound + margin)
        // The logarithms of neighbouring numbers may be in the wrong order.
        bounds =
            isLog
            ? Elementary.log(low) ... max(Elementary.log(low), Elementary.log(high)) : low ... high
    }

    /// Where a value lies.
    func place(of value: Double) -> Double { isLog ? Elementary.log(value) : value }

    /// The value at a place.
    func value(at place: Double) -> Point.Value {
        let value = isLog ? Elementary.exp(place) : place
        let rounded = isWhole ? value.rounded() : readable(value)
        let inside = max(range.lowerBound, min(range.upperBound, rounded))
        return isWhole ? .integer(Int(inside)) : .real(inside)
    }

    /// How likely the windows make a value; comparable among windows on the same scale.
    func likelihood(of value: Double, in windows: ParzenWindows) -> Double {
        if isWhole {
            let (low, high) = (place(of: value - 0.5), place(of: value + 0.5))
            // In a cell too narrow for differences of chances, the density is as good.
            if high - low > 1e-6 * (bounds.upperBound - bounds.lowerBound) {
                return windows.mass(from: low, to: high)
            }
        }
        return windows.density(at: place(of: value))
    }

    /// The value with no more decimals than a thousandth of the range needs, on a log scale of itself.
    ///
    /// A person reads, compares and copies these numbers; 0.006123 trains like 0.0061230887105817.
    private func readable(_ value: Double) -> Double {
        let width = range.upperBound - range.lowerBound
        var reach = isLog ? min(value.magnitude, width) : width
        var scale = 1.0
        // Powers of ten are exact to 10²², and the quotient below is then the double nearest to the
        // decimal number.
        while reach < 1_000 {
            guard scale < 1e22 else { return value }
            reach *= 10
            scale *= 10
        }
        let rounded = (value * scale).rounded() / scale
        return rounded.isFinite ? rounded : value
    }
}
