/// How much of the log is kept.
public struct Retention: Equatable, Sendable {
    /// Older predictions go.
    public var days: Int
    /// Of more predictions the oldest go.
    public var rows: Int

    /// The usual retention, or another.
    public init(days: Int = 90, rows: Int = 1_000_000) {
        self.days = days
        self.rows = rows
    }
}
