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
                "properties": Self.prediction.with([
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
                            "properties": Self.prediction,
                        ],
                    ], "model": ["type": "string"], "model_version": ["type": "string"],
                ],
            ],
            "Drift": drift,
            "Outcome": outcome,
            "OutcomeReceipt": [
                "type": "object", "required": ["recorded", "unmatched"],
                "properties": [
                    "recorded": ["type": "integer", "minimum": 0],
                    "unmatched": [
                        "type": "array",
                        "items": [
                            "type": "object", "required": ["index", "problem"],
                            "properties": [
                                "index": ["type": "integer"], "problem": ["type": "string"],
                            ],
                        ],
                    ],
                ],
            ],
            "Problem": [
                "type": "object", "description": "RFC 9457.",
                "required": ["type", "title", "status", "detail"],
                "properties": [
                    "type": ["type": "string"], "title": ["type": "string"],
                    "status": ["type": "integer"], "detail": ["type": "string"],
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

    private static let prediction: JSONValue = [
        "churn_probability": ["$ref": "#/components/schemas/Probability"],
        "risk": ["type": "string", "enum": ["low", "medium", "high"]],
        "prediction_id": [
            "type": "string", "description": "To be sent with the outcome, once it is known.",
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
                    "required": ["expected", "weeks"],
                    "properties": [
                        "expected": ["type": "object"], "money": ["type": "object"],
                        "weeks": ["type": "array"],
                    ],
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

    private var outcome: JSONValue {
        let truth: JSONValue = ["type": "boolean"]
        let text: JSONValue = ["type": ["string", "null"]]
        return [
            "type": "object",
            "description":
                "What became of one customer: of a prediction, or of the customer's latest before a date.",
            "required": ["left"],
            "properties": [
                "prediction_id": ["type": "string"], "customer": ["type": ["string", "number"]],
                "date": [
                    "type": "string",
                    "description":
                        "When the truth was known: 2026-11-24 or 2026-11-24T10:30:00Z; today if missing.",
                    "examples": ["2026-11-24", "2026-11-24T10:30:00Z"],
                    "pattern":
                        #"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?$"#,
                ], "left": truth,
                "treated": [
                    "type": ["boolean", "null"],
                    "description": "Whether the customer was offered something to stay.",
                ], "treatment": text,
            ],
            "oneOf": [["required": ["prediction_id"]], ["required": ["customer"]]],
            "additionalProperties": false,
        ]
    }
}
