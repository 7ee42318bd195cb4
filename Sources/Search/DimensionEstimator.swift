import Kernels

/// What good and bad trials say about one dimension.
enum DimensionEstimator {
    case fixed(Point.Value)
    case numbers(NumericScale, good: ParzenWindows, bad: ParzenWindows)
    case choices([String], good: ChoiceShares, bad: ChoiceShares)

    /// - Parameters:
    ///   - dimension: The dimension.
    ///   - good: The values of the good trials, from the oldest to the latest.
    ///   - bad: The values of the others.
    init(_ dimension: Dimension, good: [Point.Value], bad: [Point.Value]) {
        if dimension.count == 1 {
            self = .fixed(dimension.value(at: 0))
        } else if let scale = NumericScale(dimension) {
            func windows(_ values: [Point.Value]) -> ParzenWindows {
                ParzenWindows(values.map { scale.place(of: $0.number) }, in: scale.bounds)
            }
            self = .numbers(scale, good: windows(good), bad: windows(bad))
        } else {
            let words = dimension.words
            func shares(_ values: [Point.Value]) -> ChoiceShares {
                ChoiceShares(
                    values.compactMap { value in words.firstIndex { .choice($0) == value } },
                    count: words.count
                )
            }
            self = .choices(words, good: shares(good), bad: shares(bad))
        }
    }

    /// Of several values drawn from the good ones' density *l*, the one with the largest *l* / *g*,
    /// where *g* is that of the bad ones; of equals the first.
    func best(ofDraws count: Int, using generator: inout SeededGenerator) -> Point.Value {
        switch self {
        case .fixed(let value): return value
        case .numbers(let scale, let good, let bad):
            var (best, highest) = (scale.value(at: scale.bounds.lowerBound), -Double.infinity)
            for _ in 0 ..< count {
                let value = scale.value(at: good.draw(using: &generator))
                let ratio =
                    scale.likelihood(of: value.number, in: good)
                    / scale.likelihood(of: value.number, in: bad)
                if ratio > highest { (best, highest) = (value, ratio) }
            }
            return best
        case .choices(let words, let good, let bad):
            var (best, highest) = (0, -Double.infinity)
            for _ in 0 ..< count {
                let index = drawnIndex(good.shares, using: &generator)
                let ratio = good.shares[index] / bad.shares[index]
                if ratio > highest { (best, highest) = (index, ratio) }
            }
            return .choice(words[best])
        }
    }

    /// A value drawn without regard to any trial.
    func random(using generator: inout SeededGenerator) -> Point.Value {
        switch self {
        case .fixed(let value): return value
        case .numbers(let scale, _, _):
            let (low, high) = (scale.bounds.lowerBound, scale.bounds.upperBound)
            return scale.value(at: low + (high - low) * generator.uniform())
        case .choices(let words, _, _): return .choice(words[generator.below(words.count)])
        }
    }
}

extension Point.Value {
    /// The number of a value that is one.
    fileprivate var number: Double {
        switch self {
        case .real(let number): number
        case .integer(let number): Double(number)
        case .choice: .nan
        }
    }
}

extension Dimension {
    /// What there is to choose from.
    fileprivate var words: [String] {
        if case .choice(_, let words) = self { words } else { [] }
    }
}

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

/// How often each choice was taken, with one more for each as prior.
///
/// Bergstra, Bardenet, Bengio and Kégl, "Algorithms for hyper-parameter optimization", NeurIPS 2011,
/// section 4.
struct ChoiceShares {
    /// One for each choice, above 0, with sum 1.
    let shares: [Double]

    /// - Parameters:
    ///   - observations: Which choice was taken, from the oldest to the latest.
    ///   - count: How many choices there are.
    init(_ observations: [Int], count: Int) {
        var weights = [Double](repeating: 1, count: count)
        for (choice, weight) in zip(observations, observationWeights(observations.count)) {
            weights[choice] += weight
        }
        let sum = weights.reduce(0, +)
        shares = weights.map { $0 / sum }
    }
}
