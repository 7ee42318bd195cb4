import ArgumentParser
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Serving
import Tracking
import UnixSignals

/// `retain serve`: predictions over HTTP.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Answer requests for predictions over HTTP.",
        discussion: """
            POST /predict takes one customer (an object) or many (an array) by the raw names of their columns; names \
            match without regard to case, spaces and underscores, and encoded columns (COLUMN_LEVEL: 1) are \
            accepted too. /health, /ready, /version and /metrics (Prometheus) tell how the service is.

              retain serve model
              retain serve models:/churn@champion --port 9000
              curl localhost:8080/predict -d @customer.json

            SIGTERM and SIGINT let requests in work end, for 30 seconds at most.
            """
    )

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String

    @Option(help: "Address to listen on.")
    var host = "127.0.0.1"

    @Option(help: "Port to listen on; 0 takes a free one.")
    var port = 8080

    @Flag(help: "Listen on more than this machine although anybody may ask then.")
    var insecure = false

    @Option(help: "Largest body of a request, in bytes.")
    var maxBody = ServiceLimits().bodyBytes

    @Option(help: "Requests in work at once; further ones get 503 at once.")
    var maxInFlight = ServiceLimits().requestsInFlight

    @OptionGroup var tracking: TrackingOptions

    func validate() throws {
        guard (0 ... 65535).contains(port) else {
            throw ValidationError("--port must be in 0...65535")
        }
        guard maxBody > 0, maxInFlight > 0 else {
            throw ValidationError("--max-body and --max-in-flight must be above 0")
        }
        guard insecure || ["127.0.0.1", "::1", "localhost"].contains(host) else {
            throw ValidationError(
                "\(host) is open to other machines and the service asks nobody for a key; put something that does in"
                    + " front of it and say --insecure"
            )
        }
    }

    func run() async throws {
        let (saved, version) = try await loadVersion(model, tracking)
        let name = version?.name ?? URL(filePath: model).lastPathComponent
        let served = try ServedModel(saved, name: name, version: version.map { "\($0.version)" })
        var limits = ServiceLimits()
        limits.bodyBytes = maxBody
        limits.requestsInFlight = maxInFlight
        var logger = Logger(label: "retain") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .notice
        let host = host
        let service = PredictionService(served, limits: limits, logger: logger)
        let application = service.application(host: host, port: port) { port in
            let address = host.contains(":") ? "[\(host)]" : host
            note("Serving \(served.name) \(served.version) at http://\(address):\(port)")
        }
        var configuration = ServiceGroupConfiguration(
            services: [application],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = limits.drain
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw CannotListen(address: "\(host):\(port)", reason: "\(error)")
        }
    }
}

/// The address is taken, or is none of this machine's.
private struct CannotListen: Error, CustomStringConvertible {
    let address: String
    let reason: String

    var description: String {
        "can't listen on \(address): \(reason); choose another --host or --port, or end the program that has it"
    }
}
