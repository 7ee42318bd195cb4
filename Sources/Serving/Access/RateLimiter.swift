import Synchronization

/// Lets each caller ask a number of times a second, with a second's worth in one go: a token bucket for each.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var time: ContinuousClock.Instant
    }

    private let buckets = Mutex<[String: Bucket]>([:])
    /// Callers known at once; beyond that, those who have their whole second's worth are forgotten.
    package static let greatestCount = 10_000

    package init() {}

    /// Takes one request from a caller's share.
    ///
    /// - Returns: Nil where it may go on; else when it may be asked again.
    package func wait(
        _ caller: String,
        rate: Double,
        now: ContinuousClock.Instant = .now
    ) -> Duration? {
        let capacity = max(1, rate)
        return buckets.withLock { buckets in
            if buckets.count >= Self.greatestCount, buckets[caller] == nil {
                buckets = buckets.filter { (now - $0.value.time) / .seconds(1) < 1 }
                // More callers than that within a second are not told apart any more.
                if buckets.count >= Self.greatestCount { return .seconds(1) }
            }
            var bucket = buckets[caller] ?? Bucket(tokens: capacity, time: now)
            let gained = (now - bucket.time) / .seconds(1) * rate
            bucket.tokens = min(capacity, bucket.tokens + gained)
            bucket.time = now
            let isAllowed = bucket.tokens >= 1
            if isAllowed { bucket.tokens -= 1 }
            buckets[caller] = bucket
            return isAllowed ? nil : .seconds((1 - bucket.tokens) / rate)
        }
    }
}
