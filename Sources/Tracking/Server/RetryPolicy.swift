/// How often and how patiently a server is asked again: as MLflow's Python client does.
public struct RetryPolicy: Equatable, Sendable {
    /// The most retries.
    public var limit: Int
    /// Seconds of the first wait; each is twice the one before.
    public var factor: Double
    /// Seconds that are added at random, at most.
    public var jitter: Double
    /// Seconds of the longest wait.
    public static let longest = 120.0

    /// Creates a policy.
    public init(limit: Int = 7, factor: Double = 2, jitter: Double = 1) {
        self.limit = limit
        self.factor = factor
        self.jitter = jitter
    }

    /// Why a request got no usable answer.
    public enum Failure: Equatable, Sendable {
        /// There was no answer.
        case noAnswer
        /// The server answered by this status; `Retry-After` in seconds where it said so.
        case status(Int, retryAfter: Double?)
    }

    /// Statuses after which another try may succeed.
    private static let passing: Set = [408, 429, 500, 502, 503, 504]

    /// Decides about the next try.
    ///
    /// - Parameters:
    ///   - failures: Tries that failed, this one included.
    ///   - failure: How this one failed.
    ///   - chance: In 0...1, for the jitter.
    /// - Returns: Seconds to wait before it; nil to give up.
    public func wait(after failures: Int, _ failure: Failure, chance: Double) -> Double? {
        guard failures <= limit else { return nil }
        if case .status(let status, let retryAfter) = failure {
            guard Self.passing.contains(status) else { return nil }
            if let retryAfter { return min(max(0, retryAfter), Self.longest) }
        }
        var wait = factor
        for _ in 1 ..< max(1, failures) { wait = min(2 * wait, Self.longest) }
        return min(wait + jitter * chance, Self.longest)
    }
}
