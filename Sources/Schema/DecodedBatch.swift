public import Tabular

/// A batch as the schema reads it.
///
/// Every row is in `acceptedRows`, in `rejectedRows` or in `unlabelledRows`, and in no two of them.
public struct DecodedBatch: Equatable, Sendable {
    /// The features of the accepted rows, coded as `Coding` says, in the order of the schema.
    public var table: Table
    /// Rows of the batch that keep the schema, ascending; row *i* of `table` is `acceptedRows[i]`.
    public var acceptedRows: [Int]
    /// Whether each accepted row has the positive level; empty where no target was asked for.
    public var labels: [Bool]
    /// How much each accepted row counts in training; nil where no column says so.
    public var weights: [Float]?
    /// Everything that breaks the schema, by row and then by column of the schema.
    public var violations: [SchemaViolation]
    /// Rows of the batch that break the schema, ascending.
    public var rejectedRows: [Int]
    /// Rows of the batch whose target says neither that the customer left nor that she stayed, ascending; none where no
    /// target was asked for.
    public var unlabelledRows: [Int]
    /// How many of these there are for which reason.
    public var unlabelled: UnlabelledRows
    /// The numbers of accepted rows that are out of range and count as the nearest bound, by row.
    public var outside: [SchemaViolation] = []

    /// Number of rows, those that break the schema too.
    public var rowCount: Int { acceptedRows.count + rejectedRows.count + unlabelledRows.count }

    /// Sorts rows out.
    ///
    /// - Parameters:
    ///   - all: Every row of the batch.
    ///   - labels: Of each row; no values where no target was asked for.
    ///   - weights: Of each row; nil where no column says so.
    ///   - found: What breaks the schema and what counts as a bound, column by column.
    init(
        _ all: Table,
        labels: TargetRule.Labels,
        weights: [Float]? = nil,
        violations found: [SchemaViolation]
    ) {
        let violations = found.filter { $0.bound == nil }
        let bounded = found.filter { $0.bound != nil }
        unlabelledRows = labels.unlabelledRows
        unlabelled = labels.unlabelled
        guard !violations.isEmpty || !unlabelledRows.isEmpty else {
            table = all
            acceptedRows = Array(0 ..< all.rowCount)
            self.labels = labels.values
            self.weights = weights
            self.violations = []
            rejectedRows = []
            outside = Self.byRow(bounded)
            return
        }
        var isLeftOut = [Bool](repeating: false, count: all.rowCount)
        for row in unlabelledRows { isLeftOut[row] = true }
        // What is not learned from need not be mended.
        let breaking = violations.filter { !isLeftOut[$0.row] }
        var isRejected = [Bool](repeating: false, count: all.rowCount)
        for violation in breaking { isRejected[violation.row] = true }
        let accepted = isRejected.indices.filter { !isRejected[$0] && !isLeftOut[$0] }
        table = all.selecting(accepted)
        acceptedRows = accepted
        self.labels = labels.values.isEmpty ? [] : accepted.map { labels.values[$0] }
        self.weights = weights.map { weights in accepted.map { weights[$0] } }
        self.violations = Self.byRow(breaking)
        rejectedRows = isRejected.indices.filter { isRejected[$0] }
        outside = Self.byRow(bounded.filter { !isRejected[$0.row] && !isLeftOut[$0.row] })
    }

    /// Columns were read one after the other; a person reads line by line.
    private static func byRow(_ found: [SchemaViolation]) -> [SchemaViolation] {
        found.enumerated()
            .sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
            .map(\.element)
    }
}
