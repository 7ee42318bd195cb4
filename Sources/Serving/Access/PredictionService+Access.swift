package import HTTPTypes
import Synchronization

extension PredictionService {
    /// Who asks, where keys are needed or requests counted; nil where nobody need be known.
    ///
    /// - Throws: 401, 403 or 429.
    func admit(_ headers: HTTPFields, from address: String?, to route: Route) throws(Problem) {
        guard let scope = route.scope else { return }
        var caller = address ?? "unknown"
        var rate = limits.requestsPerSecond
        if let keys = keys.withLock(\.self) {
            let key = try key(in: headers, keys)
            guard key.scopes.contains(scope) else {
                throw Problem(
                    .forbidden,
                    "This key may not do that; it needs the scope \(scope.rawValue)."
                )
            }
            caller = "key " + key.name
            rate = key.rate ?? rate
        }
        try hold(caller, to: rate)
    }

    /// Counts a request against its caller's share.
    ///
    /// - Throws: 429.
    func hold(_ caller: String, to rate: Double?) throws(Problem) {
        guard let rate, let wait = limiter.wait(caller, rate: rate) else { return }
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        throw Problem(
            .tooManyRequests,
            "More than \(rate) requests a second; try again in \(seconds) s.",
            headers: [.retryAfter: "\(seconds)"]
        )
    }

    private func key(in headers: HTTPFields, _ keys: APIKeys) throws(Problem) -> APIKey {
        let bearer = headers[.authorization].flatMap { value in
            value.lowercased().hasPrefix("bearer ") ? value.dropFirst("bearer ".count) : nil
        }
        let secret = bearer ?? headers[.apiKey].map { $0[...] }
        guard let secret else {
            throw Problem(
                .unauthorized,
                "A key is needed: Authorization: Bearer KEY, or X-API-Key: KEY.",
                headers: [.wwwAuthenticate: "Bearer"]
            )
        }
        guard let key = keys.key(for: secret) else {
            throw Problem(
                .unauthorized,
                "This service does not know the key.",
                headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""]
            )
        }
        return key
    }
}

extension HTTPField.Name {
    /// A key, where `Authorization` is taken by something in between.
    package static let apiKey = name("X-API-Key")
    /// Names a request in the caller's logs and in ours.
    package static let requestID = name("X-Request-ID")
    /// Names the prediction where the body has no place for it.
    package static let predictionID = name("Retain-Prediction-ID")
    /// The model that predicted, where the body has no place for it.
    package static let model = name("Retain-Model")

    static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header") }
        return name
    }
}
