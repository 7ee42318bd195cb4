/// What the service takes before it says no.
public struct ServiceLimits: Equatable, Sendable {
    /// Largest body of a request, in bytes.
    public var bodyBytes = 16 << 20
    /// Largest head of a request, in bytes.
    public var headerBytes = 16 << 10
    /// Requests in work at once; one more gets 503 at once.
    public var requestsInFlight = 1024
    /// Connections at once; further ones wait unaccepted.
    public var connections = 8192
    /// Requests that each caller may send in a second: each key, or each address where no keys are needed; nil for any
    /// number.
    public var requestsPerSecond: Double?
    /// Requests for reasons that each caller may send in a second, beside its others: answers to many tell of the training
    /// rows, and each takes as long as thousands of predictions.
    public var explanationsPerSecond = 10.0
    /// Customers that are explained in one request; more get 413.
    public var explainedCustomers = 100
    /// Requests for reasons that wait for the one in work; further ones get 503.
    public var explanationsWaiting = 64
    /// How long requests in work may go on after the service is told to stop.
    public var drain = Duration.seconds(30)

    /// The usual limits.
    public init() {}
}
