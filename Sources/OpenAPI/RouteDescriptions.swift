import Schema

/// All paths with all their answers.
struct RouteDescriptions {
    private let customer: CustomerDescription
    private let service: ServiceDescription

    init(_ customer: CustomerDescription, _ service: ServiceDescription) {
        self.customer = customer
        self.service = service
    }

    var paths: JSONValue { predictions.with(mlflow).with(inference).with(operations) }

    // MARK: - Routes

    private var predictions: JSONValue {
        [
            "/predict": [
                "post": operation(
                    "predict",
                    "predictions",
                    "Predict for one customer or many",
                    "At most \(service.bodyLimit) bytes at once. Every problem of every customer is named at once.",
                    body: body(
                        ["anyOf": [reference("Customer"), reference("Customers")]],
                        examples: [
                            "one": customer.example, "many": [customer.example, customer.example],
                        ]
                    ),
                    answer: json(["anyOf": [reference("Prediction"), reference("Predictions")]]),
                    problems: [400, 413, 415, 422, 429, 503]
                )
            ],
            "/outcomes": [
                "post": operation(
                    "outcomes",
                    "predictions",
                    "Tell what became of customers",
                    "The truth that arrives later, joined to predictions; sent again, it replaces what was sent before.",
                    body: body(
                        [
                            "anyOf": [
                                reference("Outcome"),
                                ["type": "array", "items": reference("Outcome")],
                            ]
                        ],
                        examples: [
                            "of a prediction": [
                                "prediction_id": "01a20e89-a664-7309-bf51-925e2261b381",
                                "left": true, "treated": false,
                            ],
                            "of a customer": [
                                ["customer": "15634602", "date": "2026-11-24", "left": false]
                            ],
                        ]
                    ),
                    answer: json(reference("OutcomeReceipt")),
                    problems: [400, 413, 415, 422, 429, 503]
                )
            ],
        ]
    }

