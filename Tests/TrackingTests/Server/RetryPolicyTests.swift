import Testing
import Tracking

/// When a server is asked again.
@Suite("retry policy")
struct RetryPolicyTests {
    @Test("seven tries more, each wait twice the one before, two minutes at most")
    func growth() {
        let policy = RetryPolicy(jitter: 0)
        let waits = (1 ... 8).map { policy.wait(after: $0, .noAnswer, chance: 1) }
        #expect(waits == [2, 4, 8, 16, 32, 64, 120, nil])
    }

    @Test("chance adds up to the jitter, and stays within two minutes")
    func jitter() {
        let policy = RetryPolicy(limit: 9, jitter: 1)
        #expect(policy.wait(after: 1, .noAnswer, chance: 0) == 2)
        #expect(policy.wait(after: 1, .noAnswer, chance: 0.5) == 2.5)
        #expect(policy.wait(after: 2, .status(500, retryAfter: nil), chance: 1) == 5)
        #expect(policy.wait(after: 9, .noAnswer, chance: 1) == 120)
    }

    @Test("statuses that pass", arguments: [408, 429, 500, 502, 503, 504])
    func passing(_ status: Int) {
        let policy = RetryPolicy(jitter: 0)
        #expect(policy.wait(after: 1, .status(status, retryAfter: nil), chance: 0) == 2)
        #expect(policy.wait(after: 1, .status(status, retryAfter: 11), chance: 1) == 11)
        #expect(policy.wait(after: 1, .status(status, retryAfter: 1e9), chance: 1) == 120)
        #expect(policy.wait(after: 1, .status(status, retryAfter: -3), chance: 1) == 0)
        #expect(policy.wait(after: 8, .status(status, retryAfter: 1), chance: 0) == nil)
    }

    @Test("statuses that stay", arguments: [400, 401, 403, 404, 405, 409, 418, 422, 501, 505])
    func staying(_ status: Int) {
        #expect(RetryPolicy().wait(after: 1, .status(status, retryAfter: 1), chance: 0) == nil)
    }

    @Test("no retries at all")
    func none() {
        #expect(RetryPolicy(limit: 0).wait(after: 1, .noAnswer, chance: 0) == nil)
    }
}
