package import Kernels

/// The bins of [0, 1] into which the ranks of traffic fall: deciles, the outer two cut again at a hundredth
/// and a thousandth, because what is rare in the reference (a missing value, a level that was never
/// seen) has the outermost ranks.
package enum RankBins {
    package static let widths: [Double] = [
        0.001, 0.009, 0.09, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.09, 0.009, 0.001,
    ]

    /// No rank in any bin.
    package static let none = widths.map { _ in 0 }

    /// The bin of a rank from 0 to 1.
    package static func place(of rank: Double) -> Int {
        if rank < 0.1 { return rank < 0.001 ? 0 : rank < 0.01 ? 1 : 2 }
        guard rank >= 0.9 else { return 2 + Int(rank * 10) }
        return rank >= 0.999 ? 13 : rank >= 0.99 ? 12 : 11
    }

    /// Ranks the rows of a look one by one among all that came before, and counts the ranks.
    ///
    /// A row's rank is the share of lower categories among all rows so far, itself among them, plus a random
    /// part of the share of its own: the smoothed conformal p-value of Vovk, Gammerman and Shafer,
    /// "Algorithmic Learning in a Random World", 2005. Where the rows are exchangeable with all before,
    /// ranks are independent and uniform exactly, however few rows there are and however many share a
    /// category.
    ///
    /// The rows of a look are taken in random order, so their counts say all that matters: a service need
    /// only count, on any number of threads.
    ///
    /// - Parameters:
    ///   - counts: Rows of the look in each category.
    ///   - bag: All earlier rows in each category; the look's are added.
    ///   - generator: Draws the order and breaks ties.
    /// - Returns: Rows in each bin of ranks.
    /// - Complexity: O(rows · categories).
    package static func counts(
        of counts: [Int],
        adding bag: inout [Int],
        using generator: inout SeededGenerator
    ) -> [Int] {
        var bins = none
        var left = counts
        var rows = counts.reduce(0, +)
        var total = bag.reduce(0, +)
        while rows > 0 {
            var draw = generator.below(rows)
            var (category, below) = (0, 0)
            while draw >= left[category] {
                draw -= left[category]
                below += bag[category]
                category += 1
            }
            left[category] -= 1
            rows -= 1
            bag[category] += 1
            total += 1
            let ties = generator.uniform() * Double(bag[category])
            bins[place(of: (Double(below) + ties) / Double(total))] += 1
        }
        return bins
    }
}