    private var mlflow: KeyValuePairs<String, JSONValue> {
        let table: JSONValue = ["type": "object"]
        return [
            "/invocations": [
                "post": operation(
                    "invocations",
                    "MLflow",
                    "Predict as MLflow's scoring server does",
                    "One of dataframe_split, dataframe_records, instances and inputs, or CSV with a header.",
                    body: [
                        "required": true,
                        "content": [
                            "application/json": [
                                "schema": [
                                    "type": "object",
                                    "properties": [
                                        "dataframe_split": table,
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
                        ],
                    ],
                    answer: json([
                        "type": "object", "required": ["predictions"],
                        "properties": [
                            "predictions": [
                                "type": "array",
                                "items": [
                                    "type": "object", "required": ["churn_probability"],
                                    "properties": ["churn_probability": reference("Probability")],
                                ],
                            ]
                        ],
                    ]),
                    problems: [400, 413, 415, 429, 503]
                )
            ],
            "/ping": get("ping", "MLflow", "Whether the process answers", json(table)),
            "/version": get(
                "version",
                "MLflow",
                "Version of Retain and of the model",
                json(table),
                needsKey: true
            ),
        ]
    }

    private var inference: KeyValuePairs<String, JSONValue> {
        let tag = "Open Inference Protocol"
        let answer = json(["type": "object"])
        let model: JSONValue = parameter("model")
        let version: JSONValue = parameter("version")
        let infer = operation(
            "infer",
            tag,
            "Predict from tensors, one for each column",
            "JSON, or JSON and binary tensors behind it with Inference-Header-Content-Length.",
            body: [
                "required": true,
                "content": [
                    "application/json": [
                        "schema": [
                            "type": "object", "required": ["inputs"],
                            "properties": [
                                "id": ["type": "string"],
                                "inputs": ["type": "array", "items": reference("Tensor")],
                            ],
                        ], "example": inferenceExample,
                    ], "application/octet-stream": ["schema": ["type": "string"]],
                ],
            ],
            answer: answer,
            problems: [400, 404, 413, 429, 503],
            isInference: true,
            parameters: [model]
        )
        func pair(_ name: String, _ summary: String, _ parameters: [JSONValue]) -> JSONValue {
            get(name, tag, summary, answer, needsKey: true, problems: [404], parameters: parameters)
        }
        return [
            "/v2": get("server", tag, "The server and its extensions", answer, needsKey: true),
            "/v2/health/live": get("live", tag, "Whether the process answers", answer),
            "/v2/health/ready": get(
                "inferenceReady",
                tag,
                "Whether it can predict",
                answer,
                problems: [503]
            ),
            "/v2/models/{model}": pair("model", "What the model takes and gives", [model]),
            "/v2/models/{model}/versions/{version}": pair(
                "modelVersion",
                "The same of a version",
                [model, version]
            ),
            "/v2/models/{model}/ready": pair("modelReady", "Whether the model answers", [model]),
            "/v2/models/{model}/versions/{version}/ready": pair(
                "modelVersionReady",
                "The same of a version",
                [model, version]
            ), "/v2/models/{model}/infer": ["post": infer],
            "/v2/models/{model}/versions/{version}/infer": [
                "post": operation(
                    "inferVersion",
                    tag,
                    "The same of a version",
                    "See the route without version.",
                    body: [
                        "required": true,
                        "content": ["application/json": ["schema": ["type": "object"]]],
                    ],
                    answer: answer,
                    problems: [400, 404, 413, 429, 503],
                    isInference: true,
                    parameters: [model, version]
                )
            ],
        ]
    }

    private var operations: KeyValuePairs<String, JSONValue> {
        let tag = "operations"
        let table = json(["type": "object"])
        return [
            "/health": get("health", tag, "Whether the process answers", table),
            "/ready": get(
                "ready",
                tag,
                "Whether it can predict, and what with",
                table,
                problems: [503]
            ),
            "/metrics": get(
                "metrics",
                tag,
                "Counts for Prometheus",
                ["text/plain": ["schema": ["type": "string"]]],
                needsKey: true
            ),
            "/drift": get(
                "drift",
                tag,
                "Which columns of the traffic have drifted from the training rows",
                json(reference("Drift")),
                needsKey: true,
                problems: [404]
            ),
            "/openapi.json": get("description", tag, "This document", table, needsKey: true),
            "/docs": get(
                "documentation",
                tag,
                "A page that shows this document",
                ["text/html": ["schema": ["type": "string"]]]
            ),
            "/admin/reload": [
                "post": operation(
                    "reload",
                    tag,
                    "Look for a new model, new keys and certificates at once",
                    "As SIGHUP does.",
                    body: nil,
                    answer: table,
                    problems: [429]
                )
            ],
        ]
    }

    // MARK: - Parts

    private func reference(_ name: String) -> JSONValue {
        ["$ref": .string("#/components/schemas/\(name)")]
    }

    private func json(_ schema: JSONValue) -> JSONValue { ["application/json": ["schema": schema]] }

    private func body(_ schema: JSONValue, examples: KeyValuePairs<String, JSONValue>) -> JSONValue
    {
        let examples = examples.map { ($0.key, JSONValue.object([("value", $0.value)])) }
        return [
            "required": true,
            "content": ["application/json": ["schema": schema, "examples": .object(examples)]],
        ]
    }

    /// The model that answers is the only one that there is.
    private func parameter(_ name: String) -> JSONValue {
        let own = name == "model" ? service.modelName : service.modelVersion
        return [
            "name": .string(name), "in": "path", "required": true,
            "schema": ["type": "string", "minLength": 1], "example": .string(own),
        ]
    }

    private var inferenceExample: JSONValue {
        let inputs = customer.features.map { feature -> JSONValue in
            let isNumber = feature.type.kind == .number
            let value = CustomerDescription.value(of: feature)
            return [
                "name": .string(feature.name), "shape": [1],
                "datatype": .string(isNumber ? "FP64" : "BYTES"), "data": [value],
            ]
        }
        return ["inputs": .array(inputs)]
    }

    private func get(
        _ id: String,
        _ tag: String,
        _ summary: String,
        _ answer: JSONValue,
        needsKey: Bool = false,
        problems: [Int] = [],
        parameters: [JSONValue] = []
    ) -> JSONValue {
        [
            "get": operation(
                id,
                tag,
                summary,
                nil,
                body: nil,
                answer: answer,
                problems: problems + (needsKey ? [429] : []),
                isInference: tag == "Open Inference Protocol",
                needsKey: needsKey,
                parameters: parameters
            )
        ]
    }

    private func operation(
        _ id: String,
        _ tag: String,
        _ summary: String,
        _ description: String?,
        body: JSONValue?,
        answer: JSONValue,
        problems: [Int],
        isInference: Bool = false,
        needsKey: Bool = true,
        parameters: [JSONValue] = []
    ) -> JSONValue {
        var members: [(String, JSONValue)] = [
            ("operationId", .string(id)), ("tags", [.string(tag)]), ("summary", .string(summary)),
        ]
        if let description { members.append(("description", .string(description))) }
        if !parameters.isEmpty { members.append(("parameters", .array(parameters))) }
        if let body { members.append(("requestBody", body)) }
        let keys = needsKey && service.requiresKeys ? [401, 403] : []
        let statuses = (problems + keys).sorted()
        let headers: JSONValue = ["X-Request-ID": ["$ref": "#/components/headers/RequestID"]]
        let answers: [(String, JSONValue)] = [
            ("200", ["description": "Done.", "headers": headers, "content": answer])
        ]
        members.append(
            ("responses", .object(answers + statuses.map { problem($0, isInference, headers) }))
        )
        if !needsKey, service.requiresKeys { members.append(("security", [])) }
        return .object(members)
    }

    private func problem(
        _ status: Int,
        _ isInference: Bool,
        _ headers: JSONValue
    ) -> (String, JSONValue) {
        let retry: KeyValuePairs<String, JSONValue> = [
            "Retry-After": ["$ref": "#/components/headers/RetryAfter"]
        ]
        let content =
            isInference
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
        503: "Too many requests are in work, or the service is shutting down.",
    ]
}
