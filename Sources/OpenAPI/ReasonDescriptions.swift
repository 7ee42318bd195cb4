import Output

/// What explanations are in answers.
enum ReasonDescriptions {
    static let reason: JSONValue = [
        "type": "object", "required": ["column", "value", "points"],
        "properties": [
            "column": ["type": "string"],
            "value": [
                "type": "string",
                "description": "As a file has it; empty for none, a date as its age (P412D).",
            ],
            "points": [
                "type": "number", "minimum": -1, "maximum": 1,
                "description":
                    "By how much the value moves the probability; above 0 it raises it over the mean.",
            ],
            "standard_error": [
                "type": "number", "minimum": 0,
                "description": "Where the points are sampled; left out where they are exact.",
            ],
        ],
    ]

    /// What a request brings: customers, alone or with how they were before.
    static let body: JSONValue = [
        "anyOf": [
            ["allOf": [customer, isAlone]], customers, members("customer", customer),
            members("customers", customers),
        ]
    ]

    private static let customer: JSONValue = ["$ref": "#/components/schemas/Customer"]
    private static let customers: JSONValue = ["type": "array", "items": customer, "maxItems": 100]
    private static let collection: JSONValue = ["type": ["object", "array"]]

    /// No member makes a list of the object that is one customer.
    private static let isAlone: JSONValue = [
        "not": [
            "anyOf": .array(
                ["customer", "customers", "before"].map { name -> JSONValue in
                    ["required": [.string(name)], "properties": .object([(name, collection)])]
                }
            )
        ]
    ]

    private static func members(_ name: String, _ schema: JSONValue) -> JSONValue {
        let other = name == "customer" ? "customers" : "customer"
        let none: JSONValue = ["not": collection]
        return [
            "type": "object",
            "description":
                "The same customers in the same order; members count where they are objects or arrays.",
            "required": [.string(name)],
            "properties": .object([
                (name, schema), ("before", schema), (other, none),
            ]),
        ]
    }

    static let explanation: JSONValue = [
        "type": "object", "required": required, "properties": .object(properties),
    ]

    static let single: JSONValue = [
        "type": "object",
        "required": .array((required.strings + common.map(\.0)).map(JSONValue.string)),
        "properties": .object(properties + common),
    ]

    static let many: JSONValue = [
        "type": "object",
        "required": .array((["explanations"] + common.map(\.0)).map(JSONValue.string)),
        "properties": .object(
            [
                (
                    "explanations",
                    ["type": "array", "items": ["$ref": "#/components/schemas/Explanation"]]
                )
            ] + common
        ),
    ]

    private static let required: JSONValue = [
        "probability", "base", "reasons", "risk", "sentences",
    ]

    private static let properties: [(String, JSONValue)] = [
        (
            "identifier",
            ["type": "string", "description": "The customer's, where the request has one."]
        ), ("probability", ["$ref": "#/components/schemas/Probability"]),
        (
            "base",
            [
                "type": "number", "minimum": 0, "maximum": 1,
                "description":
                    "The mean score; it, all points and `others` add up to the probability.",
            ]
        ), ("reasons", ["type": "array", "items": ["$ref": "#/components/schemas/Reason"]]),
        (
            "others",
            [
                "type": "number",
                "description":
                    "What the columns add together that are not listed: beyond `reasons`, hidden, or personal.",
            ]
        ), ("risk", ["type": "string", "enum": ["low", "medium", "high"]]),
        ("sentences", ["type": "array", "items": ["type": "string"]]),
        (
            "outside",
            [
                "type": "array", "items": ["type": "string"],
                "description":
                    "Fields whose number is out of its range and counted as the nearest bound; left out where there is none.",
            ]
        ), ("as_of", ["type": "string", "format": "date"]), ("levers", levers),
        ("move", move),
        (
            "move_note",
            ["type": "string", "description": "Where `move` is null: why nothing can be told."]
        ),
    ]

    private static let common: [(String, JSONValue)] = [
        (
            "reference_error",
            [
                "type": "number", "minimum": 0,
                "description":
                    "By how much another choice of reference customers would move a point.",
            ]
        ), ("note", ["type": "string", "description": "What points do not say."]),
        ("model", ["type": "string"]), ("model_version", ["type": "string"]),
    ]

    private static let move: JSONValue = [
        "type": ["object", "null"],
        "description":
            "Where asked for: why the score moved. `from`, all points, `others`, `model` and `calibration` add up to `to`.",
        "required": ["from", "to", "changes", "model", "calibration", "sentence"],
        "properties": [
            "from": ["$ref": "#/components/schemas/Probability"],
            "to": ["$ref": "#/components/schemas/Probability"],
            "changes": [
                "type": "array",
                "items": [
                    "type": "object", "required": ["column", "from", "to", "points"],
                    "properties": [
                        "column": ["type": "string"], "from": ["type": "string"],
                        "to": ["type": "string"], "points": ["type": "number"],
                    ],
                ],
            ],
            "others": [
                "type": "number",
                "description": "What columns add together that are hidden or personal.",
            ], "model": ["type": "number", "description": "What another model adds."],
            "calibration": ["type": "number", "description": "What its calibration adds."],
            "since": [
                "type": "string", "format": "date",
                "description": "With before=record: the day of the earlier prediction.",
            ], "sentence": ["type": "string"],
        ],
    ]

    private static let levers: JSONValue = [
        "type": ["object", "null"],
        "description": "Where asked for with `levers`; null where the model knows of no levers.",
        "required": ["outcome", "target", "combinations"],
        "properties": [
            "outcome": [
                "type": "string",
                "enum": ["below_already", "reached", "lowest", "none", "too_many"],
            ], "target": ["$ref": "#/components/schemas/Probability"],
            "combinations": ["type": "integer", "minimum": 0],
            "best": [
                "type": "object", "required": ["probability", "cost", "changes"],
                "properties": [
                    "probability": ["$ref": "#/components/schemas/Probability"],
                    "cost": ["type": "number", "minimum": 0],
                    "changes": [
                        "type": "array",
                        "items": [
                            "type": "object", "required": ["column", "from", "to", "rare"],
                            "properties": [
                                "column": ["type": "string"], "from": ["type": "string"],
                                "to": ["type": "string"], "rare": ["type": "boolean"],
                            ],
                        ],
                    ],
                ],
            ], "promise": ["type": "string", "description": "What a score that might be is not."],
        ],
    ]
}

extension JSONValue {
    fileprivate var strings: [String] {
        guard case .array(let values) = self else { return [] }
        return values.compactMap { if case .string(let text) = $0 { text } else { nil } }
    }
}
