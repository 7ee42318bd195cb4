import HTTPTypes
import HummingbirdTesting
import NIOCore
import OpenAPI
import Serving
import Testing

@Suite struct AccessTests {
    private func keys(_ scopes: Set<AccessScope>, rate: Double? = nil) throws -> (APIKeys, String) {
        let (secret, key) = APIKey.make(name: "crm", scopes: scopes, rate: rate)
        let other = APIKey.make(name: "other", scopes: Set(AccessScope.allCases)).key
        let file = "# who may ask\n\n\(other.line)\n\(key.line) # the second\n"
        return (try APIKeys(file, path: "keys"), secret)
    }

    @Test(arguments: [
        ("/predict", HTTPRequest.Method.post, AccessScope.predict),
        ("/outcomes", .post, .predict), ("/invocations", .post, .predict),
        ("/v2/models/churn/infer", .post, .predict), ("/metrics", .get, .read),
        ("/version", .get, .read), ("/openapi.json", .get, .read), ("/v2", .get, .read),
        ("/v2/models/churn", .get, .read), ("/admin/reload", .post, .admin),
        ("/explain", .post, .explain), ("/v1/models/churn:explain", .post, .explain),
    ])
    func `a route asks for its scope`(
        uri: String,
        method: HTTPRequest.Method,
        scope: AccessScope
    ) async throws {
        let (good, secret) = try keys([scope])
        let fixture = try ServiceFixture(keys: good)
        let nobody = try await fixture.ask(uri, method)
        #expect(nobody.status == .unauthorized && nobody.headers[.wwwAuthenticate] == "Bearer")
        for wrong in [secret + "0", "", "rk_", String(secret.dropLast())] {
            let refused = try await fixture.ask(uri, method, [.authorization: "Bearer \(wrong)"])
            #expect(refused.status == .unauthorized)
            #expect(!refused.text.contains(secret.dropLast(2)))
        }
        for headers in [[.authorization: "bearer \(secret)"], [.apiKey: secret]] as [HTTPFields] {
            let answer = try await fixture.ask(uri, method, headers, "{}")
            #expect(![.unauthorized, .forbidden].contains(answer.status), "\(answer.status)")
        }
        let (others, outsider) = try keys(Set(AccessScope.allCases).subtracting([scope]))
        let forbidden = try await ServiceFixture(keys: others)
            .ask(uri, method, [.apiKey: outsider])
        #expect(forbidden.status == .forbidden && forbidden.text.contains(scope.rawValue))
    }

    @Test(arguments: ["/health", "/ready", "/ping", "/docs", "/v2/health/live", "/v2/health/ready"])
    func `probes need no key`(uri: String) async throws {
        let fixture = try ServiceFixture(keys: try keys([.predict]).0)
        #expect(try await fixture.ask(uri).status == .ok)
    }

    @Test(arguments: [
        ("", "there is no key"), ("a predict", "keys:1: a key is written"),
        ("\na write \(String(repeating: "0", count: 64))", "keys:2: write is no scope"),
        ("a read 00", "64 hexadecimal"),
        ("a read \(String(repeating: "g", count: 64))", "64 hexadecimal"),
        ("a read \(String(repeating: "0", count: 64)) fast", "fast is no rate"),
        ("a read \(String(repeating: "0", count: 64)) 0", "0 is no rate"),
        (
            "a read \(String(repeating: "0", count: 64))\na read \(String(repeating: "1", count: 64))",
            "keys:2: the name a is there twice"
        ),
    ])
    func `a key file that is none is refused`(text: String, reason: String) {
        let error = #expect(throws: KeyFileError.self) { try APIKeys(text, path: "keys") }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
    }

    @Test func `a key's own rate holds for it alone`() async throws {
        // So slow that no test takes long enough to be let in again.
        let (known, secret) = try keys([.predict], rate: 0.001)
        let fixture = try ServiceFixture(keys: known)
        let customer = fixture.bank.objects[0]
        let statuses = try await fixture.ask { client in
            var statuses: [Int] = []
            for _ in 0 ..< 4 {
                let answer = try await client.execute(
                    uri: "/predict",
                    method: .post,
                    headers: [.apiKey: secret],
                    body: .init(string: customer)
                )
                statuses.append(answer.status.code)
                if answer.status == .tooManyRequests {
                    let seconds = answer.headers[.retryAfter].flatMap(Int.init) ?? 0
                    #expect((900 ... 1_000).contains(seconds))
                }
            }
            return statuses
        }
        #expect(statuses == [200, 429, 429, 429])
    }

    @Test func `a caller gets as much as it may, and no more`() {
        let limiter = RateLimiter()
        let start = ContinuousClock.now
        for _ in 0 ..< 10 { #expect(limiter.wait("a", rate: 10, now: start) == nil) }
        let wait = limiter.wait("a", rate: 10, now: start)
        #expect(wait.map { abs($0 / .seconds(1) - 0.1) < 1e-9 } == true)
        #expect(limiter.wait("b", rate: 10, now: start) == nil)
        #expect(limiter.wait("a", rate: 10, now: start + .milliseconds(101)) == nil)
        #expect(limiter.wait("a", rate: 10, now: start + .milliseconds(102)) != nil)
        // A long pause gives one second's worth and no more.
        let later = start + .seconds(100)
        #expect((0 ..< 20).count { _ in limiter.wait("a", rate: 10, now: later) == nil } == 10)
        // Less than one a second.
        #expect(limiter.wait("slow", rate: 0.5, now: start) == nil)
        #expect(limiter.wait("slow", rate: 0.5, now: start + .seconds(1)) != nil)
        #expect(limiter.wait("slow", rate: 0.5, now: start + .seconds(2)) == nil)
    }

    @Test func `a flood of callers is forgotten again`() {
        let limiter = RateLimiter()
        let start = ContinuousClock.now
        for number in 0 ..< RateLimiter.greatestCount {
            #expect(limiter.wait("\(number)", rate: 1, now: start) == nil)
        }
        #expect(limiter.wait("new", rate: 1, now: start) != nil)
        #expect(limiter.wait("new", rate: 1, now: start + .seconds(2)) == nil)
    }

    @Test func `answers say nothing to browsers and caches`() async throws {
        let fixture = try ServiceFixture()
        for uri in ["/health", "/metrics", "/none", "/docs", "/openapi.json"] {
            let headers = try await fixture.ask(uri).headers
            #expect(
                headers[.xContentTypeOptions] == "nosniff" && headers[.cacheControl] == "no-store"
            )
            #expect(headers[.requestID]?.count == 36)
        }
        let docs = try await fixture.ask("/docs").headers
        #expect(docs[.contentSecurityPolicy]?.hasPrefix("default-src 'none'; script-src") == true)
    }

    @Test(arguments: [
        ("abc-1", true), ("", false), ("a b", false), (String(repeating: "x", count: 129), false),
    ])
    func `a request keeps the name that its caller gave it`(name: String, isKept: Bool) async throws
    {
        let answer = try await ServiceFixture().ask("/health", .get, [.requestID: name])
        #expect((answer.headers[.requestID] == name) == isKept)
    }
}
