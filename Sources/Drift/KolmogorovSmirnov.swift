/// The two-sample Kolmogorov-Smirnov test: how far apart two distributions of a number are, and how
/// often chance alone would take two samples of one distribution at least as far.
///
/// Ties are counted right: the gap is looked at only after all equal values. The p-values, made for
/// distributions without ties, are then too large rather than too small.
public struct KolmogorovSmirnov: Equatable, Sendable {
    /// How the p-value is computed.
    public enum Method: String, Sendable {
        /// Exact up to 10,000 rows in the larger sample, asymptotic beyond.
        case automatic
        /// By counting lattice paths.
        case exact
        /// From the distribution of the one-sample statistic with n m / (n + m) rows, rounded.
        case asymptotic
    }

    /// The largest sample for which the exact p-value is computed.
    public static let exactLimit = 10_000

    /// The widest gap between the two empirical distribution functions, from 0 to 1.
    public let statistic: Double
    /// By how much the gap may be too wide because ranks are inexact; 0 where every row was kept.
    public let error: Double
    /// The smallest value at which the gap is widest; nil where there is no gap at all.
    public let location: Double?
    /// Whether more of the reference than of the current sample lies at or below `location`: the
    /// current values are the larger ones there.
    public let isReferenceBelow: Bool
    /// The gap that is certain: the statistic less its error.
    public var certainGap: Double { max(0, statistic - error) }
    /// The chance of at least the certain gap between samples of one distribution.
    public let pValue: Double
    /// How the p-value was computed: exact or asymptotic.
    public let method: Method

    /// Compares two samples, without sorting most of them.
    ///
    /// - Parameters:
    ///   - reference: Shape [n], in any order. May be infinite.
    ///   - current: Shape [m].
    ///   - method: How the p-value is computed.
    /// - Throws: Where a sample is empty, a value is not a number, or the exact p-value is asked for
    ///   beyond `exactLimit`.
    /// - Complexity: O(*n* + *m*) for the statistic; O(*n* · *m*) at worst for the exact p-value.
    public init(
        reference: [Double],
        current: [Double],
        method: Method = .automatic
    ) throws(DriftError) {
        let range = try ValueRange(reference, role: .reference)
            .union(ValueRange(current, role: .current))
        let search = GapSearch(reference, current, range: range)
        try self.init(search.widest, reference.count, current.count, error: 0, method)
    }

    /// Compares two samples that are sorted already.
    ///
    /// Where their ranks are inexact, the p-value is that of the certain gap: an error never alarms.
    ///
    /// - Throws: Where the exact p-value is asked for beyond `exactLimit` or of inexact ranks.
    /// - Complexity: O(*n* + *m*) for the statistic.
    public init(
        reference: OrderedSample,
        current: OrderedSample,
        method: Method = .automatic
    ) throws(DriftError) {
        let (n, m) = (reference.rowCount, current.rowCount)
        var widest = WidestGap(referenceCount: n, currentCount: m)
        widest.merge(reference, current)
        try self.init(widest, n, m, error: reference.error + current.error, method)
    }

    private init(
        _ widest: WidestGap,
        _ n: Int,
        _ m: Int,
        error: Double,
        _ method: Method
    ) throws(DriftError) {
        statistic = widest.statistic
        self.error = error
        location = widest.location
        isReferenceBelow = widest.gap > 0
        let larger = max(n, m)
        let canBeExact = error == 0 && larger <= Self.exactLimit
        if method == .exact, !canBeExact {
            throw error > 0
                ? .inexactRanks : .tooLargeForExact(rows: larger, limit: Self.exactLimit)
        }
        if method != .asymptotic, canBeExact {
            self.method = .exact
            pValue = LatticePaths(n, m).chance(atLeast: Int(widest.gap.magnitude))
        } else {
            self.method = .asymptotic
            // Half the harmonic mean of the counts, at least the one row that the formula needs.
            let rows = (Double(n) * Double(m) / (Double(n) + Double(m))).rounded(.toNearestOrEven)
            pValue = KolmogorovDistribution(rows: max(1, Int(rows)))
                .chance(above: max(0, widest.statistic - error))
        }
    }
}
