import ArgumentParser
import DeskServing
import Files
import FoundationEssentials
import Hummingbird
import Logging
import NIOCore
import Output
import Record
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
            accepted too. /docs shows all routes; /health, /ready, /version and /metrics (Prometheus) tell how the \
            service is. MLflow's /invocations and the Open Inference Protocol (/v2) are answered as well.

              retain serve model
              retain serve models:/churn@champion --port 9000
              curl localhost:8080/predict -d @customer.json

            Every setting can also be given in the environment (RETAIN_PORT, RETAIN_MAX_BODY, RETAIN_MODEL, …) or in \
            a YAML file (--config, or RETAIN_CONFIG); flags come first, then the environment, then the file.

            A model named by an alias is followed: a new version takes over without a dropped request, a bad one is \
            refused, and so is a champion that has not passed the gate (--ungated takes it). SIGHUP looks at once, also for new keys and certificates. SIGTERM and SIGINT let requests in \
            work end, for 30 seconds at most. Predictions are kept in retain.db until outcomes arrive (POST \
            /outcomes); columns with `privacy: personal` are left out.

            What is asked is watched for drift from the rows that the model learned from: /drift, /metrics and a \
            webhook tell when a column's verdict changes. Looking for a year alarms falsely with a chance of at most 5 %.
            """
    )

    @Argument(help: "A model folder, runs:/ID/model, models:/NAME/VERSION or models:/NAME@ALIAS.")
    var model: String?

    @OptionGroup var options: ServeOptions

    @OptionGroup var tracking: TrackingOptions

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        let reader = try await SettingReader(
            options.given,
            file: options.config ?? environment["RETAIN_CONFIG"],
            environment: environment
        )
        let settings = try ServeSettings(reader)
        guard let model = try model ?? reader.text("model") else {
            throw ValidationError("say which model to serve: retain serve MODEL")
        }
        let logger = settings.logger()
        func begin(
            _ model: String,
            named name: String? = nil
        ) async throws -> (served: ServedModel, source: ModelSource) {
            try await ServedSource(
                model,
                named: name,
                tracking,
                takesUngated: settings.takesUngated
            )
            .begin()
        }
        let (served, source) = try await begin(model, named: settings.name)
        var shadow: (served: ServedModel, source: ModelSource)?
        if let name = settings.shadow { shadow = try await begin(name) }
        try settings.checkRetention(horizonDays: served.horizonDays)
        let log = try settings.log()
        let webhooks = settings.webhook.map { _ in WebhookQueue(logger: logger) }
        let service = try PredictionService(
            served,
            shadow: shadow?.served,
            limits: settings.limits,
            keys: try settings.keys.map(Self.keys),
            certificate: settings.certificate,
            log: log,
            watch: settings.drift,
            webhooks: webhooks,
            logger: logger
        )
        if settings.hasDesk, let log, let database = settings.database {
            let tracking = tracking
            var desk = DeskSettings(
                folder: RecordAddress(database).companion + ".desk",
                record: RecordAddress(database),
                threads: Processors.active
            )
            desk.tracking = { body in try await tracking.withStore(existing: true, body) }
            service.mount(DeskSite(service, record: log, settings: desk, logger: logger))
        }
        let host = settings.host
        let scheme = settings.certificate == nil ? "http" : "https"
        let application = service.application(host: host, port: settings.port) { port in
            let address = host.contains(":") ? "[\(host)]" : host
            note("Serving \(served.name) \(served.version) at \(scheme)://\(address):\(port)")
            if settings.hasDesk, settings.database != nil {
                note("Open that address in a browser for the desk.")
            }
        }
        let refresh = ServiceRefresh(
            service,
            model: source,
            shadow: shadow?.source,
            keys: settings.keys.map { path in { @Sendable in try Self.keys(path) } },
            every: settings.poll
        )
        var services: [any Service] = [PredictionRecorder(service), refresh, application]
        if let endpoint = settings.webhook, let webhooks {
            services.insert(WebhookSender(endpoint, queue: webhooks, logger: logger), at: 0)
        }
        // They end in the opposite order: what was answered last is still written down.
        var parts = services.map { ServiceGroupConfiguration.ServiceConfiguration(service: $0) }
        if settings.endsWithInput {
            parts.append(
                .init(service: InputEnd(), successTerminationBehavior: .gracefullyShutdownGroup)
            )
        }
        var configuration = ServiceGroupConfiguration(
            services: parts,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = settings.limits.drain
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch let error as IOError {
            throw CannotListen(address: "\(host):\(settings.port)", reason: "\(error)")
        }
        try log?.close()
    }

    private static func keys(_ path: String) throws -> APIKeys {
        try APIKeys(try KeyFile.text(path), path: path)
    }
}

/// The address is taken, or is none of this machine's.
private struct CannotListen: RetainError {
    let address: String
    let reason: String

    var exitStatus: ExitStatus { .failed }

    var description: String {
        "can't listen on \(address): \(reason); choose another --host or --port, or end the program that has it"
    }
}
