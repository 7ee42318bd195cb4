/// How much of the record is kept.
public struct Retention: Equatable, Sendable {
    /// Older predictions go.
    public var days: Int
    /// Of more predictions the oldest go; those of batches that a campaign stands on do not count.
    public var rows: Int

    /// The usual retention, or another.
    public init(days: Int = 90, rows: Int = 1_000_000) {
        self.days = days
        self.rows = rows
    }

    /// The fewest days for which predictions must be kept so that what becomes of them can be told: the horizon, and a
    /// month in which outcomes arrive.
    public static func leastDays(horizonDays: Int) -> Int { horizonDays + 30 }

    /// The same, long enough for a horizon.
    public func covering(horizonDays: Int?) -> Retention {
        guard let horizonDays else { return self }
        return Retention(days: max(days, Self.leastDays(horizonDays: horizonDays)), rows: rows)
    }
}
