import Output
import Schema
import Wire

/// All paths with all their answers.
struct RouteDescriptions {
    private let customer: CustomerDescription
    private let service: ServiceDescription

    init(_ customer: CustomerDescription, _ service: ServiceDescription) {
        self.customer = customer
        self.service = service
    }

    var paths: JSONValue {
        var paths: [(String, JSONValue)] = []
        for route in Route.allCases {
            paths.append((route.rawValue, path(route)))
            if let path = route.versionedPath { paths.append((path, self.path(route, true))) }
        }
        return .object(paths)
    }

    /// The operation of a route; `isVersioned` where the path names a version of the model.
    private func path(_ route: Route, _ isVersioned: Bool = false) -> JSONValue {
        let entry = route.entry
        let id = isVersioned ? entry.versioned ?? entry.id : entry.id
        var members: [(String, JSONValue)] = [
            ("operationId", .string(id)), ("tags", [.string(entry.tag.rawValue)]),
            ("summary", .string(isVersioned ? "The same of a version" : entry.summary)),
        ]
        var details = entry.details.map { [$0] } ?? []
        if entry.takes != nil {
            details.insert(
                "At most \(service.bodyLimit) bytes at once; Content-Encoding may be gzip or deflate.",
                at: 0
            )
        }
        if !details.isEmpty {
            members.append(("description", .string(details.joined(separator: " "))))
        }
        var parameters = entry.queries.map { parameter($0) }
        if isVersioned { parameters.insert(parameter("version", service.modelVersion), at: 0) }
        if route.rawValue.contains("{model}") {
            parameters.insert(parameter("model", service.modelName), at: 0)
        }
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if let body = entry.takes {
            members.append(("requestBody", ["required": true, "content": content(of: body)]))
        }
        let headers: JSONValue = ["X-Request-ID": ["$ref": "#/components/headers/RequestID"]]
        let done: JSONValue = [
            "description": "Done.", "headers": headers, "content": content(of: entry.gives),
        ]
        let problems = entry.problems(requiresKeys: service.requiresKeys)
        members.append(
            (
                "responses",
                .object([("200", done)] + problems.map { problem($0, route, headers) })
            )
        )
        if entry.scope == nil, service.requiresKeys { members.append(("security", [])) }
        return [entry.method.rawValue.lowercased(): .object(members)]
    }

    // MARK: - Bodies

    private func content(of body: RouteEntry.Body) -> JSONValue {
        switch body {
        case .customers:
            return json(
                ["anyOf": [reference("Customer"), reference("Customers")]],
                examples: [
                    ("one", customer.example), ("many", [customer.example, customer.example]),
                ]
            )
        case .explained:
            return json(
                ReasonDescriptions.body,
                examples: [
                    ("one", customer.example), ("many", [customer.example]),
                    (
                        "one, and before",
                        ["customer": customer.example, "before": customer.example]
                    ),
                    (
                        "many, and before",
                        ["customers": [customer.example], "before": [customer.example]]
                    ),
                ]
            )
        case .instances:
            return [
                "application/json": [
                    "schema": [
                        "type": "object", "required": ["instances"],
                        "properties": ["instances": reference("Customers").with(["maxItems": 100])],
                    ], "example": ["instances": [customer.example]],
                ]
            ]
        case .outcomes:
            let outcome = reference("Outcome")
            return json(
                ["anyOf": [outcome, ["type": "array", "items": outcome]]],
                examples: [
                    (
                        "of a prediction",
                        [
                            "prediction_id": "01a20e89-a664-7309-bf51-925e2261b381",
                            "left": true, "treated": false,
                        ]
                    ),
                    (
                        "of a customer",
                        [["customer": "15634602", "date": "2026-11-24", "left": false]]
                    ),
                ]
            )
        case .frame:
            return [
                "application/json": [
                    "schema": [
                        "type": "object",
                        "properties": [
                            "dataframe_split": ["type": "object"],
                            "dataframe_records": ["type": "array"],
                            "instances": ["type": "array"],
                            "inputs": ["type": ["array", "object"]],
                        ],
                        "oneOf": [
                            ["required": ["dataframe_split"]],
                            ["required": ["dataframe_records"]],
                            ["required": ["instances"]], ["required": ["inputs"]],
                        ],
                    ], "example": ["dataframe_records": [customer.example]],
                ], "text/csv": ["schema": ["type": "string"]],
            ]
        case .tensors:
            return [
                "application/json": [
                    "schema": [
                        "type": "object", "required": ["inputs"],
                        "properties": [
                            "id": ["type": "string"],
                            "inputs": ["type": "array", "items": reference("Tensor")],
                        ],
                    ], "example": inferenceExample,
                ], "application/octet-stream": ["schema": ["type": "string"]],
            ]
        }
    }

