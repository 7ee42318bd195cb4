private import Kernels

/// The G-test of two samples of levels: the likelihood-ratio twin of the chi-squared test.
///
/// Sokal and Rohlf, "Biometry", 1981. The p-value is asymptotic.
public struct GTest: CountComparison, Equatable, Sendable {
    /// Twice the sum of o ln(o / e) over observed and expected counts.
    public let statistic: Double
    /// Levels that occur, less one.
    public let degreesOfFreedom: Int
    /// The chance of at least such a statistic where both samples come from one distribution; 1 where
    /// there is a single level.
    public let pValue: Double

    /// Compares counts, shape [levels] each.
    ///
    /// Levels that occur in neither sample are left out.
    ///
    /// - Throws: Where the counts differ in number, one is negative, or a sample has no rows.
    /// - Complexity: O(levels).
    public init(reference: [Int], current: [Int]) throws(DriftError) {
        let table = try ContingencyTable(reference, current)
        degreesOfFreedom = table.degreesOfFreedom
        // Observed and expected counts have one sum, so each term may get e − o: then nothing cancels.
        statistic = 2 * table.sum { Elementary.deviance($0, mean: $1) }
        pValue = ChiSquared.chance(above: statistic, degreesOfFreedom: degreesOfFreedom)
    }
}
