import Evaluation
import HTTPTypes
public import Hummingbird
public import Logging
import NIOCore
import NIOHTTP1
import OpenAPI
public import Record
import Synchronization
import Wire

/// Answers requests for predictions.
///
/// One value for all connections; `application(on:)` puts it on the network. What it predicted is written down, and a
/// shadow asked, by a `PredictionRecorder`, which also watches for drift; what changes outside is taken over by a `ServiceRefresh`.
///
/// ```swift
/// let saved = try ModelFolder.load(from: "model")
/// let service = try PredictionService(
///     try ServedModel(saved, name: "churn"),
///     logger: Logger(label: "retain")
/// )
/// try await service.application(host: "127.0.0.1", port: 8080).runService()
/// ```
public final class PredictionService: Sendable {
    let slot: ModelSlot
    let shadow: Mutex<ServedModel?>
    let limits: ServiceLimits
    let keys: Mutex<APIKeys?>
    /// Whether keys are asked for; it stays so for the service's life.
    let needsKeys: Bool
    let certificate: CertificateSlot?
    let log: (any RecordStore)?
    /// Watches for drift; nil where nobody does.
    let watch: TrafficWatch?
    /// Is told of verdicts that changed; nil where nobody wants to know.
    let webhooks: WebhookQueue?
    let logger: Logger
    /// Whether the log wants to hear of each answer; to ask the logger each time would take as long as to predict.
    private let tellsAnswers: Bool

    let queue = PredictionQueue()
    let explaining = ExplanationLane()
    let limiter = RateLimiter()
    let metrics = ServiceMetrics()
    let shadowCounts = Mutex(ShadowCounts())
    /// Names this service among those with the same record.
    let holder = String(decoding: PredictionID().text, as: UTF8.self)
    /// Whether this service looks for drift, of those with the same record.
    let leads = Mutex(false)
    /// What the model turned out to be when somebody looked last; nil before.
    let latestPerformance = Mutex<ModelPerformance?>(nil)
    /// Pages beside the API; nil where there are none.
    let site = Mutex<(any Site)?>(nil)
    let isDraining = Atomic(false)
    /// Looks for what changed; set by the one who can.
    let reload = Mutex<(@Sendable () async -> Bool)?>(nil)

    /// Creates a service that is not on the network yet.
    ///
    /// - Parameters:
    ///   - model: Answers until another takes its place.
    ///   - shadow: Is asked beside it, for comparison.
    ///   - limits: What is refused.
    ///   - keys: Who may ask; nil lets anybody.
    ///   - certificate: Nil for connections that are not encrypted.
    ///   - log: Where predictions and outcomes are kept; nil keeps none.
    ///   - watch: How to watch for drift; nil does not.
    ///   - webhooks: Is told of verdicts that changed.
    ///   - logger: Takes what operations should know.
    /// - Throws: `CertificateError`.
    public init(
        _ model: ServedModel,
        shadow: ServedModel? = nil,
        limits: ServiceLimits = ServiceLimits(),
        keys: APIKeys? = nil,
        certificate: CertificateFiles? = nil,
        log: (any RecordStore)? = nil,
        watch: DriftWatching? = nil,
        webhooks: WebhookQueue? = nil,
        logger: Logger
    ) throws(CertificateError) {
        slot = ModelSlot(model)
        self.shadow = Mutex(shadow)
        self.limits = limits
        self.keys = Mutex(keys)
        needsKeys = keys != nil
        if let certificate {
            self.certificate = try CertificateSlot(certificate)
        } else {
            self.certificate = nil
        }
        self.log = log
        self.watch = watch.map(TrafficWatch.init)
        self.webhooks = webhooks
        self.logger = logger
        tellsAnswers = logger.logLevel <= .info
    }

    /// Whether somebody writes predictions down or compares them.
    var keepsPredictions: Bool {
        log != nil || watch != nil || shadow.withLock { $0 != nil }
    }
}

extension PredictionService: HTTPResponder {
    /// What the service knows of a request beside the request.
    public typealias Context = ServiceContext

