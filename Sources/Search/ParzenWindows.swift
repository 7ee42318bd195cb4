package import Kernels

/// A density on an interval: a normal window, cut off at the bounds, over each observation, and a wide
/// one over the middle as prior.
///
/// A window reaches to the farther of its two neighbours; the outermost ones to their only neighbour.
/// Widths stay between the interval and, for *n* windows, its 1 / min(100, *n* + 1). Of many
/// observations the latest 25 count fully, the others the less the older they are. Bergstra, Bardenet,
/// Bengio and Kégl, "Algorithms for hyper-parameter optimization", NeurIPS 2011, section 4; the
/// widths and weights are those of the authors' and later programs.
package struct ParzenWindows {
    private let bounds: ClosedRange<Double>
    private var means: [Double]
    private var deviations: [Double] = []
    /// Shares of the whole, the last one the prior's.
    private let shares: [Double]
    /// The share of each window, for the part of it that lies within the bounds.
    private var factors: [Double] = []

    /// - Parameters:
    ///   - observations: Within the bounds, from the oldest to the latest.
    ///   - bounds: Of positive width.
    /// - Complexity: O(*n* log *n*).
    package init(_ observations: [Double], in bounds: ClosedRange<Double>) {
        self.bounds = bounds
        let width = bounds.upperBound - bounds.lowerBound
        let narrowest = width / Double(min(100, observations.count + 2))
        means = observations + [bounds.lowerBound + 0.5 * width]
        deviations = Self.reaches(observations, in: bounds).map { max(narrowest, min(width, $0)) }
        deviations.append(width)
        shares = Self.shares(observations.count)
        for (index, (mean, deviation)) in zip(means, deviations).enumerated() {
            let inside =
                Elementary.normalCumulative((bounds.upperBound - mean) / deviation)
                - Elementary.normalCumulative((bounds.lowerBound - mean) / deviation)
            factors.append(shares[index] / inside)
        }
    }

    /// A number from the density.
    package func draw(using generator: inout SeededGenerator) -> Double {
        let window = drawnIndex(shares, using: &generator)
        // At least a third of each window is inside; the end of the loop is for the compiler.
        for _ in 0 ..< 1_000 {
            let radius = (-2 * Elementary.log(1 - generator.uniform())).squareRoot()
            let normal = radius * Elementary.cosine(.pi * generator.uniform())
            let place = means[window] + deviations[window] * normal
            if bounds.contains(place) { return place }
        }
        return means[window]
    }

    /// The density at a place within the bounds; above 0.
    package func density(at place: Double) -> Double {
        var sum = 0.0
        for index in means.indices {
            let distance = (place - means[index]) / deviations[index]
            let height = Elementary.exp(-0.5 * distance * distance) / deviations[index]
            sum += factors[index] * height
        }
        return sum * 0.3989422804014327
    }

    /// The chance of a number from `low` to `high`; above 0 unless they are too near to tell.
    package func mass(from low: Double, to high: Double) -> Double {
        var sum = 0.0
        for index in means.indices {
            let (mean, deviation) = (means[index], deviations[index])
            let chance =
                Elementary.normalCumulative((high - mean) / deviation)
                - Elementary.normalCumulative((low - mean) / deviation)
            sum += factors[index] * chance
        }
        return sum
    }

    /// How far each observation's window reaches, in the order of the observations.
    private static func reaches(
        _ observations: [Double],
        in bounds: ClosedRange<Double>
    ) -> [Double] {
        let order = observations.indices.sorted {
            (observations[$0], $0) < (observations[$1], $1)
        }
        var reaches = observations
        for (rank, index) in order.enumerated() {
            let place = observations[index]
            let before = rank > 0 ? place - observations[order[rank - 1]] : nil
            let behind = rank + 1 < order.count ? observations[order[rank + 1]] - place : nil
            if let nearest = [before, behind].compactMap(\.self).max() {
                reaches[index] = nearest
            } else {
                reaches[index] = max(place - bounds.lowerBound, bounds.upperBound - place)
            }
        }
        return reaches
    }

    private static func shares(_ observations: Int) -> [Double] {
        let weights = observationWeights(observations) + [1]
        let sum = weights.reduce(0, +)
        return weights.map { $0 / sum }
    }
}

/// How much each observation counts, from the oldest to the latest: the latest 25 fully, those before
/// on a ramp from 1 / *n* up.
package func observationWeights(_ count: Int) -> [Double] {
    let old = count - 25
    guard old > 0 else { return [Double](repeating: 1, count: count) }
    let lowest = 1 / Double(count)
    return (0 ..< count).map { index in
        guard index < old, old > 1 else { return index < old ? lowest : 1 }
        return lowest + (1 - lowest) * Double(index) / Double(old - 1)
    }
}

/// An index with the chance that its share says.
///
/// - Precondition: `shares` is not empty, and its sum is about 1.
func drawnIndex(_ shares: [Double], using generator: inout SeededGenerator) -> Int {
    var rest = generator.uniform()
    for (index, share) in shares.enumerated() {
        rest -= share
        if rest < 0 { return index }
    }
    return shares.count - 1
}
