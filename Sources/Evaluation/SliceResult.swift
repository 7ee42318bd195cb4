/// A category column by which to look at the results: one code per row into the level names.
public struct SliceColumn: Sendable, Equatable {
    /// The column's name.
    public var name: String
    /// The names of the levels.
    public var levels: [String]
    /// Per row, the level's index in `levels`, or a negative number where the value is missing.
    public var codes: [Int32]

    /// Creates a column.
    public init(name: String, levels: [String], codes: [Int32]) {
        self.name = name
        self.levels = levels
        self.codes = codes
    }
}

/// How the model does on the rows of one level of one column.
public struct SliceResult: Codable, Sendable, Equatable {
    /// The column's name.
    public var column: String
    /// The level's name; nil for the rows where the value is missing.
    public var level: String?
    /// Rows of this level.
    public var rows: Int
    /// Positive rows of this level.
    public var positives: Int
    /// Fewer than 100 rows, or fewer than 10 of either class: read its metrics with care.
    public var isSmall: Bool
    /// The headline metrics on these rows.
    public var metrics: [Metric]

    /// Creates a result.
    public init(
        column: String,
        level: String?,
        rows: Int,
        positives: Int,
        isSmall: Bool,
        metrics: [Metric]
    ) {
        self.column = column
        self.level = level
        self.rows = rows
        self.positives = positives
        self.isSmall = isSmall
        self.metrics = metrics
    }
}
