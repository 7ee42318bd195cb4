import Output

/// What routes tell and take of what became of customers.
enum OutcomeDescriptions {
    private static let count: JSONValue = ["type": "integer", "minimum": 0]
    private static let truth: JSONValue = ["type": "boolean"]
    private static let text: JSONValue = ["type": ["string", "null"]]

    static let performanceMembers: JSONValue = [
        "expected": ["type": "object"], "money": ["type": "object"], "weeks": ["type": "array"],
        "outcomes": count,
        "checks": [
            "type": "array",
            "description":
                "What the promotion gate would ask of what came true; empty where outcomes are too few to tell.",
            "items": [
                "type": "object", "required": ["question", "value", "interval", "bound", "passed"],
                "properties": [
                    "question": [
                        "type": "string",
                        "enum": ["calibration_in_the_large", "log_loss", "profit"],
                    ], "value": ["type": "number"], "interval": ["type": "object"],
                    "bound": ["type": "number"], "passed": truth,
                ],
            ],
        ],
    ]

    static let performance: JSONValue = [
        "type": "object",
        "required": ["model", "model_version", "below", "outcomes", "checks", "weeks"],
        "properties": performanceMembers.with([
            "model": ["type": "string"], "model_version": ["type": "string"],
            "horizon_days": [
                "type": "integer",
                "description":
                    "Within how many days of a prediction leaving counts; left out where outcomes count as soon as they are known.",
            ],
            "below": [
                "type": "boolean",
                "description":
                    "Whether a whole 95 % interval lies beyond what the promotion gate would allow.",
            ],
        ]),
    ]

    private static func moment(_ description: String) -> JSONValue {
        [
            "type": "string", "description": .string(description),
            "examples": ["2026-11-24", "2026-11-24T10:30:00Z"],
            "pattern":
                #"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|1\d|2[0-8])(T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ)?$"#,
        ]
    }

    static let outcome: JSONValue = [
        "type": "object",
        "description":
            "What became of one customer: of a prediction, or of the customer's latest before a date, and of a member of campaigns.",
        "properties": [
            "prediction_id": ["type": "string"], "customer": ["type": ["string", "number"]],
            "date": moment("When the truth was known; now if missing."), "left": truth,
            "occurred": moment("When the customer left."),
            "contacted": [
                "type": "boolean",
                "description": "Whether the customer was offered something to stay.",
            ],
            "treated": [
                "type": ["boolean", "null"], "description": "Another name of contacted.",
            ],
            "offer_taken": [
                "type": "boolean", "description": "Whether the customer took the offer.",
            ], "treatment": text,
            "cost": [
                "type": "number", "minimum": 0,
                "description": "What contact and offer cost, as booked.",
            ],
            "by": [
                "type": ["string", "null"], "description": "Who says so: a person, a system.",
            ],
        ],
        "oneOf": [["required": ["prediction_id"]], ["required": ["customer"]]],
        "anyOf": [
            ["required": ["left"]], ["required": ["contacted"]], ["required": ["offer_taken"]],
            ["required": ["cost"]],
        ],
        "allOf": [
            ["not": ["required": ["treated", "contacted"]]],
            [
                "not": [
                    "required": ["offer_taken"], "properties": ["offer_taken": ["const": true]],
                    "anyOf": [
                        ["required": ["treated"], "properties": ["treated": ["const": false]]],
                        ["required": ["contacted"], "properties": ["contacted": ["const": false]]],
                    ],
                ]
            ],
        ],
        "dependentSchemas": [
            "occurred": ["required": ["left"], "properties": ["left": ["const": true]]]
        ],
        "additionalProperties": false,
    ]

    private static func findings(_ description: String) -> JSONValue {
        [
            "type": "array", "description": .string(description),
            "items": [
                "type": "object", "required": ["index", "problem"],
                "properties": ["index": ["type": "integer"], "problem": ["type": "string"]],
            ],
        ]
    }

    static let receipt: JSONValue = [
        "type": "object", "required": ["recorded", "unmatched"],
        "properties": [
            "recorded": count,
            "unmatched": findings("Outcomes of nobody who was predicted or chosen by a campaign."),
            "waiting": findings(
                "With a record that several services share: outcomes whose prediction is not in it yet. They are joined if it comes within a minute; left out where there is none."
            ),
            "repeated": [
                "type": "integer", "minimum": 1,
                "description": "Outcomes that had been said before; left out where there is none.",
            ],
            "contradictions": findings(
                "Outcomes that took the place of others that differ; left out where there is none."
            ),
            "held_out": findings(
                "Customers who were contacted although a campaign holds them out; left out where there is none."
            ),
        ],
    ]
}
