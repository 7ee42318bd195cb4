public import Tabular

/// Turns records into typed columns and sorts out those that break the schema.
///
/// Columns are found by name, in any order; other columns of the file are ignored. A value that
/// holds only what `decode` needs, so any number of threads may share it.
///
/// ```swift
/// var reader = try CSVReader("customers.csv")
/// let decoder = try SchemaDecoder(schema, header: reader.header, needsTarget: true)
/// try reader.forEachBatch(threads: 2) {
///     decoder.decode($0)
/// } consume: {
///     print($0.acceptedRows.count, "rows keep the schema")
///     for violation in $0.violations { print(violation) }
/// }
/// ```
public struct SchemaDecoder: Sendable {
    /// The schema that records are held against.
    public let schema: Schema
    /// Index in the header of the identifier; nil where the schema or the file has none.
    public let identifierColumn: Int?
    private let features: [(index: Int, rule: FieldRule)]
    private let target: (index: Int, rule: TargetRule)?
    /// How much rows count in training; nil where labels are not read, and where the schema or the file has no such column.
    private let weight: (index: Int, rule: FieldRule)?
    /// Tells each row's day that dates are counted back from; nil where all rows have the same.
    private let reference: (index: Int, rule: FieldRule)?

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - header: Names of the file's columns.
    ///   - needsTarget: True to read labels; the target is then a column that must be there.
    ///   - decimalComma: True where numbers are written `3,14`.
    ///   - asOf: What dates are counted back from; nil where they are only checked.
    /// - Throws: `ColumnMismatch`, which names all that are missing at once.
    public init(
        _ schema: Schema,
        header: [String],
        needsTarget: Bool,
        decimalComma: Bool = false,
        asOf: AsOf? = nil
    ) throws(ColumnMismatch) {
        let referenceName: String? = if case .column(let name) = asOf?.source { name } else { nil }
        let needed = schema.columns.filter {
            $0.role == .feature || (needsTarget && $0.role == .target) || $0.name == referenceName
        }
        let places = Dictionary(grouping: header.indices) { header[$0] }
        func index(_ column: ColumnSchema) -> Int? {
            places[column.name]?.first ?? column.type.source.flatMap { places[$0]?.first }
        }
        let missing = needed.filter { index($0) == nil }.map(\.name)
        let doubled = needed.map(\.name).filter { places[$0, default: []].count > 1 }
        guard missing.isEmpty, doubled.isEmpty else {
            throw ColumnMismatch(missing: missing, doubled: doubled, header: header)
        }
        self.schema = schema
        identifierColumn = schema.identifier.flatMap { header.firstIndex(of: $0) }
        let nulls = NullWords(schema.nullValues)
        let found = needed.compactMap { column in
            index(column).map { index -> (Int, FieldRule) in
                var rule = FieldRule(column: column, nulls: nulls, decimalComma: decimalComma)
                rule.reference = asOf?.day
                return (index, rule)
            }
        }
        features = found.filter { $0.1.column.role == .feature }
        weight =
            needsTarget
            ? schema.columns.first { $0.role == .weight }.flatMap { column in
                index(column).map {
                    ($0, FieldRule(column: column, nulls: nulls, decimalComma: decimalComma))
                }
            } : nil
        reference = found.first { $0.1.column.name == referenceName }
        target =
            needsTarget
            ? header.firstIndex(of: schema.target.column).map { index in
                (index, TargetRule(schema.target, nulls: nulls))
            } : nil
    }

    /// Decodes one batch.
    ///
    /// - Complexity: O(fields); a text is made only for a field that breaks the schema, is padded
    ///   with blanks or is a null value.
    public func decode(_ batch: RecordBatch) -> DecodedBatch {
        var violations: [SchemaViolation] = []
        let references = reference.map { index, rule in
            rule.days(batch, column: index, violations: &violations)
        }
        let columns = features.map { index, rule in
            var rule = rule
            rule.references = references ?? []
            return rule.decode(batch, column: index, violations: &violations)
        }
        let labels = target.map {
            $0.rule.decode(batch, column: $0.index, violations: &violations)
        }
        let weights = weight.map { index, rule in
            rule.weights(batch, column: index, violations: &violations)
        }
        let malformed = batch.malformedRecords
        if !malformed.isEmpty {
            // The fields of such a record are empty; to complain of them, too, would be noise.
            let rows = Set(malformed.map(\.row))
            violations.removeAll { rows.contains($0.row) }
            violations += malformed.map { row, value, rule in
                SchemaViolation(
                    row: row,
                    line: batch.line(row: row),
                    column: nil,
                    value: value,
                    rule: rule
                )
            }
        }
        return DecodedBatch(
            Table(
                Array(zip(features.map(\.rule.column.name), columns)),
                rowCount: batch.rowCount
            ),
            labels: labels ?? TargetRule.Labels(values: []),
            weights: weights,
            violations: violations
        )
    }
}