    private func content(of answer: RouteEntry.Answer) -> JSONValue {
        switch answer {
        case .predictions:
            return json(["anyOf": [reference("Prediction"), reference("Predictions")]])
        case .explanations:
            return json(["anyOf": [reference("ExplainedCustomer"), reference("Explanations")]])
        case .instances:
            return json([
                "type": "object", "required": ["predictions", "explanations"],
                "properties": [
                    "predictions": ["type": "array", "items": reference("Probability")],
                    "explanations": ["type": "array", "items": reference("Explanation")],
                ],
            ])
        case .outcomeReceipt: return json(reference("OutcomeReceipt"))
        case .frame:
            let row: JSONValue = [
                "type": "object", "required": ["churn_probability"],
                "properties": ["churn_probability": reference("Probability")],
            ]
            return json([
                "type": "object", "required": ["predictions"],
                "properties": ["predictions": ["type": "array", "items": row]],
            ])
        case .drift: return json(reference("Drift"))
        case .performance: return json(reference("Performance"))
        case .object: return json(["type": "object"])
        case .text: return ["text/plain": ["schema": ["type": "string"]]]
        case .page: return ["text/html": ["schema": ["type": "string"]]]
        }
    }

    // MARK: - Parts

    private func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    private func json(_ schema: JSONValue, examples: [(String, JSONValue)] = []) -> JSONValue {
        guard !examples.isEmpty else { return ["application/json": ["schema": schema]] }
        let values = examples.map { ($0.0, JSONValue.object([("value", $0.1)])) }
        return ["application/json": ["schema": schema, "examples": .object(values)]]
    }

    private func parameter(_ query: RouteEntry.Query) -> JSONValue {
        let schema: JSONValue =
            switch query.kind {
            case .count(let range):
                [
                    "type": "integer", "minimum": .whole(range.lowerBound),
                    "maximum": .whole(range.upperBound),
                ]
            case .truth: ["type": "boolean"]
            case .word(let words): ["type": "string", "enum": .array(words.map(JSONValue.string))]
            }
        return [
            "name": .string(query.name), "in": "query", "required": false,
            "description": .string(query.description), "schema": schema,
        ]
    }

    /// The model that answers is the only one that there is.
    private func parameter(_ name: String, _ own: String) -> JSONValue {
        [
            "name": .string(name), "in": "path", "required": true,
            "schema": ["type": "string", "minLength": 1], "example": .string(own),
        ]
    }

    private var inferenceExample: JSONValue {
        let inputs = customer.features.map { feature -> JSONValue in
            [
                "name": .string(feature.name), "shape": [1],
                "datatype": .string(TensorType(feature).rawValue),
                "data": [JSONValue(feature.requestField.example)],
            ]
        }
        return ["inputs": .array(inputs)]
    }

    private func problem(
        _ status: Int,
        _ route: Route,
        _ headers: JSONValue
    ) -> (String, JSONValue) {
        let retry: JSONValue = [
            "Retry-After": ["$ref": "#/components/headers/RetryAfter"]
        ]
        let content =
            route.isInference
            ? json(reference("InferenceError"))
            : ["application/problem+json": ["schema": reference("Problem")]]
        return (
            "\(status)",
            [
                "description": .string(Self.reasons[status] ?? "Refused."),
                "headers": status == 429 || status == 503 ? headers.with(retry) : headers,
                "content": content,
            ]
        )
    }

    private static let reasons = [
        400: "The body can't be read.", 401: "A key is needed.",
        403: "The key may not do that.", 404: "There is no such model or version.",
        413: "The body is too large.", 415: "The body is of another type.",
        422: "Fields break the schema; each is named.", 429: "Too many requests of this caller.",
        501: "The model has no reference customers, against whom reasons are told.",
        503: "Too many requests are in work, or the service is shutting down.",
    ]
}
