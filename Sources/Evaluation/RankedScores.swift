/// Rows counted by distinct score and by class, the highest score first.
///
/// Every metric here depends on rows only through these counts: so results do not depend on the order
/// of rows, ties need no rule of their own, and a bootstrap replicate is the same scores with other
/// counts.
package struct RankedScores: Sendable {
    /// Distinct scores, falling.
    package private(set) var scores: [Double] = []
    /// Per score the number of negatives, then of positives; shape [2 × scores].
    package private(set) var counts: [Int32] = []
    /// Number of positive rows.
    package let positives: Int
    /// Number of negative rows.
    package let negatives: Int

    /// Number of rows.
    package var rows: Int { positives + negatives }

    /// Sorts and counts rows.
    ///
    /// - Precondition: As many labels as scores.
    /// - Complexity: O(*n* log *n*).
    package init(labels: [Bool], scores: [Double]) {
        precondition(labels.count == scores.count, "labels and scores differ in length")
        // Each class is sorted by itself, as integers: several times faster than sorting rows.
        var positiveKeys: [UInt64] = []
        var negativeKeys: [UInt64] = []
        for row in labels.indices {
            let key = Self.fallingKey(scores[row])
            if labels[row] { positiveKeys.append(key) } else { negativeKeys.append(key) }
        }
        positives = positiveKeys.count
        negatives = negativeKeys.count
        positiveKeys.sort()
        negativeKeys.sort()
        merge(positiveKeys, negativeKeys)
    }

    /// The same scores with other counts, as a bootstrap replicate has them.
    ///
    /// - Precondition: `counts` is laid out as those of `ranked`.
    /// - Complexity: O(number of distinct scores).
    init(_ ranked: Self, counts: [Int32]) {
        precondition(counts.count == ranked.counts.count, "counts of other scores")
        scores = ranked.scores
        self.counts = counts
        var (negatives, positives) = (0, 0)
        for place in stride(from: 0, to: counts.count, by: 2) {
            negatives += Int(counts[place])
            positives += Int(counts[place + 1])
        }
        self.negatives = negatives
        self.positives = positives
    }

    private mutating func merge(_ positiveKeys: [UInt64], _ negativeKeys: [UInt64]) {
        var nextPositive = 0
        var nextNegative = 0
        while nextPositive < positiveKeys.count || nextNegative < negativeKeys.count {
            let key = min(
                nextPositive < positiveKeys.count ? positiveKeys[nextPositive] : .max,
                nextNegative < negativeKeys.count ? negativeKeys[nextNegative] : .max
            )
            let firstPositive = nextPositive
            let firstNegative = nextNegative
            while nextPositive < positiveKeys.count, positiveKeys[nextPositive] == key {
                nextPositive += 1
            }
            while nextNegative < negativeKeys.count, negativeKeys[nextNegative] == key {
                nextNegative += 1
            }
            scores.append(Self.score(fallingKey: key))
            counts.append(Int32(nextNegative - firstNegative))
            counts.append(Int32(nextPositive - firstPositive))
        }
    }

    /// An integer that falls as the score rises; 0 and −0 share one.
    private static func fallingKey(_ score: Double) -> UInt64 {
        let bits = (score + 0).bitPattern
        return bits >> 63 == 0 ? ~(bits | 1 << 63) : bits
    }

    private static func score(fallingKey key: UInt64) -> Double {
        Double(bitPattern: key >> 63 == 0 ? ~key & ~(1 << 63) : key)
    }

    /// Negatives with the score at `place`.
    package func negatives(at place: Int) -> Int { Int(counts[2 * place]) }

    /// Positives with the score at `place`.
    package func positives(at place: Int) -> Int { Int(counts[2 * place + 1]) }

    /// How many distinct scores are at or above `threshold`.
    package func places(atOrAbove threshold: Double) -> Int {
        var low = 0
        var high = scores.count
        while low < high {
            let middle = (low + high) / 2
            if scores[middle] >= threshold { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Counts at a threshold.
    package func confusion(at threshold: Double) -> ConfusionMatrix {
        var above = (positives: 0, negatives: 0)
        for place in 0 ..< places(atOrAbove: threshold) {
            above.positives += positives(at: place)
            above.negatives += negatives(at: place)
        }
        return ConfusionMatrix(
            threshold: threshold,
            truePositives: above.positives,
            falsePositives: above.negatives,
            trueNegatives: negatives - above.negatives,
            falseNegatives: positives - above.positives
        )
    }
}
