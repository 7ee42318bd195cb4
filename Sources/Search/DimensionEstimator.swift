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
