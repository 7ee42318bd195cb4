import Tabular

/// Labelled customers in coded form, as a record of predictions holds them, which any schema can read.
///
/// Row *i* is the same customer whichever schema reads it.
public struct CodedCustomers: Equatable, Sendable {
    /// What the values mean.
    public let schema: Schema
    /// The features of the schema, in its order.
    public private(set) var rows: CodedRows
    /// Whether each customer has the positive level.
    public private(set) var labels: [Bool] = []

    /// Nobody.
    public init(_ schema: Schema) {
        self.schema = schema
        rows = CodedRows(width: schema.features.count)
    }

    /// Adds a customer.
    ///
    /// - Precondition: There is a value for each feature.
    public mutating func append(_ row: some Collection<Double>, label: Bool) {
        rows.append(row)
        labels.append(label)
    }

    /// Reads the customers by a schema, as a file of them would be read.
    ///
    /// A column that the schema takes for the same is as it is; of another each field is read anew, as a file would
    /// have it.
    ///
    /// - Parameters:
    ///   - other: What the columns mean to the reader.
    ///   - needsTarget: True to read labels.
    /// - Returns: Who keeps the schema, and what breaks it.
    /// - Throws: `ColumnMismatch` where a column is not there.
    /// - Complexity: O(customers · features).
    public func decoded(
        by other: Schema,
        needsTarget: Bool
    ) throws(ColumnMismatch) -> DecodedBatch {
        let table = rows.table(schema.features)
        let header = schema.features.map(\.name) + [schema.target.column]
        let missing =
            (other.features.map(\.name) + (needsTarget ? [other.target.column] : []))
            .filter { !header.contains($0) }
        guard missing.isEmpty else {
            throw ColumnMismatch(missing: missing, doubled: [], header: header)
        }
        var violations: [SchemaViolation] = []
        let columns = other.features.map { feature -> (String, Column) in
            let own = table[feature.name]
            if let own, schema.features.contains(feature) { return (feature.name, own) }
            var plain = feature
            // Both write their numbers in this column's form.
            plain.format = schema.features.first { $0.name == feature.name }?.format
            let rule = FieldRule(plain, nullValues: other.nullValues)
            return (feature.name, rule.decode(texts(feature.name) ?? [], violations: &violations))
        }
        return DecodedBatch(
            Table(columns, rowCount: rows.count),
            labels: needsTarget
                ? labels(by: other, violations: &violations) : TargetRule.Labels(values: []),
            violations: violations
        )
    }

    /// The fields of a column as a file has them; nil where it is no feature and not the target.
    ///
    /// - Complexity: O(customers).
    public func texts(_ column: String) -> [String]? {
        if column == schema.target.column {
            return labels.map { $0 ? schema.target.positive : schema.target.negative }
        }
        guard let place = schema.features.firstIndex(where: { $0.name == column }) else {
            return nil
        }
        let feature = schema.features[place]
        let coding = feature.type.coding
        let unlisted = schema.unlistedText(of: feature)
        return (0 ..< rows.count).map { row in
            let value = rows[row: row, column: place]
            if coding?.isNull(value) ?? true { return "" }
            let isListed = coding == .number || value >= 0
            guard isListed else { return unlisted }
            return feature.format?.text(of: value) ?? feature.type.text(of: value)
        }
    }

    private func labels(
        by other: Schema,
        violations: inout [SchemaViolation]
    ) -> TargetRule.Labels {
        guard other.target != schema.target else { return TargetRule.Labels(values: labels) }
        let texts = texts(other.target.column) ?? []
        return TargetRule(other.target, nulls: NullWords(other.nullValues))
            .decode(
                RecordBatch(columnCount: 1, rows: texts.map { [$0] }),
                column: 0,
                violations: &violations
            )
    }
}

extension FieldRule {
    /// Decodes a column of texts as a column of a file.
    fileprivate func decode(_ texts: [String], violations: inout [SchemaViolation]) -> Column {
        decode(
            RecordBatch(columnCount: 1, rows: texts.map { [$0] }),
            column: 0,
            violations: &violations
        )
    }
}

extension Schema {
    /// A text that is no level of the column and not read as nothing: it stands for a level that is not listed, where
    /// which one it was is not known any more.
    package func unlistedText(of column: ColumnSchema) -> String {
        var text = "(not listed)"
        while (column.type.listed + nullValues).contains(text) { text = "(\(text))" }
        return text
    }
}
