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

    /// A service that has not looked for so long is not waited for: another with the same record looks.
    var leaseMilliseconds: Int64 { max(1_000, Int64(3_000 * (pause / .seconds(1)))) }

    /// The usual way, or another.
    public init(pause: Duration = .seconds(60), windowRows: Int = 3_000) {
        self.pause = pause
        self.windowRows = windowRows
    }
}
