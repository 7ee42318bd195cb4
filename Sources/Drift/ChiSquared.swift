private import Kernels

/// Pearson's chi-squared test of two samples of levels, without Yates' correction.
///
/// Pearson, Philosophical Magazine 50, 1900. The p-value is asymptotic: trust it where every level is
/// expected five times in both samples.
public struct ChiSquared: CountComparison, Equatable, Sendable {
    /// The sum of squared differences from the expected counts, each over the expected count.
    public let statistic: Double
    /// Levels that occur, less one.
    public let degreesOfFreedom: Int
    /// The chance of at least such a statistic where both samples come from one distribution; 1 where
    /// there is a single level.
    public let pValue: Double
    /// Cramér's V, the effect size: from 0 (the same shares) to 1 (no level in common).
    public let cramersV: Double

    /// Compares counts, shape [levels] each.
    ///
    /// Levels that occur in neither sample are left out.
    ///
    /// - Throws: Where the counts differ in number, one is negative, or a sample has no rows.
    /// - Complexity: O(levels).
    public init(reference: [Int], current: [Int]) throws(DriftError) {
        let table = try ContingencyTable(reference, current)
        degreesOfFreedom = table.degreesOfFreedom
        statistic = table.sum { ($0 - $1) * ($0 - $1) / $1 }
        pValue = Self.chance(above: statistic, degreesOfFreedom: degreesOfFreedom)
        cramersV = min(1, (statistic / table.total).squareRoot())
    }

    /// The chance that a chi-squared number is above `statistic`; 1 without degrees of freedom.
    static func chance(above statistic: Double, degreesOfFreedom: Int) -> Double {
        guard degreesOfFreedom > 0 else { return 1 }
        return Elementary.regularizedUpperIncompleteGamma(
            statistic / 2,
            a: Double(degreesOfFreedom) / 2
        )
    }
}
