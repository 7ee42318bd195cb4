/// What each column of the customer file means.
public struct Schema: Codable, Equatable, Sendable {
    /// The yes/no column to predict.
    public var target: Target
    /// The identifier column that names a customer in a scored file; nil where there is none.
    public var identifier: String?
    /// Texts that count as an empty field in any column; an empty or blank field always does.
    public var nullValues: [String]
    /// Every column, in the order of the file, the target included.
    public var columns: [ColumnSchema]

    /// The words for "nothing" that spreadsheets, databases and data frames write.
    public static let usualNullValues = ["NA", "N/A", "NaN", "nan", "null", "NULL", "None"]

    /// Creates a schema.
    public init(
        target: Target,
        identifier: String?,
        nullValues: [String] = Schema.usualNullValues,
        columns: [ColumnSchema]
    ) {
        self.target = target
        self.identifier = identifier
        self.nullValues = nullValues
        self.columns = columns
    }

    /// The target and which of its two levels means that the customer left.
    public struct Target: Codable, Equatable, Sendable {
        /// Name of the column.
        public var column: String
        /// The level that counts as 1, as it stands in the file.
        public var positive: String
        /// The level that counts as 0, as it stands in the file.
        public var negative: String

        /// Creates a target.
        public init(column: String, positive: String, negative: String) {
            self.column = column
            self.positive = positive
            self.negative = negative
        }
    }

    /// The columns that the model reads, in the order of the file.
    public var features: [ColumnSchema] { columns.filter { $0.role == .feature } }
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
    /// Whether what it says of a customer must not be kept by a service.
    public var personal: Bool {
        get { mark ?? false }
        set { mark = newValue ? true : nil }
    }
    /// Nil for most columns, so that files which know nothing of it are read and written as ever.
    private var mark: Bool?

    private enum CodingKeys: String, CodingKey {
        case name, role, type, nulls, unseen, leakAllowed
        case mark = "personal"
    }

    /// Creates a column's schema.
    public init(
        name: String,
        role: Role,
        type: ColumnType,
        nulls: NullPolicy = .error,
        unseen: UnseenPolicy = .error,
        leakAllowed: Bool = false,
        personal: Bool = false
    ) {
        self.name = name
        self.role = role
        self.type = type
        self.nulls = nulls
        self.unseen = unseen
        self.leakAllowed = leakAllowed
        mark = personal ? true : nil
    }
}

/// What a column is for.
public enum Role: String, Codable, CaseIterable, Sendable {
    case feature, target, identifier, leak, constant, ignored
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
