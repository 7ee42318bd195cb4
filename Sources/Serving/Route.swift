import HTTPTypes

/// The paths that the service knows, as metrics name them.
enum Route: String, CaseIterable, Sendable {
    case predict = "/predict"
    case ping = "/ping"
    case version = "/version"
    case health = "/health"
    case ready = "/ready"
    case metrics = "/metrics"
    /// Any path that is none of these.
    case unknown

    /// What may be asked of it.
    var methods: [HTTPRequest.Method] {
        switch self {
        case .predict: [.post]
        case .ping, .version, .health, .ready, .metrics: [.get, .head]
        case .unknown: []
        }
    }
}
