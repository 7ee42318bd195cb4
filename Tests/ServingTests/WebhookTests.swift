import Files
import Foundation
import HTTPTypes
import ServiceLifecycle
import Serving
import Testing
import Tracking

@Suite struct WebhookTests {
    private static let key = Data((0 ..< 32).map { UInt8($0) })
    private static let secret = "whsec_" + key.base64EncodedString()
    private static let quick = RetryPolicy(limit: 3, factor: 0.01, jitter: 0.01)

    private func event(_ number: Int = 1) -> WebhookEvent {
        WebhookEvent(
            type: "drift.verdict.changed",
            time: 1_700_000_000_250,
            data: Array("{\"number\":\(number)}".utf8)
        )
    }

    /// Sends events, waits until nothing waits any more, and tells what became of them.
    private func send(
        _ events: [WebhookEvent],
        to url: String,
        retries: RetryPolicy = Self.quick,
        patience: Duration = .seconds(100_000),
        timeout: Duration = .seconds(600),
        log: KeptLog = KeptLog()
    ) async throws -> WebhookQueue.Counts {
        let queue = WebhookQueue(logger: log.logger)
        let sender = WebhookSender(
            try WebhookEndpoint(url, secrets: Self.secret),
            queue: queue,
            retries: retries,
            patience: patience,
            timeout: timeout,
            logger: log.logger
        )
        let running = Task { try await sender.run() }
        for event in events { queue.add(event) }
        while queue.status.delivered + queue.status.failed < events.count {
            try await Task.sleep(for: .milliseconds(5))
        }
        running.cancel()
        try await running.value
        return queue.status
    }

