private import Kernels

/// The Jensen-Shannon distance of two distributions over bins or levels, with logarithms to base 2.
///
/// The square root of the mean Kullback-Leibler divergence from the mixture (Lin, "Divergence measures
/// based on the Shannon entropy", IEEE Transactions on Information Theory 37, 1991): a metric that needs
/// no rule for empty bins.
public struct JensenShannon: CountComparison, Equatable, Sendable {
    /// From 0 (the same shares) to 1 (nothing in common).
    public let distance: Double

    /// Compares counts of bins or levels, shape [bins] each.
    ///
    /// - Throws: Where the counts differ in number, one is negative, or a sample has no rows.
    /// - Complexity: O(bins).
    public init(reference: [Int], current: [Int]) throws(DriftError) {
        let table = try ContingencyTable(reference, current)
        let (p, q) = (table.referenceShares, table.currentShares)
        var sum = 0.0
        for bin in p.indices {
            let middle = (p[bin] + q[bin]) / 2
            // The differences from the mixture add up to 0 and keep near shares from cancelling.
            sum +=
                Elementary.deviance(p[bin], mean: middle)
                + Elementary.deviance(q[bin], mean: middle)
        }
        distance = min(1, (sum / 2 / 0.6931471805599453).squareRoot())
    }
}
