/// How a service watches its traffic for drift.
public struct DriftWatching: Equatable, Sendable {
    /// Time between looks; a look without traffic is left out.
    public var pause: Duration
    /// The newest predictions that are compared with the reference.
    public var windowRows: Int

    /// Looks of a year, for which the rate of false alarms holds.
    var horizon: Int {
        Int((.seconds(365 * 86_400) / max(pause, .milliseconds(1))).rounded(.up))
    }

    /// The usual way, or another.
    public init(pause: Duration = .seconds(60), windowRows: Int = 3_000) {
        self.pause = pause
        self.windowRows = windowRows
    }
}
