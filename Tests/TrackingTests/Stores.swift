import Files
import FoundationEssentials
import TestSupport
import Testing
import Tracking

/// The stores that must keep the contract: a new file, and the server that RETAIN_TEST_TRACKING_URI names.
enum StoreKind: String, CaseIterable, Sendable {
    case local
    case server

    static let present: [StoreKind] =
        environment["RETAIN_TEST_TRACKING_URI"] == nil ? [.local] : [.local, .server]

    static let environment = ProcessInfo.processInfo.environment

    func withStore<Value>(
        _ body: (any TrackingStore) async throws -> Value
    ) async throws -> Value {
        switch self {
        case .local:
            let folder = try TemporaryFolder()
            return try await body(try LocalStore(folder.path + "/mlflow.db"))
        case .server:
            let configuration = try TrackingConfiguration(
                environment: Self.environment,
                uri: Self.environment["RETAIN_TEST_TRACKING_URI"]
            )
            let store = try ServerStore(configuration.description, configuration)
            do {
                let value = try await body(store)
                await store.close()
                return value
            } catch {
                await store.close()
                throw error
            }
        }
    }
}

/// A name that nothing on a server has yet.
func fresh(_ name: String) -> String { "\(name)-\(UUID().uuidString.prefix(8))" }

extension RunStore {
    /// A new run in a new experiment.
    func newRun(
        _ name: String = "run",
        start: Int64 = 1_700_000_000_000,
        in experiment: Experiment? = nil
    ) async throws -> RunInfo {
        var place = experiment
        if place == nil { place = try await createExperiment(named: fresh("contract")) }
        return try await createRun(
            NewRun(
                experimentID: try #require(place).id,
                name: name,
                user: "ada",
                start: start,
                tags: ["team": "retention"]
            )
        )
    }
}
