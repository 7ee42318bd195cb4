private import Kernels

/// Rows divided into parts of the same share of positives, each to be held out once.
public struct StratifiedFolds: Equatable, Sendable {
    /// The fold of each row, from 0.
    public let folds: [Int]
    /// Number of folds.
    public let count: Int

    /// Divides rows.
    ///
    /// - Parameters:
    ///   - labels: Class of each row.
    ///   - count: Number of folds.
    ///   - seed: The run's random seed.
    ///   - purpose: Keeps the drawings of one run apart.
    /// - Complexity: O(*n*).
    public init(labels: [Bool], count: Int, seed: UInt64, purpose: UInt64) {
        self.count = count
        var generator = SeededGenerator(seed: seed, stream: purpose)
        var folds = [Int](repeating: 0, count: labels.count)
        var next = 0
        for level in [false, true] {
            var rows = labels.indices.filter { labels[$0] == level }
            generator.shuffle(&rows)
            // The second class goes on where the first stopped, so that sizes differ by 1 at most.
            for row in rows {
                folds[row] = next
                next = (next + 1) % count
            }
        }
        self.folds = folds
    }

    /// Places of the rows outside a fold, ascending.
    public func kept(_ fold: Int) -> [Int] { folds.indices.filter { folds[$0] != fold } }

    /// Places of the rows of a fold, ascending.
    public func heldOut(_ fold: Int) -> [Int] { folds.indices.filter { folds[$0] == fold } }
}
