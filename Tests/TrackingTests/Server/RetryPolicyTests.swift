import Testing
import Tracking

/// When a server is asked again.
@Suite struct RetryPolicyTests {
    @Test
    func `seven tries more, each wait twice the one before, two minutes at most`() {
        let policy = RetryPolicy(jitter: 0)
        let waits = (1 ... 8).map { policy.wait(after: $0, .noAnswer, chance: 1) }
        #expect(waits == [2, 4, 8, 16, 32, 64, 120, nil])
    }

    @Test
    func `chance adds up to the jitter, and stays within two minutes`() {
        let policy = RetryPolicy(limit: 9, jitter: 1)
        #expect(policy.wait(after: 1, .noAnswer, chance: 0) == 2)
        #expect(policy.wait(after: 1, .noAnswer, chance: 0.5) == 2.5)
        #expect(policy.wait(after: 2, .status(500, retryAfter: nil), chance: 1) == 5)
        #expect(policy.wait(after: 9, .noAnswer, chance: 1) == 120)
    }

    @Test(arguments: [408, 429, 500, 502, 503, 504])
    func `statuses that pass`(_ status: Int) {
        let policy = RetryPolicy(jitter: 0)
        #expect(policy.wait(after: 1, .status(status, retryAfter: nil), chance: 0) == 2)
        #expect(policy.wait(after: 1, .status(status, retryAfter: 11), chance: 1) == 11)
        #expect(policy.wait(after: 1, .status(status, retryAfter: 1e9), chance: 1) == 120)
        #expect(policy.wait(after: 1, .status(status, retryAfter: -3), chance: 1) == 0)
        #expect(policy.wait(after: 8, .status(status, retryAfter: 1), chance: 0) == nil)
    }

    @Test(arguments: [400, 401, 403, 404, 405, 409, 418, 422, 501, 505])
    func `statuses that stay`(_ status: Int) {
        #expect(RetryPolicy().wait(after: 1, .status(status, retryAfter: 1), chance: 0) == nil)
    }

    @Test
    func `no retries at all`() {
        #expect(RetryPolicy(limit: 0).wait(after: 1, .noAnswer, chance: 0) == nil)
    }
}
