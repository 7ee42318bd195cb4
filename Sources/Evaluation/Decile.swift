/// A tenth of the customers in order of falling probability; the first decile is the one to call first.
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

extension RankedScores {
    /// Lift and gain by decile of the rows.
    package func deciles() -> [Decile] {
        let total = rows
        let rate = Double(positives) / Double(total)
        var place = 0
        /// Rows and positives with scores above the one at `place`.
        var above = (rows: 0, positives: 0)
        var previous = (rows: 0, positives: 0.0)
        return (1 ... 10).map { decile in
            let end = total * decile / 10
            while place < scores.count {
                let size = positives(at: place) + negatives(at: place)
                guard above.rows + size < end else { break }
                above.rows += size
                above.positives += positives(at: place)
                place += 1
            }
            var found = Double(above.positives)
            if place < scores.count {
                let size = positives(at: place) + negatives(at: place)
                found += Double(positives(at: place) * (end - above.rows)) / Double(size)
            }
            let here = (rows: end - previous.rows, positives: found - previous.positives)
            previous = (end, found)
            let hasRate = here.rows > 0 && positives > 0
            return Decile(
                decile: decile,
                rows: here.rows,
                positives: here.positives,
                lowestScore: here.rows > 0 ? scores[place] : nil,
                lift: hasRate ? here.positives / Double(here.rows) / rate : nil,
                cumulativeLift: end > 0 && positives > 0 ? found / Double(end) / rate : nil,
                cumulativeGain: positives > 0 ? found / Double(positives) : nil
            )
        }
    }
}
