import HTTPTypes
public import Hummingbird
import Logging
import Synchronization

/// Answers requests for predictions.
///
/// One value for all connections; `application(on:)` puts it on the network.
public final class PredictionService: Sendable {
    let slot: ModelSlot
    let limits: ServiceLimits
    let metrics = ServiceMetrics()
    let isDraining = Atomic(false)

    /// Creates a service that is not on the network yet.
    public init(_ model: ServedModel, limits: ServiceLimits = ServiceLimits()) {
        slot = ModelSlot(model)
        self.limits = limits
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
        var response: Response
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
            response = try await answer(request, route)
        } catch let problem as Problem {
            response = problem.response(from: request, context: context)
        } catch {
            context.logger.error("request failed", metadata: ["error": "\(error)"])
            response = Problem(.internalServerError, "The service failed; its log tells why.")
                .response(from: request, context: context)
        }
        response.headers[.xContentTypeOptions] = "nosniff"
        if request.method == .head { response = response.createHeadResponse() }
        metrics.count(route, response.status, took: ContinuousClock.now - start)
        return response
    }

    private func answer(_ request: Request, _ route: Route) async throws -> Response {
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
            return Response(metrics.text(slot.current), "text/plain; version=0.0.4; charset=utf-8")
        case .unknown: throw Problem(.notFound, "There is nothing at this path.")
        }
    }
}
