/// A tenth of the customers, ranked by falling probability: the first is the one to call first.
///
/// Decile *k* of *n* rows holds ranks ⌊(k − 1) n / 10⌋ up to, not including, ⌊k n / 10⌋. Tied rows
/// share their positives evenly, which is the mean over every order of the ties; so the result does
/// not depend on the order of rows, and `positives` may be a fraction.
public struct Decile: Codable, Sendable, Equatable {
    /// 1...10, the highest probabilities first.
    public var decile: Int
    /// Rows in this decile.
    public var rows: Int
    /// Positive rows in this decile.
    public var positives: Double
    /// Lowest probability in this decile; nil if it is empty.
    public var lowestScore: Double?
    /// The decile's rate of positives over that of all rows; nil without rows or positives.
    public var lift: Double?
    /// The same for this decile and all above.
    public var cumulativeLift: Double?
    /// Share of all positives in this decile and all above; nil without positives.
    public var cumulativeGain: Double?

    /// Creates a decile.
    public init(
        decile: Int,
        rows: Int,
        positives: Double,
        lowestScore: Double?,
        lift: Double?,
        cumulativeLift: Double?,
        cumulativeGain: Double?
    ) {
        self.decile = decile
        self.rows = rows
        self.positives = positives
        self.lowestScore = lowestScore
        self.lift = lift
        self.cumulativeLift = cumulativeLift
        self.cumulativeGain = cumulativeGain
    }
}
