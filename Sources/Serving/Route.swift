import Foundation
import HTTPTypes

/// The paths that the service knows, as metrics name them.
enum Route: String, CaseIterable, Sendable {
    case predict = "/predict"
    case outcomes = "/outcomes"
    /// MLflow's scoring protocol.
    case invocations = "/invocations"
    case ping = "/ping"
    case version = "/version"
    /// The Open Inference Protocol.
    case inferenceServer = "/v2"
    case inferenceLive = "/v2/health/live"
    case inferenceReady = "/v2/health/ready"
    case inferenceModel = "/v2/models/{model}"
    case inferenceModelReady = "/v2/models/{model}/ready"
    case infer = "/v2/models/{model}/infer"
    case health = "/health"
    case ready = "/ready"
    case metrics = "/metrics"
    case description = "/openapi.json"
    case documentation = "/docs"
    case drift = "/drift"
    case reload = "/admin/reload"
    /// Any path that is none of these.
    case unknown

    /// Whether it is refused where too many requests are in work; probes are answered even then.
    var isWork: Bool { methods == [.post] && self != .reload }

    /// What a key must open; nil where nobody needs one.
    var scope: AccessScope? {
        switch self {
        case .predict, .outcomes, .invocations, .infer: .predict
        case .drift, .version, .inferenceServer, .inferenceModel, .inferenceModelReady, .metrics,
            .description:
            .read
        case .reload: .admin
        case .ping, .health, .ready, .inferenceLive, .inferenceReady, .documentation, .unknown: nil
        }
    }

    /// Whether its answers have the Open Inference Protocol's form.
    var isInference: Bool { rawValue.hasPrefix("/v2") }

    /// What may be asked of it.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .predict, .outcomes, .invocations, .infer, .reload: [.post]
        case .unknown: []
        default: [.get, .head]
        }
    }
}

/// A path as the service understands it.
struct RoutedPath: Equatable, Sendable {
    let route: Route
    /// The model that the path names, and its version; nil where it names none.
    private(set) var model: String?
    private(set) var version: String?

    init(_ path: String) {
        if let route = Route(rawValue: path), route != .unknown {
            self.route = route
            return
        }
        let prefix = "/v2/models/"
        guard path.hasPrefix(prefix) else {
            route = .unknown
            return
        }
        var parts = path.dropFirst(prefix.count).split(
            separator: "/",
            omittingEmptySubsequences: false
        )
        model = parts.removeFirst().removingPercentEncoding
        if parts.count >= 2, parts[0] == "versions" {
            version = parts[1].removingPercentEncoding
            parts.removeFirst(2)
        }
        switch parts {
        case []: route = .inferenceModel
        case ["ready"]: route = .inferenceModelReady
        case ["infer"]: route = .infer
        default: route = .unknown
        }
    }
}
