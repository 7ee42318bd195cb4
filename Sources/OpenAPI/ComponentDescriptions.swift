import Output

/// What several routes share.
struct ComponentDescriptions {
    private let customer: CustomerDescription
    private let service: ServiceDescription

    init(_ customer: CustomerDescription, _ service: ServiceDescription) {
        self.customer = customer
        self.service = service
    }

    var components: JSONValue {
        var members: [(String, JSONValue)] = [("schemas", schemas), ("headers", Self.headers)]
        if service.requiresKeys {
            members.append(
                (
                    "securitySchemes",
                    [
                        "bearer": ["type": "http", "scheme": "bearer"],
                        "header": ["type": "apiKey", "in": "header", "name": "X-API-Key"],
                    ]
                )
            )
        }
        return .object(members)
    }

    private static let headers: JSONValue = [
        "RequestID": [
            "description":
                "Names the request in logs: the caller's own X-Request-ID, or a new one.",
            "schema": ["type": "string"],
        ],
        "RetryAfter": [
            "description": "Seconds until it may be asked again.",
            "schema": ["type": "integer", "minimum": 1],
        ],
    ]

    private var schemas: JSONValue {
        [
            "Customer": customer.schema,
            "Customers": ["type": "array", "items": ["$ref": "#/components/schemas/Customer"]],
            "Probability": ["type": "number", "minimum": 0, "maximum": 1],
            "Prediction": [
                "type": "object",
                "required": [
                    "churn_probability", "risk", "prediction_id", "model", "model_version",
                ],
                "properties": prediction.with([
                    "model": ["type": "string"], "model_version": ["type": "string"],
                ]),
            ],
            "Predictions": [
                "type": "object", "required": ["predictions", "model", "model_version"],
                "properties": [
                    "predictions": [
                        "type": "array",
                        "items": [
                            "type": "object",
                            "required": ["churn_probability", "risk", "prediction_id"],
                            "properties": prediction,
                        ],
                    ], "model": ["type": "string"], "model_version": ["type": "string"],
                ],
            ],
            "Reason": ReasonDescriptions.reason,
            "Explanation": ReasonDescriptions.explanation,
            "ExplainedCustomer": ReasonDescriptions.single,
            "Explanations": ReasonDescriptions.many,
            "Drift": drift, "Performance": OutcomeDescriptions.performance,
            "Outcome": OutcomeDescriptions.outcome,
            "OutcomeReceipt": OutcomeDescriptions.receipt,
            "Problem": [
                "type": "object", "description": "RFC 9457.",
                "required": ["type", "title", "status", "detail"],
                "properties": [
                    "type": ["type": "string"], "title": ["type": "string"],
                    "status": ["type": "integer"], "detail": ["type": "string"],
                    "error_code": [
                        "type": "string",
                        "description": "At /invocations only: MLflow's word for it.",
                    ],
                    "message": [
                        "type": "string", "description": "At /invocations only, as MLflow has it.",
                    ],
                    "errors": [
                        "type": "array",
                        "items": [
                            "type": "object", "required": ["problem"],
                            "properties": [
                                "index": ["type": "integer"], "field": ["type": "string"],
                                "problem": ["type": "string"],
                            ],
                        ],
                    ],
                ],
            ],
            "InferenceError": [
                "type": "object", "required": ["error"],
                "properties": ["error": ["type": "string"]],
            ],
            "Tensor": [
                "type": "object", "required": ["name", "shape", "datatype"],
                "properties": [
                    "name": ["type": "string"],
                    "shape": ["type": "array", "items": ["type": "integer"]],
                    "datatype": ["type": "string"], "parameters": ["type": "object"],
                    "data": ["type": "array"],
                ],
            ],
        ]
    }

    private var prediction: JSONValue {
        guard customer.asOf != nil || customer.reference != nil else { return Self.prediction }
        return Self.prediction.with([
            "as_of": [
                "type": "string", "format": "date",
                "description": "The day from which the customer's dates were counted back.",
            ]
        ])
    }

    private static let prediction: JSONValue = [
        "base": [
            "type": "number",
            "description": "With `reasons`: the mean score, from which points count.",
        ],
        "reasons": [
            "type": "array", "items": ["$ref": "#/components/schemas/Reason"],
            "description": "Where asked for with `reasons`: what weighs most in the score.",
        ],
        "churn_probability": ["$ref": "#/components/schemas/Probability"],
        "risk": [
            "type": "string", "enum": ["low", "medium", "high"],
            "description":
                "high from the model's threshold on, where contacting the customer pays; medium from half of it.",
        ],
        "prediction_id": [
            "type": "string", "description": "To be sent with the outcome, once it is known.",
        ],
        "outside": [
            "type": "array", "items": ["type": "string"],
            "description":
                "Fields whose number is out of its range and counted as the nearest bound; left out where there is none.",
        ],
    ]

    private var drift: JSONValue {
        let number: JSONValue = ["type": "number"]
        let count: JSONValue = ["type": "integer", "minimum": 0]
        return [
            "type": "object",
            "required": [
                "model", "model_version", "drift", "looks", "seconds", "window_rows", "columns",
            ],
            "properties": [
                "model": ["type": "string"], "model_version": ["type": "string"],
                "drift": [
                    "type": "boolean",
                    "description":
                        "Whether anything has drifted. The chance of a false alarm in a year of looks is at most 5 %.",
                ], "looks": count, "seconds": number, "window_rows": count,
                "performance": [
                    "type": "object",
                    "description":
                        "What is expected of the newest predictions, the same in money beside the training's customers, and what came true by the week of the prediction.",
                    "required": ["expected", "weeks", "outcomes", "checks"],
                    "properties": OutcomeDescriptions.performanceMembers,
                ],
                "columns": [
                    "type": "array",
                    "items": [
                        "type": "object",
                        "required": [
                            "column", "drift", "effect", "least_effect", "evidence",
                            "evidence_needed", "rows",
                        ],
                        "properties": [
                            "column": ["type": "string"], "drift": ["type": "boolean"],
                            "effect": [
                                "type": "number", "minimum": 0, "maximum": 1,
                                "description":
                                    "Share of the newest predictions that lie elsewhere than in the training rows.",
                            ], "least_effect": number, "evidence": number,
                            "evidence_needed": number, "rows": count, "since_look": count,
                        ],
                    ],
                ],
            ],
        ]
    }
}