    /// Answers a request; never throws.
    public func respond(to request: Request, context: Context) async throws -> Response {
        let start = NIODeadline.now()
        let path = RoutedPath(request.uri.path)
        let route = path.route
        let id = PredictionID()
        let fields = RequestFields(request.headers)
        let requestID = RequestID(fields, else: id)
        let inFlight = metrics.inFlight.add(1, ordering: .relaxed).newValue
        defer { metrics.inFlight.subtract(1, ordering: .relaxed) }
        var reply: Reply
        do {
            if route == nil, let site = siteAnswering(request.uri.path) {
                guard inFlight <= limits.requestsInFlight else { throw tooMany() }
                reply = await answer(site, request, context, requestID)
                reply.requestID = requestID.text
                reply.isEncrypted = certificate != nil
                finish(nil, reply, requestID, start)
                return reply.response(to: request.method)
            }
            guard let route else {
                throw Problem(.notFound, "There is nothing at this path.")
            }
            guard inFlight <= limits.requestsInFlight || !route.isWork else { throw tooMany() }
            try check(request.method, route)
            try admit(
                fields,
                from: context.channel.remoteAddress?.ipAddress,
                to: route
            )
            let upload = Upload(request, fields, context, limit: limits.bodyBytes)
            let wanted = try ExplanationQuery(request.uri.query, of: route)
            if wanted.asksMore(than: route) {
                try admitExplaining(fields, from: context.channel.remoteAddress?.ipAddress)
            }
            reply = try await answer(route, path, upload, id, wanted)
        } catch let error as JSONError {
            reply = Reply(Problem(error, encoding: fields.packing), route)
        } catch {
            reply = self.reply(to: error, route, requestID)
        }
        reply.requestID = requestID.text
        reply.isEncrypted = certificate != nil
        finish(route, reply, requestID, start)
        return reply.response(to: request.method)
    }

    /// Counts and tells of an answer.
    func finish(
        _ route: Route?,
        _ reply: Reply,
        _ id: @autoclosure () -> RequestID,
        _ start: NIODeadline
    ) {
        let time = NIODeadline.now() - start
        metrics.count(route, reply.status, took: time)
        guard tellsAnswers else { return }
        logger.info(
            "answered",
            metadata: [
                "route": "\(route.label)", "status": "\(reply.status.code)",
                "seconds": "\(Double(time.nanoseconds) / 1e9)", "request_id": "\(id().text)",
            ]
        )
    }

    /// Counts a request that was one too many, and says so.
    func tooMany() -> Problem {
        metrics.countRefusal()
        return .tooMany
    }

    /// What is said of an error; the log gets what is the service's own fault.
    func reply(
        to error: any Error,
        _ route: Route?,
        _ id: @autoclosure () -> RequestID
    ) -> Reply {
        switch error {
        case let problem as Problem: return Reply(problem, route)
        case let error as JSONError: return Reply(Problem(error), route)
        case let error as HTTPParserError: return Reply(Problem(error, limits), route)
        default: break
        }
        logger.error(
            "request failed",
            metadata: ["error": "\(error)", "request_id": "\(id().text)"]
        )
        if let error = error as? RecordStoreError, error.isPassing {
            return Reply(.recordAway, route)
        }
        return Reply(Problem(.internalServerError, "The service failed; its log tells why."), route)
    }

    private func check(_ method: HTTPRequest.Method, _ route: Route) throws(Problem) {
        guard route.methods.contains(method) else {
            throw Problem(
                .methodNotAllowed,
                "\(route.rawValue) does not answer \(method).",
                headers: [.allow: route.methods.map(\.rawValue).joined(separator: ", ")]
            )
        }
    }

    private func answer(
        _ route: Route,
        _ path: RoutedPath,
        _ upload: Upload,
        _ id: PredictionID,
        _ wanted: ExplanationQuery
    ) async throws -> Reply {
        switch route {
        case .predict: return try await predict(upload, id, reasons: wanted.reasons)
        case .explain: return try await explain(upload, wanted)
        case .explainModel: return try await explainModel(upload, path, wanted)
        case .outcomes: return try await outcomes(upload)
        case .invocations: return try await invocations(upload, id)
        case .ping, .health, .inferenceLive: return health()
        case .inferenceServer: return inferenceServer()
        case .inferenceModel: return try inferenceModel(path)
        case .inferenceModelReady: return try inferenceModelReady(path)
        case .infer: return try await infer(upload, path, id)
        case .ready, .inferenceReady: return try ready()
        case .version: return version()
        case .metrics: return metricsPage()
        case .description: return description()
        case .documentation: return Reply.documentation
        case .drift: return try await drift()
        case .performance: return try await performance()
        case .reload: return await reloaded()
        }
    }
}
