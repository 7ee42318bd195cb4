public import Tabular

/// Turns records into typed columns and sorts out those that break the schema.
///
/// Columns are found by name, in any order; other columns of the file are ignored. A value that
/// holds only what `decode` needs, so any number of threads may share it.
public struct SchemaDecoder: Sendable {
    /// The schema that records are held against.
    public let schema: Schema
    /// Index in the header of the identifier; nil where the schema or the file has none.
    public let identifierColumn: Int?
    private let features: [(index: Int, rule: FieldRule)]
    private let target: (index: Int, rule: FieldRule)?

    /// Finds the columns.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - header: Names of the file's columns.
    ///   - needsTarget: True to read labels; the target is then a column that must be there.
    ///   - decimalComma: True where numbers are written `3,14`.
    /// - Throws: `ColumnMismatch`, which names all that are missing at once.
    public init(
        _ schema: Schema,
        header: [String],
        needsTarget: Bool,
        decimalComma: Bool = false
    ) throws(ColumnMismatch) {
        let needed = schema.columns.filter {
            $0.role == .feature || (needsTarget && $0.role == .target)
        }
        let missing = needed.map(\.name).filter { !header.contains($0) }
        let doubled = needed.map(\.name).filter { name in header.count { $0 == name } > 1 }
        guard missing.isEmpty, doubled.isEmpty else {
            throw ColumnMismatch(missing: missing, doubled: doubled, header: header)
        }
        self.schema = schema
        identifierColumn = schema.identifier.flatMap { header.firstIndex(of: $0) }
        let nulls = NullWords(schema.nullValues)
        let found = needed.compactMap { column in
            header.firstIndex(of: column.name).map { index in
                (index, FieldRule(column: column, nulls: nulls, decimalComma: decimalComma))
            }
        }
        features = found.filter { $0.1.column.role == .feature }
        target = found.first { $0.1.column.role == .target }
    }

    /// Decodes one batch.
    ///
    /// - Complexity: O(fields); a text is made only for a field that breaks the schema, is padded
    ///   with blanks or is a null value.
    public func decode(_ batch: RecordBatch) -> DecodedBatch {
        var violations: [SchemaViolation] = []
        let columns = features.map { index, rule in
            rule.decode(batch, column: index, violations: &violations)
        }
        var labels: [Bool] = []
        if let target {
            let decoded = target.rule.decode(batch, column: target.index, violations: &violations)
            if case .number(let values) = decoded { labels = values.map { $0 == 1 } }
        }
        let names = features.map(\.rule.column.name)
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
        guard !violations.isEmpty else {
            return DecodedBatch(
                table: Table(Array(zip(names, columns)), rowCount: batch.rowCount),
                acceptedRows: Array(0 ..< batch.rowCount),
                labels: labels,
                violations: [],
                rejectedRows: []
            )
        }
        var isRejected = [Bool](repeating: false, count: batch.rowCount)
        for violation in violations { isRejected[violation.row] = true }
        let accepted = isRejected.indices.filter { !isRejected[$0] }
        // Columns were read one after the other; a person reads line by line.
        violations = violations.enumerated()
            .sorted { ($0.element.row, $0.offset) < ($1.element.row, $1.offset) }
            .map(\.element)
        return DecodedBatch(
            table: Table(
                zip(names, columns).map { ($0, $1.rows(accepted)) },
                rowCount: accepted.count
            ),
            acceptedRows: accepted,
            labels: labels.isEmpty ? [] : accepted.map { labels[$0] },
            violations: violations,
            rejectedRows: isRejected.indices.filter { isRejected[$0] }
        )
    }
}

extension Column {
    /// The values of some rows, in the given order.
    fileprivate func rows(_ rows: [Int]) -> Column {
        switch self {
        case .number(let values): .number(rows.map { values[$0] })
        case .level(let codes, let levels): .level(codes: rows.map { codes[$0] }, levels: levels)
        case .text(let values): .text(rows.map { values[$0] })
        }
    }
}
