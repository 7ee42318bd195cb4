private import Kernels

/// The exact distribution of the two-sample Kolmogorov-Smirnov statistic.
///
/// Two samples of one distribution without ties, n and m values, are as likely merged in one order as
/// in another: a random path from (0, 0) to (n, m) in steps right and up, whose distance from the
/// diagonal is the gap (Hodges, "The significance probability of the Smirnov two-sample test", Arkiv
/// för Matematik 3, 1958).
package struct LatticePaths {
    private let larger: Int
    private let smaller: Int
    /// The counts without their common divisor.
    private let reducedLarger: Int
    private let reducedSmaller: Int

    package init(_ n: Int, _ m: Int) {
        let unit = WidestGap(referenceCount: max(n, m), currentCount: min(n, m))
        larger = max(n, m)
        smaller = min(n, m)
        reducedLarger = unit.fall
        reducedSmaller = unit.rise
    }

    /// The share of paths that somewhere are at least `gap` off the diagonal, in units of 1 / lcm(n, m).
    ///
    /// - Complexity: O(*n*) for equal counts, else O(*n* · *m*).
    package func chance(atLeast gap: Int) -> Double {
        guard gap > 0 else { return 1 }
        return larger == smaller ? outsideSquare(gap) : outsideRectangle(gap)
    }

    /// For equal counts: the reflection principle's alternating sum 2 (C(2n, n − g) − C(2n, n − 2g) + …)
    /// / C(2n, n), nested so that nothing cancels.
    private func outsideSquare(_ gap: Int) -> Double {
        var sum = 0.0
        for reflection in stride(from: larger / gap, through: 0, by: -1) {
            var ratio = 1.0
            for step in 0 ..< gap {
                let numerator = Double(larger - reflection * gap - step)
                ratio *= numerator / Double(larger + reflection * gap + step + 1)
            }
            sum = ratio * (1 - sum)
        }
        return min(1, 2 * sum)
    }

    /// For other counts: the share of paths to (x, y) that were outside, column by column.
    ///
    /// It is the mean of the shares at (x − 1, y) and (x, y − 1), weighted by x and y; only sums of numbers above 0.
    private func outsideRectangle(_ gap: Int) -> Double {
        // Beyond, the chance is under the smallest double, by the inequality of Dvoretzky, Kiefer and
        // Wolfowitz (two samples: Wei and Dudley, Statistics and Probability Letters 82, 2012).
        let distance = Double(gap) / Double(larger * reducedSmaller)
        let rows = Double(larger) * Double(smaller) / Double(larger + smaller)
        guard rows * distance * distance < 374 else { return 0 }
        // By y; what is off the band stays 1.
        var outside = [Double](repeating: 1, count: smaller + 1)
        var past = 0
        while past <= smaller, past * reducedLarger < gap {
            outside[past] = 0
            past += 1
        }
        for x in 1 ... larger {
            let diagonal = x * reducedSmaller
            let reach = diagonal - gap
            let first = reach < 0 ? 0 : reach / reducedLarger + 1
            let last = min(smaller, (diagonal + gap - 1) / reducedLarger)
            guard first <= last else { return 1 }
            if first > 0 { outside[first - 1] = 1 }
            var below = first > 0 ? 1.0 : 0
            for y in first ... last {
                let inverse = 1 / Double(x + y)
                below = (outside[y] * Double(x) * inverse).addingProduct(
                    below,
                    Double(y) * inverse
                )
                outside[y] = below
            }
        }
        return min(1, outside[smaller])
    }
}
