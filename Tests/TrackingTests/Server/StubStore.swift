import Synchronization
import Testing
import Tracking

/// A store that talks to a stub server and never waits.
struct StubStore: Sendable {
    let server: StubServer
    let store: ServerStore
    private let pauses: Pauses

    private final class Pauses: Sendable {
        let seconds = Mutex<[Double]>([])
    }

    /// The waits that were asked for, in seconds.
    var waits: [Double] { pauses.seconds.withLock(\.self) }

    /// Runs a body with a store on a server of a script; three retries, no jitter.
    static func run<Value>(
        _ script: [StubServer.Reply],
        environment: [String: String] = [:],
        path: String = "",
        _ body: (StubStore) async throws -> Value
    ) async throws -> Value {
        try await StubServer.run(script) { server in
            var variables = [
                "MLFLOW_TRACKING_URI": server.address + path,
                "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "3",
                "MLFLOW_HTTP_REQUEST_BACKOFF_JITTER": "0",
            ]
            variables.merge(environment) { $1 }
            let configuration = try TrackingConfiguration(environment: variables)
            let pauses = Pauses()
            let store = try ServerStore(configuration.description, configuration) { seconds in
                pauses.seconds.withLock { $0.append(seconds) }
            }
            let stub = StubStore(server: server, store: store, pauses: pauses)
            do {
                let value = try await body(stub)
                await store.close()
                return value
            } catch {
                await store.close()
                throw error
            }
        }
    }

    /// The error of a call that must fail.
    func failure(_ body: (ServerStore) async throws -> Void) async -> TrackingError? {
        await #expect(throws: TrackingError.self) { try await body(store) }
    }

    /// What was said, without the mark that no two requests share.
    var bodies: [String] {
        server.asked.map { asked in
            let name = #""key":"retain.request","value":""#
            guard let mark = asked.body.firstRange(of: name) else { return asked.body }
            let end = asked.body.index(mark.upperBound, offsetBy: 36)
            return asked.body[..<mark.upperBound] + "MARK" + asked.body[end...]
        }
    }
}

/// Answers that more than one test needs.
enum StubAnswer {
    /// A run whose artifacts the server keeps.
    static func run(_ more: String = "", outputs: String = "") -> StubServer.Reply {
        .answer(
            #"{"run": {"info": {"run_id": "r1", "experiment_id": "1", "artifact_uri": "#
                + #""mlflow-artifacts:/1/r1/artifacts"\#(more)}, "data": {}\#(outputs)}}"#
        )
    }
}
