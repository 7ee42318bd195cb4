public import Hummingbird
import HummingbirdCore
import ServiceLifecycle
import Synchronization

extension PredictionService {
    /// The service on the network, ready to be run.
    ///
    /// - Parameters:
    ///   - host: Name or number of the address to listen on.
    ///   - port: 0 for one that is free.
    ///   - onListening: Is told the port once requests can come.
    /// - Returns: To be run by a `ServiceGroup`.
    public func application(
        host: String,
        port: Int,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            responder: self,
            server: HTTPServerBuilder { responder in
                ServiceChannel(service: self, http1: HTTP1Channel(responder: responder))
            },
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(limits.connections)
            ),
            services: [Draining(service: self)],
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: logger
        )
    }
}

/// Makes `/ready` say no as soon as the service is told to stop.
private struct Draining: Service {
    let service: PredictionService

    func run() async throws {
        try await gracefulShutdown()
        service.isDraining.store(true, ordering: .relaxed)
    }
}
