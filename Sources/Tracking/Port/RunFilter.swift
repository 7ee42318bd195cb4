/// Which runs fit: MLflow's search syntax, with `OR` and parentheses besides its `AND`.
public indirect enum RunFilter: Equatable, Sendable {
    /// One condition.
    case comparison(Comparison)
    /// Both hold.
    case and(RunFilter, RunFilter)
    /// At least one holds.
    case or(RunFilter, RunFilter)

    /// A condition such as `metrics.loss < 0.4`.
    public struct Comparison: Equatable, Sendable {
        /// What is looked at.
        public var field: RunField
        /// How.
        public var sign: Sign
        /// Against what; several values for `IN` and `NOT IN` only, none for `IS NULL` and `IS NOT NULL`.
        public var values: [Value]

        /// Creates a condition.
        public init(_ field: RunField, _ sign: Sign, _ values: [Value]) {
            self.field = field
            self.sign = sign
            self.values = values
        }
    }

    /// How two values are compared.
    public enum Sign: String, Sendable, CaseIterable {
        /// The same.
        case equal = "="
        /// Another.
        case notEqual = "!="
        /// Below.
        case less = "<"
        /// Below or the same.
        case lessOrEqual = "<="
        /// Above.
        case greater = ">"
        /// Above or the same.
        case greaterOrEqual = ">="
        /// A pattern with `%` and `_`, which tells upper from lower case.
        case like = "LIKE"
        /// A pattern which does not.
        case caselessLike = "ILIKE"
        /// One of several.
        case isIn = "IN"
        /// None of several.
        case isNotIn = "NOT IN"
        /// Absent.
        case isNull = "IS NULL"
        /// There.
        case isNotNull = "IS NOT NULL"
    }

    /// What is compared with.
    public enum Value: Equatable, Sendable {
        /// A number.
        case number(Double)
        /// A text, which the filter has in quotes.
        case text(String)
    }
}

/// What of a run is looked at.
public enum RunField: Equatable, Sendable {
    /// The last value of a metric: `metrics.loss`.
    case metric(String)
    /// A parameter, text: `params.epochs`.
    case param(String)
    /// A tag, text: `tags.team`, or with backquotes around a name that has points in it.
    case tag(String)
    /// A property of the run itself: `status`, `attributes.start_time`.
    case attribute(RunAttribute)
    /// A property of a dataset it read: `datasets.name`, `datasets.digest`, `datasets.context`.
    case dataset(DatasetAttribute)
}

extension RunField {
    /// Whether it is compared with numbers; else with text.
    public var isNumber: Bool {
        switch self {
        case .metric: true
        case .attribute(let attribute): attribute.isNumber
        case .param, .tag, .dataset: false
        }
    }

    /// Whether it may be compared this way: text has no order in MLflow, and numbers fit no pattern.
    public func takes(_ sign: RunFilter.Sign) -> Bool {
        switch sign {
        case .equal, .notEqual, .isIn, .isNotIn, .isNull, .isNotNull: true
        case .less, .lessOrEqual, .greater, .greaterOrEqual: isNumber
        case .like, .caselessLike: !isNumber
        }
    }
}

/// A property of a run.
public enum RunAttribute: String, Sendable, CaseIterable {
    /// The run's identifier.
    case id = "run_id"
    /// Its name.
    case name = "run_name"
    /// How it went, for example `FINISHED`.
    case status
    /// Who started it.
    case user = "user_id"
    /// Milliseconds since 1970.
    case start = "start_time"
    /// Milliseconds since 1970.
    case end = "end_time"
    /// Where its artifacts lie.
    case artifactURI = "artifact_uri"

    /// Whether it is a number.
    public var isNumber: Bool { self == .start || self == .end }
}

/// A property of a dataset.
public enum DatasetAttribute: String, Sendable, CaseIterable {
    /// Name of the file.
    case name
    /// Names the content.
    case digest
    /// What it was for.
    case context
}

/// What runs are sorted by.
public struct RunOrder: Equatable, Sendable {
    /// What is looked at; runs without it come last.
    public var field: RunField
    /// Whether the highest comes first.
    public var isDescending: Bool

    /// Creates an order.
    public init(_ field: RunField, isDescending: Bool = false) {
        self.field = field
        self.isDescending = isDescending
    }
}
