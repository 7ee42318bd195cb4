/// The Wasserstein distance of two samples of a number, also called the earth mover's: how far values
/// must move on average to turn one sample into the other, in the column's own unit.
///
/// In one dimension it is the area between the distribution functions (Vallender, Theory of Probability
/// and Its Applications 18, 1974).
public struct Wasserstein: Equatable, Sendable {
    /// 0 or more, in the column's unit.
    public let distance: Double

    /// Compares two samples.
    ///
    /// - Throws: Where a value is infinite.
    /// - Complexity: O(*n* + *m*).
    public init(reference: OrderedSample, current: OrderedSample) throws(DriftError) {
        try reference.checkFinite(role: .reference)
        try current.checkFinite(role: .current)
        let (a, b) = (reference.distinct, current.distinct)
        // In whole numbers, so that equal functions have no gap at all.
        let scale = WidestGap(
            referenceCount: reference.rowCount,
            currentCount: current.rowCount
        )
        var (i, j) = (0, 0)
        var (above, below) = (0, 0)
        var last = min(a[0], b[0])
        var area = 0.0
        while i < a.count || j < b.count {
            let value = j == b.count || i < a.count && a[i] <= b[j] ? a[i] : b[j]
            // Two parts: the difference of two numbers may be infinite.
            let share = Double((above - below).magnitude) / Double(scale.unit)
            area += value * share - last * share
            last = value
            if i < a.count, a[i] == value {
                above = reference.ranks[i] * scale.rise
                i += 1
            }
            if j < b.count, b[j] == value {
                below = current.ranks[j] * scale.fall
                j += 1
            }
        }
        distance = max(0, area)
    }
}
