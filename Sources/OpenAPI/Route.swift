/// What may be asked of the service: the one table from which it routes, is described, and holds docs/http-api.md.
///
/// A new route is a case, its entry, and what `PredictionService` does for it.
///
/// ```swift
/// let route = Route.infer
/// print(route.entry.method.rawValue, route.rawValue)  // POST /v2/models/{model}/infer
/// ```
public enum Route: String, CaseIterable, Sendable {
    case predict = "/predict"
    case explain = "/explain"
    case outcomes = "/outcomes"
    // MLflow's scoring protocol.
    case invocations = "/invocations"
    case ping = "/ping"
    case version = "/version"
    // The Open Inference Protocol.
    case inferenceServer = "/v2"
    case inferenceLive = "/v2/health/live"
    case inferenceReady = "/v2/health/ready"
    case inferenceModel = "/v2/models/{model}"
    case inferenceModelReady = "/v2/models/{model}/ready"
    case infer = "/v2/models/{model}/infer"
    // KServe's protocol, version 1.
    case explainModel = "/v1/models/{model}:explain"
    case health = "/health"
    case ready = "/ready"
    case metrics = "/metrics"
    case drift = "/drift"
    case performance = "/performance"
    case description = "/openapi.json"
    case documentation = "/docs"
    case reload = "/admin/reload"

    /// All that is known of a route beside its path.
    ///
    /// Problems that follow from the rest (of keys, rates, bodies) need not be named.
    public var entry: RouteEntry {
        switch self {
        case .predict:
            RouteEntry(
                .post,
                "predict",
                .predictions,
                "Predict for one customer or many",
                scope: .predict,
                details:
                    "Every problem of every customer is named at once. With `reasons` it answers as slowly as /explain does, needs the scope explain, too, and takes at most 100 customers.",
                takes: .customers,
                gives: .predictions,
                problems: [422, 501],
                queries: [.reasons]
            )
        case .explain:
            RouteEntry(
                .post,
                "explain",
                .predictions,
                "Why one customer or many have their scores",
                scope: .explain,
                details:
                    "What each column adds to the probability, in points that add up; not why a customer would leave. With how customers were `before`, or before=record, also why each score moved. At most 100 customers at once. Nothing is recorded.",
                takes: .explained,
                gives: .explanations,
                problems: [422, 501],
                queries: [.reasons, .pairs, .levers, .before, .language]
            )
        case .outcomes:
            RouteEntry(
                .post,
                "outcomes",
                .predictions,
                "Tell what became of customers",
                scope: .predict,
                details:
                    "The truth that arrives later, joined to predictions and to members of campaigns; the later takes the place of the former, which stays in the history.",
                takes: .outcomes,
                gives: .outcomeReceipt,
                problems: [422]
            )
        case .invocations:
            RouteEntry(
                .post,
                "invocations",
                .mlflow,
                "Predict as MLflow's scoring server does",
                scope: .predict,
                details:
                    "One of dataframe_split, dataframe_records, instances and inputs, or CSV with a header.",
                takes: .frame,
                gives: .frame
            )
        case .ping: RouteEntry(.get, "ping", .mlflow, "Whether the process answers")
        case .version:
            RouteEntry(
                .get,
                "version",
                .mlflow,
                "Version of Retain and of the model",
                scope: .read
            )
        case .inferenceServer:
            RouteEntry(.get, "server", .inference, "The server and its extensions", scope: .read)
        case .inferenceLive: RouteEntry(.get, "live", .inference, "Whether the process answers")
        case .inferenceReady:
            RouteEntry(
                .get,
                "inferenceReady",
                .inference,
                "Whether it can predict",
                problems: [503]
            )
        case .inferenceModel:
            RouteEntry(
                .get,
                "model",
                .inference,
                "What the model takes and gives",
                scope: .read,
                problems: [404],
                versioned: "modelVersion"
            )
        case .inferenceModelReady:
            RouteEntry(
                .get,
                "modelReady",
                .inference,
                "Whether the model answers",
                scope: .read,
                problems: [404, 503],
                versioned: "modelVersionReady"
            )
        case .infer:
            RouteEntry(
                .post,
                "infer",
                .inference,
                "Predict from tensors, one for each column",
                scope: .predict,
                details:
                    "JSON, or JSON and binary tensors behind it with Inference-Header-Content-Length.",
                takes: .tensors,
                problems: [404],
                versioned: "inferVersion"
            )
        case .explainModel:
            RouteEntry(
                .post,
                "explainModel",
                .kserve,
                "Why customers have their scores, as KServe asks",
                scope: .explain,
                details: "At most 100 customers at once. Nothing is recorded.",
                takes: .instances,
                gives: .instances,
                problems: [404, 501],
                queries: [.reasons, .pairs, .levers, .language]
            )
        case .health: RouteEntry(.get, "health", .operations, "Whether the process answers")
        case .ready:
            RouteEntry(
                .get,
                "ready",
                .operations,
                "Whether it can predict, and what with",
                problems: [503]
            )
        case .metrics:
            RouteEntry(
                .get,
                "metrics",
                .operations,
                "Counts for Prometheus",
                scope: .read,
                gives: .text
            )
        case .drift:
            RouteEntry(
                .get,
                "drift",
                .operations,
                "Which columns of the traffic have drifted from the training rows",
                scope: .read,
                gives: .drift,
                problems: [404]
            )
        case .performance:
            RouteEntry(
                .get,
                "performance",
                .operations,
                "What the model is worth on today's customers, and what it turned out to be",
                scope: .read,
                details:
                    "Before outcomes are known what is expected; of outcomes that count what came true, and what the promotion gate would ask of it.",
                gives: .performance
            )
        case .description:
            RouteEntry(.get, "description", .operations, "This document", scope: .read)
        case .documentation:
            RouteEntry(
                .get,
                "documentation",
                .operations,
                "A page that shows this document",
                gives: .page
            )
        case .reload:
            RouteEntry(
                .post,
                "reload",
                .operations,
                "Look for a new model, new keys and certificates at once",
                scope: .admin,
                details: "As SIGHUP does."
            )
        }
    }

    /// Whether its errors have the form of the Open Inference Protocol, which is KServe's, too.
    public var isInference: Bool { entry.tag == .inference || entry.tag == .kserve }

    /// The same path for one version of the model; nil where it has none.
    public var versionedPath: String? {
        entry.versioned.map { _ in
            rawValue.replacing("{model}", with: "{model}/versions/{version}")
        }
    }
}
