private import Kernels

/// Two parts of some rows with the same share of positives, drawn by the random seed.
public struct StratifiedSplit: Equatable, Sendable {
    /// Places of the larger part's rows, ascending.
    public let kept: [Int]
    /// Places of the rows held out, ascending.
    public let heldOut: [Int]

    /// Splits rows.
    ///
    /// Of each class, `share` of its rows (rounded to the nearest) is held out. The drawing depends on the
    /// labels, the seed and the purpose alone.
    ///
    /// - Parameters:
    ///   - labels: Class of each row.
    ///   - share: Share to hold out, 0 ..< 1.
    ///   - seed: The run's random seed.
    ///   - purpose: Keeps the drawings of one run apart.
    /// - Complexity: O(*n*).
    public init(labels: [Bool], share: Double, seed: UInt64, purpose: Purpose) {
        precondition(share >= 0 && share < 1, "the share must be in 0 ..< 1, got \(share)")
        var generator = SeededGenerator(seed: seed, stream: purpose.rawValue)
        var isHeldOut = [Bool](repeating: false, count: labels.count)
        for level in [false, true] {
            var rows = labels.indices.filter { labels[$0] == level }
            generator.shuffle(&rows)
            let count = Int((Double(rows.count) * share).rounded())
            for row in rows.prefix(count) { isHeldOut[row] = true }
        }
        kept = labels.indices.filter { !isHeldOut[$0] }
        heldOut = labels.indices.filter { isHeldOut[$0] }
    }

    /// What rows are held out for, and the generator's stream for it.
    public enum Purpose: UInt64, Sendable {
        /// The final judgement.
        case test = 0x7465_7374
        /// Judging epochs.
        case validation = 0x7661_6c69
        /// Asking which columns help.
        case screening = 0x7363_7265
    }
}
