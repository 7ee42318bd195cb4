public import Tabular

/// A batch as the schema reads it.
///
/// Every row is in `acceptedRows` or in `rejectedRows`, never both.
public struct DecodedBatch: Equatable, Sendable {
    /// The features of the accepted rows, in the order of the schema: numbers and booleans (0 and 1)
    /// as `.number`, levels as `.level`.
    public var table: Table
    /// Rows of the batch that keep the schema, ascending; row *i* of `table` is `acceptedRows[i]`.
    public var acceptedRows: [Int]
    /// Whether each accepted row has the positive level; empty where no target was asked for.
    public var labels: [Bool]
    /// Everything that breaks the schema, by row and then by column of the schema.
    public var violations: [SchemaViolation]
    /// Rows of the batch that break the schema, ascending.
    public var rejectedRows: [Int]
}
