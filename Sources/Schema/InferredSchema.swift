/// A schema with what it was inferred from.
public struct InferredSchema: Equatable, Sendable {
    /// The schema.
    public var schema: Schema
    /// What was seen in each column, in the order of `schema.columns`.
    public var evidence: [ColumnEvidence]
    /// The features that give the target away and so have the role `leak`.
    public var leaks: [LeakFinding]
    /// Number of rows in the file.
    public var rowCount: Int
    /// Number of rows whose target is the positive level.
    public var positiveCount: Int
}

extension InferredSchema {
    /// The headings of `summary`.
    public static let summaryHeadings = ["column", "role", "type", "empty", "seen", "why"]

    /// One row per column for a table on a terminal, in the order of the file.
    public var summary: [[String]] {
        zip(schema.columns, evidence).map { column, seen in
            [
                column.name, column.role.rawValue, column.type.kind.rawValue,
                countText(seen.nullCount), seen.observed, seen.reason,
            ]
        }
    }
}
