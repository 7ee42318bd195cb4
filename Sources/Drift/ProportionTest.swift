/// A test whether a rate differs between two samples: of missing values, or of unseen levels.
public struct ProportionTest: Equatable, Sendable {
    /// How the p-value is computed.
    public enum Method: String, Sendable {
        /// Fisher's where an expected count is under 5, else the G-test.
        case automatic
        /// Fisher's exact test, two-sided: tables at most as likely as the one found.
        case fisher
        /// The G-test with one degree of freedom, without correction.
        case likelihoodRatio
    }

    /// Hits per row of the reference.
    public let referenceRate: Double
    /// Hits per row of the current sample.
    public let currentRate: Double
    /// The chance of at least such a difference where both have one rate.
    public let pValue: Double
    /// How the p-value was computed: Fisher's or the G-test.
    public let method: Method

    /// Compares two rates.
    ///
    /// - Parameters:
    ///   - referenceHits: Rows of the reference that are missing, or unseen.
    ///   - referenceRows: All rows of the reference.
    ///   - currentHits: Rows of the current sample that are missing, or unseen.
    ///   - currentRows: All rows of the current sample.
    ///   - method: How the p-value is computed.
    /// - Throws: Where a sample has no rows or the hits are not from 0 to the rows.
    /// - Complexity: O(1), or O(hits) for Fisher's.
    public init(
        referenceHits: Int,
        referenceRows: Int,
        currentHits: Int,
        currentRows: Int,
        method: Method = .automatic
    ) throws(DriftError) {
        try Self.check(referenceHits, referenceRows, role: .reference)
        try Self.check(currentHits, currentRows, role: .current)
        referenceRate = Double(referenceHits) / Double(referenceRows)
        currentRate = Double(currentHits) / Double(currentRows)
        let (hits, rows) = (referenceHits + currentHits, referenceRows + currentRows)
        let rarer = Double(min(hits, rows - hits))
        let leastExpected = rarer * Double(min(referenceRows, currentRows)) / Double(rows)
        if method == .fisher || method == .automatic && leastExpected < 5 {
            self.method = .fisher
            pValue = HypergeometricTails(drawn: referenceRows, hits: hits, total: rows)
                .chance(asUnlikelyAs: referenceHits)
        } else {
            self.method = .likelihoodRatio
            pValue = try GTest(
                reference: [referenceHits, referenceRows - referenceHits],
                current: [currentHits, currentRows - currentHits]
            ).pValue
        }
    }

    private static func check(_ hits: Int, _ rows: Int, role: SampleRole) throws(DriftError) {
        guard rows > 0 else { throw .emptySample(role) }
        guard hits >= 0, hits <= rows else { throw .badHits(role, hits: hits, trials: rows) }
    }
}
