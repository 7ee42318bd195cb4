/// A column that the company can change for a customer, and how; an entry of `levers` in `retain.yaml`.
///
/// A number moves by whole steps from the customer's own value, and what it becomes lies within the bounds. A listed
/// value is taken as it is; where there is a direction, the list is a ladder that is climbed that way.
///
/// ```swift
/// let lever = Lever("contract_months", .range(minimum: 1, maximum: 24, step: 1), direction: .up, cost: 8)
/// print(lever.problem(in: schema)?.message ?? "fits the schema")
/// ```
public struct Lever: Equatable, Sendable {
    /// Name of the feature.
    public var column: String
    /// What it may become.
    public var values: Values
    /// Which way it may go; nil for both.
    public var direction: Direction?
    /// What a step costs, in the currency of the campaign's costs.
    public var cost: Double
    /// What other columns must be, once all levers have moved, for this one to move; in the order of the file.
    public var requirements: [Requirement]

    /// What a column may become.
    public enum Values: Equatable, Sendable {
        /// Numbers between bounds, so many apart; nil for a bound that the direction does not reach.
        case range(minimum: Double?, maximum: Double?, step: Double)
        /// Levels, or numbers as a file has them.
        case listed([String])
    }

    /// Which way a column may go.
    public enum Direction: String, Codable, CaseIterable, Sendable {
        case up, down
    }

    /// What another column must be.
    public struct Requirement: Equatable, Sendable {
        /// Name of the feature.
        public var column: String
        /// The least number; nil for any.
        public var minimum: Double?
        /// The greatest number; nil for any.
        public var maximum: Double?
        /// The levels, or numbers as a file has them; nil for any.
        public var levels: [String]?

        /// Asks something of a column.
        public init(
            _ column: String,
            minimum: Double? = nil,
            maximum: Double? = nil,
            levels: [String]? = nil
        ) {
            self.column = column
            self.minimum = minimum
            self.maximum = maximum
            self.levels = levels
        }
    }

    /// Creates a lever.
    public init(
        _ column: String,
        _ values: Values,
        direction: Direction? = nil,
        cost: Double = 0,
        requirements: [Requirement] = []
    ) {
        self.column = column
        self.values = values
        self.direction = direction
        self.cost = cost
        self.requirements = requirements
    }
}

/// Written by hand so that a range and a list have the short form of `retain.yaml`.
extension Lever: Codable {
    private enum Key: String, CodingKey {
        case column, minimum, maximum, step, levels, direction, cost, requires
    }

    /// Reads what `encode(to:)` writes.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: Key.self)
        column = try fields.decode(String.self, forKey: .column)
        if let levels = try fields.decodeIfPresent([String].self, forKey: .levels) {
            values = .listed(levels)
        } else {
            values = .range(
                minimum: try fields.decodeIfPresent(Double.self, forKey: .minimum),
                maximum: try fields.decodeIfPresent(Double.self, forKey: .maximum),
                step: try fields.decode(Double.self, forKey: .step)
            )
        }
        direction = try fields.decodeIfPresent(Direction.self, forKey: .direction)
        cost = try fields.decode(Double.self, forKey: .cost)
        requirements =
            try fields.decodeIfPresent([Requirement].self, forKey: .requires) ?? []
    }

    /// Writes `{"column": "plan", "levels": ["family"], "cost": 8}` and the like.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: Key.self)
        try fields.encode(column, forKey: .column)
        switch values {
        case .listed(let levels): try fields.encode(levels, forKey: .levels)
        case .range(let minimum, let maximum, let step):
            try fields.encodeIfPresent(minimum, forKey: .minimum)
            try fields.encodeIfPresent(maximum, forKey: .maximum)
            try fields.encode(step, forKey: .step)
        }
        try fields.encodeIfPresent(direction, forKey: .direction)
        try fields.encode(cost, forKey: .cost)
        if !requirements.isEmpty { try fields.encode(requirements, forKey: .requires) }
    }
}

extension Lever.Requirement: Codable {}
