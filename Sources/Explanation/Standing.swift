package import Drift

/// Where a number stands among those of the training rows.
package struct Standing: Equatable {
    /// Share of the rows whose number is lower.
    package let below: Double
    /// Share of the rows whose number is higher.
    package let above: Double

    /// Compares a number with those that a model folder holds.
    ///
    /// - Complexity: O(log *n*).
    package init(of value: Double, in sample: OrderedSample) {
        let rows = Double(sample.rowCount)
        func rank(_ isAfter: (Double) -> Bool) -> Int {
            var (low, high) = (0, sample.distinct.count)
            while low < high {
                let middle = (low + high) / 2
                if isAfter(sample.distinct[middle]) { high = middle } else { low = middle + 1 }
            }
            return low == 0 ? 0 : sample.ranks[low - 1]
        }
        below = Double(rank { $0 >= value }) / rows
        above = (rows - Double(rank { $0 > value })) / rows
    }
}