    @Test func `an event is signed and sent again until it is taken`() async throws {
        let receiver = WebhookReceiver(.internalServerError, .serviceUnavailable, .noContent)
        let counts = try await receiver.run { url in try await self.send([self.event()], to: url) }
        #expect(counts.delivered == 1 && counts.failed == 0)
        let received = receiver.received
        #expect(received.count == 3)
        // One event, one identifier, so that a receiver can tell that it has it already.
        #expect(Set(received.map { $0.header("webhook-id") }).count == 1)
        for one in received {
            let id = one.header("webhook-id")
            let timestamp = one.header("webhook-timestamp")
            #expect(id.hasPrefix("msg_") && !id.contains("."))
            #expect(abs((Double(timestamp) ?? 0) - Date.now.timeIntervalSince1970) < 300)
            #expect(one.header("content-type") == "application/json")
            let parts = one.header("webhook-signature").split(separator: ",", maxSplits: 1)
            #expect(parts.first == "v1")
            let code = try #require(Data(base64Encoded: String(parts[1])))
            let signed = Array("\(id).\(timestamp).".utf8) + one.body
            #expect(
                Array(code) == SHA256.authenticationCode(of: signed, key: Array(Self.key)).bytes
            )
            #expect(
                String(decoding: one.body, as: UTF8.self)
                    == #"{"type":"drift.verdict.changed","timestamp":"2023-11-14T22:13:20.250Z","data":{"number":1}}"#
            )
        }
    }

    @Test func `the signature is that of the specification's libraries`() throws {
        let secret = try WebhookSecret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        let signature = secret.signature(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
            timestamp: 1_614_265_330,
            body: Array(#"{"test": 2432232314}"#.utf8)
        )
        #expect(signature == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        #expect(!"\(secret)".contains("MfKQ"))
    }

    @Test func `while a secret changes both sign`() async throws {
        let receiver = WebhookReceiver(.ok)
        let other = "whsec_" + Data(repeating: 9, count: 24).base64EncodedString()
        let log = KeptLog()
        try await receiver.run { url in
            let queue = WebhookQueue(logger: log.logger)
            let endpoint = try WebhookEndpoint(url, secrets: "\(Self.secret) \(other)")
            let sender = WebhookSender(endpoint, queue: queue, logger: log.logger)
            let running = Task { try await sender.run() }
            queue.add(self.event())
            while queue.status.delivered == 0 { try await Task.sleep(for: .milliseconds(5)) }
            running.cancel()
            try await running.value
        }
        let signatures = receiver.received[0].header("webhook-signature").split(separator: " ")
        #expect(signatures.count == 2 && signatures.allSatisfy { $0.hasPrefix("v1,") })
        #expect(signatures[0] != signatures[1])
    }

    @Test(arguments: [400, 401, 404, 413, 302, 304])
    func `what another try can't mend is not tried again`(code: Int) async throws {
        let answer = WebhookReceiver.Answer(
            status: .init(code: code),
            headers: [.location: "/elsewhere"]
        )
        let receiver = WebhookReceiver([answer, .init(status: .ok)])
        let log = KeptLog()
        let counts = try await receiver.run { url in
            try await self.send([self.event(1), self.event(2)], to: url, log: log)
        }
        #expect(counts.failed == 1 && counts.delivered == 1)
        // Nor is a redirect followed.
        #expect(receiver.received.map(\.path) == ["/hook", "/hook"])
        #expect(log.text.count == 1)
        #expect(log.text[0].contains("the receiver answered \(code)"))
        #expect(log.text[0].contains(#"data={"number":1}"#) && log.text[0].contains("tries=1"))
    }

    @Test(arguments: [408, 429, 500, 503, 522])
    func `other failures are tried again, so often`(code: Int) async throws {
        let receiver = WebhookReceiver(.init(code: code))
        let log = KeptLog()
        let counts = try await receiver.run { url in
            try await self.send([self.event()], to: url, log: log)
        }
        #expect(counts.failed == 1)
        #expect(receiver.received.count == 1 + Self.quick.limit)
        #expect(log.text[0].contains("tries=4"))
    }

    @Test func `the receiver says how long to wait`() async throws {
        let wait = WebhookReceiver.Answer(
            status: .tooManyRequests,
            headers: [HTTPField.Name.retryAfter: "0"]
        )
        let receiver = WebhookReceiver([wait, .init(status: .ok)])
        // Without its word the next try would come too late to be made.
        let slow = RetryPolicy(limit: 3, factor: RetryPolicy.longest, jitter: 0)
        let counts = try await receiver.run { url in
            try await self.send([self.event()], to: url, retries: slow, patience: .seconds(110))
        }
        #expect(counts.delivered == 1)
        let other = WebhookReceiver(.serviceUnavailable, .ok)
        let given = try await other.run { url in
            try await self.send([self.event()], to: url, retries: slow, patience: .seconds(110))
        }
        #expect(given.failed == 1 && other.received.count == 1)
    }

    @Test func `a receiver that is gone gets nothing more`() async throws {
        let receiver = WebhookReceiver(.gone)
        let log = KeptLog()
        let counts = try await receiver.run { url in
            try await self.send([self.event(1), self.event(2)], to: url, log: log)
        }
        #expect(counts.failed == 2 && receiver.received.count == 1)
        #expect(log.text[1].contains("gone (410)"))
    }

    @Test func `an answer that does not come is a failure`() async throws {
        let receiver = WebhookReceiver([.init(status: .ok, pause: .seconds(600))])
        let log = KeptLog()
        let once = RetryPolicy(limit: 1, factor: 0.01, jitter: 0)
        let counts = try await receiver.run { url in
            try await self.send(
                [self.event()],
                to: url,
                retries: once,
                timeout: .milliseconds(100),
                log: log
            )
        }
        #expect(counts.failed == 1 && log.text[0].contains("tries=2"))
        // Where nobody listens, too.
        let nobody = try await send([event()], to: "http://127.0.0.1:9/hook", retries: once)
        #expect(nobody.failed == 1)
    }

    @Test func `it ends at once and tells what was not sent`() async throws {
        let receiver = WebhookReceiver(.serviceUnavailable)
        let log = KeptLog()
        let queue = WebhookQueue(logger: log.logger)
        try await receiver.run { url in
            let sender = WebhookSender(
                try WebhookEndpoint(url, secrets: Self.secret),
                queue: queue,
                retries: RetryPolicy(limit: 8, factor: 600, jitter: 0),
                patience: .seconds(100_000),
                logger: log.logger
            )
            let group = ServiceGroup(
                configuration: .init(services: [sender], logger: KeptLog().logger)
            )
            let running = Task { try await group.run() }
            for number in 1 ... 3 { queue.add(self.event(number)) }
            while receiver.received.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            await group.triggerGracefulShutdown()
            try await running.value
        }
        #expect(queue.status.failed == 3 && queue.status.delivered == 0)
        #expect(log.text.count == 3)
        for number in 1 ... 3 {
            #expect(log.text.contains { $0.contains(#"data={"number":\#(number)}"#) })
        }
        #expect(log.text.allSatisfy { $0.contains("the service stops") })
        #expect(queue.add(event(4)) == false)
        #expect(log.text.last?.contains("found no room") == true)
    }

    @Test func `where there is no room the oldest goes`() async throws {
        let log = KeptLog()
        let queue = WebhookQueue(capacity: 2, logger: log.logger)
        #expect((1 ... 4).map { queue.add(event($0)) } == [true, true, false, false])
        #expect(queue.status.dropped == 2)
        #expect(log.text.map { $0.contains("found no room") } == [true, true])
        let receiver = WebhookReceiver(.ok)
        try await receiver.run { url in
            let endpoint = try WebhookEndpoint(url, secrets: Self.secret)
            let sender = WebhookSender(endpoint, queue: queue, logger: log.logger)
            let running = Task { try await sender.run() }
            while queue.status.delivered < 2 { try await Task.sleep(for: .milliseconds(5)) }
            running.cancel()
            try await running.value
        }
        let bodies = receiver.received.map { String(decoding: $0.body, as: UTF8.self) }
        #expect(bodies[0].contains("\"number\":3") && bodies[1].contains("\"number\":4"))
    }

    @Test(arguments: [
        ("ftp://example.com/hook", "must be https://"), ("example.com/hook", "must be https://"),
        ("", "must be https://"), ("https:///hook", "must be https://"),
        ("https://me:word@example.com/hook", "neither user, password"),
        ("https://example.com/hook#top", "neither user, password"),
        ("http://example.com/hook", "use https"), ("http://10.0.0.1/hook", "use https"),
        ("http://127.0.0.1.example.com/", "use https"), ("http://127.example.com/", "use https"),
    ])
    func `an address that won't do is named with what would`(url: String, word: String) {
        let error = #expect(throws: WebhookError.self) {
            try WebhookEndpoint(url, secrets: Self.secret)
        }
        #expect(error?.description.contains(word) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("word@") == false)
    }

    @Test(arguments: [
        "https://example.com/hook?team=a", "http://localhost:8080/", "http://127.0.0.1:1/a",
        "http://[::1]:80/hook", "HTTPS://example.com",
    ])
    func `other addresses do`(url: String) throws {
        _ = try WebhookEndpoint(url, secrets: Self.secret)
        _ = try WebhookEndpoint("http://example.com/", secrets: Self.secret, isInsecure: true)
    }

    @Test(arguments: [
        "", "secret", "whsec_", "whsec_AAAA", "whsec_!", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
    ])
    func `a secret that won't do is not told`(secret: String) {
        let error = #expect(throws: WebhookError.self) {
            try WebhookEndpoint("https://example.com", secrets: secret)
        }
        #expect(error?.description.contains("whsec_") == true)
        #expect(error?.description.contains("AAAA") == false)
    }
}
