import ChurnModel
import HTTPTypes
import HummingbirdTesting
import NIOCore
import OpenAPI
import Schema
import Serving
import Synchronization
import Testing

@Suite struct RefreshTests {

    private func served(
        _ version: String,
        seed: UInt64,
        extra: ColumnSchema? = nil
    ) throws -> ServedModel {
        try ServedModel(SmallBank(seed: seed, extra: extra).saved, name: "churn", version: version)
    }

    private func version(_ fixture: ServiceFixture) async throws -> String? {
        try await fixture.ask("/version").member("model_version")
    }

    @Test func `follows to what is good and stays away from what is bad`() async throws {
        let fixture = try ServiceFixture()
        let service = fixture.service
        let registry = Registry()
        let refresh = ServiceRefresh(service, model: registry.source)
        #expect(await refresh.now() == false)
        #expect(registry.state.withLock(\.loads) == 0)

        registry.point(at: "4", .success(try served("4", seed: 2)))
        #expect(await refresh.now())
        #expect(try await version(fixture) == "4")
        #expect(await refresh.now() == false)

        registry.point(at: "5", .failure(Broken()))
        #expect(await refresh.now() == false)
        #expect(await refresh.now() == false)
        #expect(try await version(fixture) == "4")
        // What was refused is not read again until somebody asks.
        #expect(registry.state.withLock(\.loads) == 2)
        #expect(await refresh.now(isAsked: true) == false)
        #expect(registry.state.withLock(\.loads) == 3)

        registry.state.withLock { $0.isReachable = false }
        #expect(await refresh.now() == false)
        registry.state.withLock { $0.isReachable = true }
        registry.point(at: "6", .success(try served("6", seed: 3)))
        #expect(try await fixture.ask("/admin/reload", .post).member("changed") == "1")
        #expect(try await version(fixture) == "6")
        let page = try await fixture.ask("/metrics").text
        for line in [
            "{result=\"changed\"} 2", "{result=\"refused\"} 2", "{result=\"failed\"} 1",
        ] {
            #expect(page.contains("retain_model_refresh_total\(line)\n"), "\(line)")
        }
    }

    @Test(arguments: [NullPolicy.error, .impute])
    func `a model that needs more than callers send is refused`(nulls: NullPolicy) async throws {
        let service = try ServiceFixture().service
        let registry = Registry()
        let refresh = ServiceRefresh(service, model: registry.source)
        let extra = ColumnSchema(
            name: "New",
            role: .feature,
            type: .number(minimum: 0, maximum: 1),
            nulls: nulls
        )
        registry.point(at: "4", .success(try served("4", seed: 2, extra: extra)))
        #expect(await refresh.now() == (nulls == .impute))
    }

    @Test func `keys are read anew when somebody asks`() async throws {
        let (old, oldKey) = APIKey.make(name: "old", scopes: [.read])
        let (new, newKey) = APIKey.make(name: "new", scopes: [.read])
        let fixture = try ServiceFixture(keys: APIKeys([oldKey]))
        let next = Mutex(newKey.line)
        let registry = Registry()
        let refresh = ServiceRefresh(
            fixture.service,
            model: registry.source,
            keys: { try APIKeys(next.withLock(\.self), path: "keys") }
        )
        #expect(try await fixture.ask("/version", .get, [.apiKey: new]).status == .unauthorized)
        _ = await refresh.now(isAsked: true)
        #expect(try await fixture.ask("/version", .get, [.apiKey: new]).status == .ok)
        #expect(try await fixture.ask("/version", .get, [.apiKey: old]).status == .unauthorized)
        next.withLock { $0 = "rubbish" }
        _ = await refresh.now(isAsked: true)
        #expect(try await fixture.ask("/version", .get, [.apiKey: new]).status == .ok)
    }

    @Test(.timeLimit(.minutes(2))) func `no request is lost while models change`() async throws {
        let traffic = try ChangingTraffic()
        #expect(try await traffic.run() == ["1", "2"])
    }
}

/// Requests on the network while two models take turns.
private struct ChangingTraffic {
    let fixture: ServiceFixture
    let registry = Registry()
    let models: [ServedModel]
    /// What each version says of the first customer.
    let expected: [Float]

    init() throws {
        fixture = try ServiceFixture()
        let banks = [try SmallBank(seed: 2), try SmallBank(seed: 3)]
        models = try banks.enumerated().map {
            try ServedModel($1.saved, name: "churn", version: "\($0 + 1)")
        }
        let table = fixture.bank.table
        expected = try banks.map { try $0.saved.model.predict(table)[0] }
    }

    /// The versions that answered.
    func run() async throws -> Set<String> {
        let refresh = ServiceRefresh(fixture.service, model: registry.source)
        // What the alias pointed at when the service began to follow it is taken to be what already answers.
        registry.point(at: "1", .success(models[0]))
        #expect(await refresh.now())
        let application = fixture.service.application(host: "127.0.0.1", port: 0)
        return try await application.test(.live) { client in
            let changes = Task { await change(refresh) }
            let versions = try await ask(client)
            await changes.value
            return versions
        }
    }

    private func change(_ refresh: ServiceRefresh) async {
        for number in 1 ... 60 {
            registry.point(at: "\(number % 2 + 1)", .success(models[number % 2]))
            #expect(await refresh.now())
            try? await Task.sleep(for: .milliseconds(5))
        }
        registry.state.withLock { $0.isReachable = false }
    }

    private func ask(
        _ client: any TestClientProtocol
    ) async throws -> Set<String> {
        let body = ByteBuffer(string: fixture.bank.objects[0])
        var versions: Set<String> = []
        while registry.state.withLock(\.isReachable) {
            let headers: HTTPFields = [.contentType: "application/json"]
            let answer = try await client.execute(
                uri: "/predict",
                method: .post,
                headers: headers,
                body: body
            )
            let version = try answer.member("model_version") ?? ""
            let probability = try answer.member("churn_probability").flatMap(Float.init)
            let place = (Int(version) ?? 0) - 1
            #expect(
                expected.indices.contains(place) && probability == expected[place],
                "\(answer.status): \(String(buffer: answer.body))"
            )
            versions.insert(version)
        }
        return versions
    }
}

/// What an alias points at.
final class Registry: Sendable {
    struct State {
        var version: String
        var result: Result<ServedModel, Broken>
        var isReachable = true
        var loads = 0
    }
    let state: Mutex<State>

    init() { state = Mutex(State(version: "3", result: .failure(Broken()))) }

    func point(at version: String, _ result: Result<ServedModel, Broken>) {
        state.withLock {
            $0.version = version
            $0.result = result
        }
    }

    var source: ModelSource {
        ModelSource(current: state.withLock(\.version)) {
            try self.state.withLock { state throws(Broken) in
                guard state.isReachable else { throw Broken() }
                return state.version
            }
        } load: {
            try self.state.withLock { state throws(Broken) in
                state.loads += 1
                return try state.result.get()
            }
        }
    }
}

struct Broken: Error {}
