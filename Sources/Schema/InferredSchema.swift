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

/// What was seen in one column.
public struct ColumnEvidence: Equatable, Sendable {
    /// Name of the column.
    public var name: String
    /// Number of empty fields, null values included.
    public var nullCount: Int
    /// Number of distinct fields that are not empty.
    public var distinctCount: Int
    /// The least and the greatest number; nil where the column is not numeric.
    public var range: ClosedRange<Double>?
    /// The null values other than an empty field that occur.
    public var nullWords: [String]
    /// Why the column has its role or type; empty where the type says it all.
    public var reason: String

    /// `350 to 850, 460 distinct values`.
    public var observed: String {
        let distinct = "\(countText(distinctCount)) distinct value\(distinctCount == 1 ? "" : "s")"
        guard let range else { return distinct }
        return "\(numberText(range.lowerBound)) to \(numberText(range.upperBound)), \(distinct)"
    }
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
