private import Kernels

/// The population stability index of credit scoring: Σ (q − p) ln(q / p) over the shares p of the
/// reference and q of the current sample, the symmetrised Kullback-Leibler divergence.
///
/// Siddiqi, "Credit Risk Scorecards", 2006, where under 0.1 is stable and over 0.25 a shift. A bin that
/// is empty in one sample counts there as half a row, else the index would be infinite; the other
/// shares stay as they are. A bin that is empty in both is left out.
public struct PopulationStabilityIndex: CountComparison, Equatable, Sendable {
    /// 0 where the shares agree, without an upper end.
    public let value: Double
    /// What each bin or level adds; shape [bins], 0 where it is empty in both samples.
    public let parts: [Double]

    /// Compares counts of bins or levels, shape [bins] each.
    ///
    /// - Throws: Where the counts differ in number, one is negative, or a sample has no rows.
    /// - Complexity: O(bins).
    public init(reference: [Int], current: [Int]) throws(DriftError) {
        _ = try ContingencyTable(reference, current)
        let totals = (Double(reference.reduce(0, +)), Double(current.reduce(0, +)))
        parts = reference.indices.map { bin in
            guard reference[bin] + current[bin] > 0 else { return 0 }
            let p = max(0.5, Double(reference[bin])) / totals.0
            let q = max(0.5, Double(current[bin])) / totals.1
            return (q - p) * Elementary.log(q / p)
        }
        value = parts.reduce(0, +)
    }
}
