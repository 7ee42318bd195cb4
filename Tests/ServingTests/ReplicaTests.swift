import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Record
import Serving
import TestSupport
import Testing

/// Services with one record on a server.
@Suite(.serialized, .onPostgres) struct ReplicaTests {
    private func record() throws -> String {
        let server = try #require(PostgresServer.shared)
        return server.address(schema: try server.makeSchema())
    }

    private func customer(_ name: String, _ bank: SmallBank) -> String {
        String(bank.objects[0].dropLast() + #", "Id": "\#(name)"}"#)
    }

    @Test func `an outcome that comes before its prediction waits for it`() async throws {
        let address = try record()
        let one = try ServiceFixture(log: try openRecord(address))
        let other = try ServiceFixture(log: try openRecord(address))
        let early = try await other.ask(
            "/outcomes",
            .post,
            [:],
            #"[{"customer":"k7","left":true},{"prediction_id":"nobody","left":true}]"#
        )
        #expect(early.status == .ok)
        #expect(early.text.hasPrefix(#"{"recorded":0,"unmatched":[{"index":1,"#), "\(early.text)")
        #expect(early.text.contains(#""waiting":[{"index":0,"problem":"its prediction"#))
        let answer = try await one.ask("/predict", .post, [:], customer("k7", one.bank))
        #expect(answer.status == .ok)
        let counts = try await #require(one.log).counts()
        #expect(counts.predictions == 1 && counts.outcomes == 1)
        // Who joined it counts it.
        let pages = [try await one.ask("/metrics").text, try await other.ask("/metrics").text]
        #expect(pages[0].contains("retain_outcomes_total{result=\"recorded\"} 1\n"))
        #expect(pages[1].contains("retain_outcomes_total{result=\"recorded\"} 0\n"))
        #expect(pages[1].contains("retain_outcomes_total{result=\"unmatched\"} 1\n"))
        try one.log?.close()
        try other.log?.close()
    }

    @Test
    func `while the record is away predictions are answered and wait, and outcomes are put off`()
        async throws
    {
        let server = try PostgresServer()
        let fixture = try ServiceFixture(log: try openRecord(server.address()))
        let bodies = (0 ..< 6).map { ByteBuffer(string: customer("k\($0)", fixture.bank)) }
        let outcome = ByteBuffer(string: #"{"customer":"k0","left":true}"#)
        let page = try await fixture.ask { client in
            func metric(_ name: String) async throws -> Double? {
                try await client.execute(uri: "/metrics", method: .get).sample(name)
            }
            func until(_ name: String, _ value: Double) async throws {
                for _ in 0 ..< 600 where try await metric(name) != value {
                    try await Task.sleep(for: .milliseconds(50))
                }
                #expect(try await metric(name) == value)
            }
            func predict(_ body: ByteBuffer) async throws {
                let answer = try await client.execute(uri: "/predict", method: .post, body: body)
                #expect(answer.status == .ok)
            }
            try await predict(bodies[0])
            try await until("retain_log_written_total", 1)
            try server.kill()
            for body in bodies[1...] { try await predict(body) }
            try await until("retain_log_queue_rows", 5)
            let away = try await client.execute(uri: "/outcomes", method: .post, body: outcome)
            #expect(away.status == .serviceUnavailable && away.headers[.retryAfter] == "2")
            #expect(!away.text.contains("127.0.0.1"), "\(away.text)")
            try await until("retain_log_queue_rows", 5)
            try server.start()
            try await until("retain_log_written_total", 6)
            let back = try await client.execute(uri: "/outcomes", method: .post, body: outcome)
            #expect(back.text == #"{"recorded":1,"unmatched":[]}"#)
            return try await client.execute(uri: "/metrics", method: .get)
        }
        #expect(page.sample("retain_log_dropped_total{reason=\"error\"}") == 0)
        #expect(page.sample("retain_log_dropped_total{reason=\"queue_full\"}") == 0)
        #expect(try await fixture.log?.counts().predictions == 6)
        try fixture.log?.close()
    }

    @Test func `what still waits when a service ends is counted as dropped`() async throws {
        let server = try PostgresServer()
        let fixture = try ServiceFixture(log: try openRecord(server.address()))
        try server.kill()
        let body = customer("k", fixture.bank)
        #expect(try await fixture.ask("/predict", .post, [:], body).status == .ok)
        let page = try await fixture.ask("/metrics")
        #expect(page.sample("retain_log_dropped_total{reason=\"error\"}") == 1)
        #expect(page.sample("retain_log_queue_rows") == 0)
    }

    @Test func `one of them prunes`() async throws {
        let address = try record()
        let log = try openRecord(address, retention: Retention(days: 1))
        let (one, other) = (try ServiceFixture(log: log), try ServiceFixture(log: log))
        _ = try await one.ask("/health")
        // It has done so for the next ten minutes.
        #expect(try await !log.takeLease("prune", holder: "x", now: now, for: 1))
        _ = try await other.ask("/health")
        #expect(try await log.takeLease("prune", holder: "x", now: now + 600_000, for: 1))
        try log.close()
    }

    private var now: Int64 { Int64(Date.now.timeIntervalSince1970 * 1000) }
}

extension Trait where Self == ConditionTrait {
    /// For what needs a server of PostgreSQL.
    static var onPostgres: Self {
        .enabled(if: PostgresServer.shared != nil, "PostgreSQL's server is not installed")
    }
}
