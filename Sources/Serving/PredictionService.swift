import HTTPTypes
public import Hummingbird
public import Logging
import Synchronization

/// Answers requests for predictions.
///
/// One value for all connections; `application(on:)` puts it on the network.
public final class PredictionService: Sendable {
    let slot: ModelSlot
    let limits: ServiceLimits
    let metrics = ServiceMetrics()
    let isDraining = Atomic(false)
    let logger: Logger

    /// Creates a service that is not on the network yet.
    ///
    /// - Parameters:
    ///   - model: Answers until another takes its place.
    ///   - limits: What is refused.
    ///   - logger: Takes what operations should know.
    public init(_ model: ServedModel, limits: ServiceLimits = ServiceLimits(), logger: Logger) {
        slot = ModelSlot(model)
        self.limits = limits
        self.logger = logger
    }
}

extension PredictionService: HTTPResponder {
    /// What the service knows of a request beside the request.
    public typealias Context = BasicRequestContext

    /// Answers a request; never throws.
    public func respond(to request: Request, context: Context) async throws -> Response {
        let start = ContinuousClock.now
        let route = Route(rawValue: request.uri.path) ?? .unknown
        let inFlight = metrics.inFlight.add(1, ordering: .relaxed).newValue
        defer { metrics.inFlight.subtract(1, ordering: .relaxed) }
        var reply: Reply
        do {
            // Probes are answered even where there is no room for more work.
            guard inFlight <= limits.requestsInFlight || route != .predict else {
                metrics.countRefusal()
                throw Problem(
                    .serviceUnavailable,
                    "Too many requests are in work; try again in a second.",
                    headers: [.retryAfter: "1"]
                )
            }
            reply = try await answer(request, route)
        } catch {
            reply = self.reply(to: error)
        }
        metrics.count(route, reply.status, took: .now - start)
        return reply.response(to: request.method)
    }

    /// What is said of an error; the log gets what is the service's own fault.
    func reply(to error: any Error) -> Reply {
        if let problem = error as? Problem { return Reply(problem) }
        logger.error("request failed", metadata: ["error": "\(error)"])
        return Reply(Problem(.internalServerError, "The service failed; its log tells why."))
    }

    private func answer(_ request: Request, _ route: Route) async throws -> Reply {
        guard route == .unknown || route.methods.contains(request.method) else {
            throw Problem(
                .methodNotAllowed,
                "\(route.rawValue) does not answer \(request.method).",
                headers: [.allow: route.methods.map(\.rawValue).joined(separator: ", ")]
            )
        }
        switch route {
        case .predict: return try await predict(request)
        case .ping, .health: return health()
        case .ready: return try ready()
        case .version: return version()
        case .metrics:
            return Reply(metrics.text(slot.current), "text/plain; version=0.0.4; charset=utf-8")
        case .unknown: throw Problem(.notFound, "There is nothing at this path.")
        }
    }
}
