public import Output

/// Where runs go and how to get there, from MLflow's variables.
public struct TrackingConfiguration: Equatable, Sendable {
    /// Where runs go.
    public var place: Place
    /// Who asks.
    public var credentials: Credentials
    /// How servers prove who they are.
    public var tls: TLS
    /// How often and how patiently a server is asked again.
    public var retries: RetryPolicy
    /// Seconds for one answer.
    public var timeout: Double
    /// Name of the experiment; nil for `Default`, or for the one of `experimentID`.
    public var experiment: String?
    /// Identifier of the experiment; nil where none is named so.
    public var experimentID: String?

    /// Where runs go.
    public enum Place: Equatable, Sendable {
        /// A SQLite file.
        case file(String)
        /// The address of a server, without credentials.
        case server(String)
    }

    /// Who asks.
    public enum Credentials: Equatable, Sendable, CustomStringConvertible {
        /// Nobody in particular.
        case none
        /// Name and password (RFC 7617).
        case basic(user: String, password: String)
        /// A token (RFC 6750).
        case bearer(String)

        /// The name by which a server knows who asks; nil where it has none.
        public var user: String? {
            if case .basic(let user, _) = self { user } else { nil }
        }

        /// What kind of proof there is; no secret.
        public var description: String {
            switch self {
            case .none: "none"
            case .basic: "name and password"
            case .bearer: "token"
            }
        }
    }

    /// How servers prove who they are.
    public struct TLS: Equatable, Sendable {
        /// Whether proof is asked for.
        public var verifies = true
        /// A file of certificates to trust, in place of the system's.
        public var trusted: String?
        /// A file with this client's certificate and key.
        public var own: String?
    }

    /// Reads the variables.
    ///
    /// - Parameters:
    ///   - environment: Names and values.
    ///   - credentialsFile: The text of `~/.mlflow/credentials`; nil where there is none. Variables go before it.
    ///   - uri: In place of `MLFLOW_TRACKING_URI`.
    /// - Throws: `TrackingConfigurationError` with the variable, its value and the rule.
    public init(
        environment: [String: String],
        credentialsFile: String? = nil,
        uri: String? = nil
    ) throws(TrackingConfigurationError) {
        let variables = TrackingVariables(environment)
        let address = try TrackingAddress(
            uri ?? variables["MLFLOW_TRACKING_URI"] ?? "sqlite:///mlflow.db"
        )
        place = address.place
        credentials =
            if let inAddress = address.credentials {
                inAddress
            } else {
                try variables.credentials(for: address.place, file: credentialsFile)
            }
        tls = TLS(
            verifies: try variables.flag("MLFLOW_TRACKING_INSECURE_TLS") != true,
            trusted: variables["MLFLOW_TRACKING_SERVER_CERT_PATH"],
            own: variables["MLFLOW_TRACKING_CLIENT_CERT_PATH"]
        )
        guard tls.verifies || tls.trusted == nil else {
            throw TrackingConfigurationError(
                name: "MLFLOW_TRACKING_INSECURE_TLS",
                value: "true",
                rule: "contradicts MLFLOW_TRACKING_SERVER_CERT_PATH; set one of them"
            )
        }
        let standard = RetryPolicy()
        retries = RetryPolicy(
            limit: try variables.count("MLFLOW_HTTP_REQUEST_MAX_RETRIES", in: 0 ... 20)
                ?? standard.limit,
            factor: try variables.number("MLFLOW_HTTP_REQUEST_BACKOFF_FACTOR", in: 0 ... 120)
                ?? standard.factor,
            jitter: try variables.number("MLFLOW_HTTP_REQUEST_BACKOFF_JITTER", in: 0 ... 120)
                ?? standard.jitter
        )
        timeout = try variables.number("MLFLOW_HTTP_REQUEST_TIMEOUT", in: 0.01 ... 86_400) ?? 120
        experiment = variables["MLFLOW_EXPERIMENT_NAME"]
        experimentID = experiment == nil ? variables["MLFLOW_EXPERIMENT_ID"] : nil
    }
}

extension TrackingConfiguration: CustomStringConvertible {
    /// Where runs go; no secret.
    public var description: String {
        switch place {
        case .file(let path): "sqlite:///\(path)"
        case .server(let address): address
        }
    }
}

/// A variable whose value can't be used.
public struct TrackingConfigurationError: RetainError, Equatable {
    /// Its name.
    public let name: String
    /// Its value, without secrets.
    public let value: String
    /// What it breaks and how to mend it.
    public let rule: String

    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// One line: what, where, how to fix it.
    public var description: String { "\(name)=\(value) \(rule)" }
}
