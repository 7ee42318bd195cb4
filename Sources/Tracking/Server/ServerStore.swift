import FoundationEssentials
import Synchronization

/// Runs and registered models on an MLflow server, 2 or 3, or on DagsHub.
public final class ServerStore: Sendable {
    let connection: MLflowConnection
    /// Where each run's artifacts lie, once it is known.
    let artifactAddresses = Mutex<[String: String]>([:])

    /// Prepares requests to a server; asks nothing yet.
    ///
    /// - Parameters:
    ///   - address: For example `https://dagshub.com/owner/repository.mlflow`, without credentials.
    ///   - configuration: Who asks, and how patiently.
    /// - Throws: `TrackingConfigurationError` where a certificate can't be read.
    public init(_ address: String, _ configuration: TrackingConfiguration) throws {
        connection = try MLflowConnection(
            address,
            configuration,
            pause: { try await Task.sleep(for: .seconds($0)) }
        )
    }

    /// Prepares requests whose waits are the caller's.
    package init(
        _ address: String,
        _ configuration: TrackingConfiguration,
        pause: @escaping @Sendable (Double) async throws -> Void
    ) throws {
        connection = try MLflowConnection(address, configuration, pause: pause)
    }

    /// The server, without secrets.
    public var address: String { connection.address }

    /// Asks the server whether it is there, for 5 seconds at most.
    ///
    /// - Throws: `TrackingError` of kind `unreachable` where it is not.
    public func checkReachable() async throws { try await connection.checkReachable() }

    /// Ends all connections; nothing can be asked afterwards.
    public func close() async { await connection.close() }

    func invalid(_ problem: String?) throws {
        if let problem { throw TrackingError(.invalid, at: address, problem) }
    }

    /// The body's answer; nil where there is no such thing.
    func ifFound<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do {
            return try await body()
        } catch let error as TrackingError where error.kind == .notFound {
            return nil
        }
    }

    /// A name that no other request has.
    static var freshMark: String { UUID().uuidString.lowercased() }
}
