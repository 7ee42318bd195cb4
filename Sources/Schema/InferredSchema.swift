/// A schema with what it was inferred from.
public struct InferredSchema: Equatable, Sendable {
    /// The schema.
    public var schema: Schema
    /// What was seen in each column, in the order of `schema.columns`.
    public var evidence: [ColumnEvidence]
    /// The features that give the target away and so have the role `leak`.
    public var leaks: [LeakFinding]
    /// Number of rows in the file whose target says whether the customer left.
    public var rowCount: Int
    /// Number of rows whose target is the positive level.
    public var positiveCount: Int
    /// The rows that can't be read and count for nothing; nil where there are none.
    public var malformed: MalformedRows?
    /// The rows whose target says nothing.
    public var unlabelled: UnlabelledRows
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

    /// A line for each column that stays out of the model, or is not read as what it seems to be, though it may be
    /// useful: what to do about it.
    public var advice: [String] {
        zip(schema.columns, evidence).compactMap { column, seen in
            guard !seen.advice.isEmpty else { return nil }
            let use = column.role == .feature ? "Used as \(column.type.kind.rawValue)" : "Not used"
            return "\(use): \(quoted(column.name)): \(seen.advice)."
        }
    }
}
