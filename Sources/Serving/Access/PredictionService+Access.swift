package import HTTPTypes
import OpenAPI
import Synchronization

extension PredictionService {
    /// Lets a request in where its caller has the key and may ask so often.
    ///
    /// - Throws: 401, 403 or 429.
    func admit(
        _ fields: RequestFields,
        from address: @autoclosure () -> String?,
        to route: Route
    ) throws(Problem) {
        guard let scope = route.entry.scope else { return }
        // Reasons have a rate of their own.
        guard scope != .explain else { return try admitExplaining(fields, from: address()) }
        try admit(fields, from: address(), scope, upTo: limits.requestsPerSecond, "")
    }

    /// Lets a request for reasons in where its caller has a key for them and may ask so often.
    ///
    /// - Throws: 401, 403 or 429.
    func admitExplaining(
        _ fields: RequestFields,
        from address: @autoclosure () -> String?
    ) throws(Problem) {
        try admit(fields, from: address(), .explain, upTo: limits.explanationsPerSecond, "reasons ")
    }

    private func admit(
        _ fields: RequestFields,
        from address: @autoclosure () -> String?,
        _ scope: AccessScope,
        upTo usual: Double?,
        _ share: String
    ) throws(Problem) {
        var name: String?
        var rate = usual
        if let keys = keys.withLock(\.self) {
            let key = try key(in: fields, keys)
            guard key.scopes.contains(scope) else {
                throw Problem(
                    .forbidden,
                    "This key may not do that; it needs the scope \(scope.rawValue)."
                )
            }
            name = key.name
            rate = scope == .explain ? [key.rate, rate].compactMap(\.self).min() : key.rate ?? rate
        }
        guard let rate else { return }
        let caller = share + (name.map { "key " + $0 } ?? address() ?? "unknown")
        guard let wait = limiter.wait(caller, rate: rate) else { return }
        let seconds = max(1, Int((wait / .seconds(1)).rounded(.up)))
        throw Problem(
            .tooManyRequests,
            "More than \(rate) requests a second; try again in \(seconds) s.",
            headers: [.retryAfter: "\(seconds)"]
        )
    }

    private func key(in fields: RequestFields, _ keys: APIKeys) throws(Problem) -> APIKey {
        guard let secret = fields.secret else {
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

    /// The day from which dates were counted back, where the body has no place for it.
    package static let asOf = name("Retain-As-Of")

    static func name(_ text: String) -> HTTPField.Name {
        guard let name = HTTPField.Name(text) else { preconditionFailure("\(text) is no header") }
        return name
    }
}
