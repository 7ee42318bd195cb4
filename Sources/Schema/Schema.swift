/// What each column of the customer file means.
///
/// ```swift
/// let schema = Schema(
///     target: .init(column: "left", positive: "yes", negative: "no"),
///     identifier: "customer",
///     columns: [
///         ColumnSchema(name: "customer", role: .identifier, type: .text),
///         ColumnSchema(name: "age", role: .feature, type: .number(minimum: 0, maximum: 130)),
///         ColumnSchema(name: "plan", role: .feature, type: .levels(["basic", "family"])),
///         ColumnSchema(name: "left", role: .target, type: .boolean(no: "no", yes: "yes")),
///     ]
/// )
/// print(schema.yaml())  // as it stands in retain.yaml
/// ```
public struct Schema: Codable, Equatable, Sendable {
    /// The yes/no column to predict.
    public var target: Target
    /// The identifier column that names a customer in a scored file; nil where there is none.
    public var identifier: String?
    /// Texts that count as an empty field in any column; an empty or blank field always does.
    public var nullValues: [String]
    /// Every column, in the order of the file, the target included.
    public var columns: [ColumnSchema]
    /// What dates are counted back from; nil where nothing is said of it, as where there are none.
    public var dates: DateReference?
    /// Within how many days of a score leaving counts as the outcome; nil where nothing is said of it.
    public var horizonDays: Int?

    /// The words for "nothing" that spreadsheets, databases and data frames write.
    public static let usualNullValues = ["NA", "N/A", "NaN", "nan", "null", "NULL", "None"]

    /// Creates a schema.
    public init(
        target: Target,
        identifier: String?,
        nullValues: [String] = Schema.usualNullValues,
        columns: [ColumnSchema],
        dates: DateReference? = nil,
        horizonDays: Int? = nil
    ) {
        self.target = target
        self.identifier = identifier
        self.nullValues = nullValues
        self.columns = columns
        self.dates = dates
        self.horizonDays = horizonDays
    }

    /// The columns that the model reads, in the order of the file.
    public var features: [ColumnSchema] { columns.filter { $0.role == .feature } }

    /// The column that says how much a row counts in training; nil where all count the same.
    public var weight: String? { columns.first { $0.role == .weight }?.name }
}

/// What one column means.
public struct ColumnSchema: Codable, Equatable, Sendable {
    /// Name as in the header.
    public var name: String
    /// What the column is for.
    public var role: Role
    /// How its fields read.
    public var type: ColumnType
    /// What to do with an empty field.
    public var nulls: NullPolicy
    /// What to do with a level that is not listed; only where the type is `levels`.
    public var unseen: UnseenPolicy
    /// True where a person has decided that the model may use this column although it gives the
    /// target away.
    public var leakAllowed: Bool
    /// How its numbers are written in files; nil for plain numbers and other types.
    public var format: NumberForm?
    /// Texts that count as an empty field in this column alone.
    public var nullWords: [String] {
        get { ownNulls ?? [] }
        set { ownNulls = newValue.isEmpty ? nil : newValue }
    }
    private var ownNulls: [String]?
    /// Whether what it says of a customer must not be kept by a service.
    public var personal: Bool {
        get { mark ?? false }
        set { mark = newValue ? true : nil }
    }
    /// What to do with a number that is out of its range.
    public var outside: OutsidePolicy {
        get { refusal ?? .bound }
        set { refusal = newValue == .bound ? nil : newValue }
    }
    /// Nil for most columns, so that files which know nothing of it are read and written as ever.
    private var mark: Bool?
    /// Nil for most columns, for the same reason.
    private var refusal: OutsidePolicy?

    private enum CodingKeys: String, CodingKey {
        case name, role, type, nulls, unseen, leakAllowed, format
        case ownNulls = "null_values"
        case mark = "personal"
        case refusal = "outside"
    }

    /// Creates a column's schema.
    public init(
        name: String,
        role: Role,
        type: ColumnType,
        nulls: NullPolicy = .error,
        unseen: UnseenPolicy = .error,
        leakAllowed: Bool = false,
        personal: Bool = false,
        outside: OutsidePolicy = .bound
    ) {
        self.name = name
        self.role = role
        self.type = type
        self.nulls = nulls
        self.unseen = unseen
        self.leakAllowed = leakAllowed
        mark = personal ? true : nil
        refusal = outside == .bound ? nil : outside
    }
}

/// What a column is for.
public enum Role: String, Codable, CaseIterable, Sendable {
    case feature, target, identifier, weight, leak, constant, ignored
}

/// What to do with an empty field.
public enum NullPolicy: String, Codable, CaseIterable, Sendable {
    /// The row breaks the schema.
    case error
    /// The training mean (numbers) or most frequent level stands in, and an indicator column says so.
    case impute
}

/// What to do with a level that is not listed.
public enum UnseenPolicy: String, Codable, CaseIterable, Sendable {
    /// The row breaks the schema.
    case error
    /// The row counts as none of the levels: all of its encoded columns are 0.
    case other
}

/// What to do with a number that is below the least or above the greatest that a column may have.
public enum OutsidePolicy: String, Codable, CaseIterable, Sendable {
    /// It counts as the nearest bound; that is counted and told.
    case bound
    /// The row breaks the schema.
    case error
}
