/// Round numbers along an axis, a multiple of 1, 2 or 5 times a power of ten apart.
///
/// Heckbert, "Nice numbers for graph labels", Graphics Gems, 1990.
package struct Ticks: Equatable {
    package let values: [Double]
    package let step: Double

    /// The first to the last tick, at or beyond both ends of the range asked for.
    package var extent: ClosedRange<Double> {
        (values.first ?? 0) ... (values.last ?? 1)
    }

    /// How many decimals tell neighbouring ticks apart.
    package var decimals: Int {
        var decimals = 0
        var scaled = step
        while scaled < 0.999_999, decimals < 9 {
            scaled *= 10
            decimals += 1
        }
        return decimals
    }

    /// - Parameters:
    ///   - range: What the ticks cover; an empty or endless one is widened or replaced.
    ///   - count: About how many ticks.
    package init(covering range: ClosedRange<Double>, count: Int = 5) {
        var (low, high) = (range.lowerBound, range.upperBound)
        if !(low.isFinite && high.isFinite && (high - low).isFinite) { (low, high) = (0, 1) }
        if high - low <= high.magnitude * 1e-9 || high == low {
            let margin = max(low.magnitude * 0.1, 0.5)
            (low, high) = (low - margin, high + margin)
        }
        let step = Self.nice((high - low) / Double(max(1, count - 1)))
        // A hundred-millionth of a step of slack, so that 0.6000000000000001 does not add a tick.
        let first = (low / step + 1e-8).rounded(.down)
        let last = (high / step - 1e-8).rounded(.up)
        var values: [Double] = []
        var index = first
        while index <= last, values.count < 100 {
            values.append(index * step)
            index += 1
        }
        self.values = values
        self.step = step
    }

    private static func nice(_ size: Double) -> Double {
        guard size > 0, size.isFinite else { return 1 }
        var power = 1.0
        while power > size, power > 1e-300 { power /= 10 }
        while power * 10 <= size { power *= 10 }
        let fraction = size / power
        return if fraction < 1.5 { power } else if fraction < 3 { 2 * power } else if fraction < 7 {
            5 * power
        } else { 10 * power }
    }
}
