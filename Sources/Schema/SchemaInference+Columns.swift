public import Tabular

extension SchemaInference {
    /// The columns that the file suggests, where nobody asks who left: for comparing files.
    ///
    /// - Parameters:
    ///   - header: Names of the columns.
    ///   - batches: Records of the file, in order.
    /// - Returns: A column for each name, none with the role `target` or `leak`, and what dates are counted back from.
    /// - Throws: `SchemaInferenceError` where there is no row, or a name is there twice.
    /// - Complexity: O(*nm* log *n*) for *n* rows and *m* columns; one column in memory at a time.
    func columns(
        header: [String],
        batches: [RecordBatch]
    ) throws(SchemaInferenceError) -> (columns: [ColumnSchema], dates: DateReference?) {
        var inference = self
        inference.target = nil
        try inference.check(header: header, batches: batches)
        let nulls = NullWords(nullValues)
        let forms = try inference.numberForms(header: header, batches: batches, nulls: nulls)
        var (columns, evidence) = inference.columns(
            header: header,
            batches,
            nulls,
            forms,
            truth: nil
        )
        let dates = try inference.relateDates(&columns, &evidence, header: header)
        return (columns.map(\.column), dates)
    }

    /// The schema by which files are compared: with a target where one is named or speaks for itself, else without.
    ///
    /// - Parameters:
    ///   - header: Names of the columns.
    ///   - batches: Records of the file, in order.
    /// - Returns: The schema, and what was inferred, where there is a target.
    /// - Throws: `SchemaInferenceError`, where a target that was named can't be one, too.
    public func forComparing(
        header: [String],
        batches: [RecordBatch]
    ) throws(SchemaInferenceError) -> (schema: Schema, inferred: InferredSchema?) {
        do throws(SchemaInferenceError) {
            let inferred = try inferFindingTarget(header: header, batches: batches)
            return (inferred.schema, inferred)
        } catch {
            guard target == nil, error.isOfTarget else { throw error }
            let (columns, dates) = try columns(header: header, batches: batches)
            return (Schema(comparing: columns, dates: dates, nullValues: nullValues), nil)
        }
    }
}

extension SchemaInferenceError {
    /// Whether no target can be told, and nothing else is wrong.
    fileprivate var isOfTarget: Bool {
        switch self {
        case .noTarget, .targetLevels, .unknownMeaning: true
        default: false
        }
    }
}

extension Schema {
    /// Of columns without a target; for comparing files, not for training.
    fileprivate init(comparing columns: [ColumnSchema], dates: DateReference?, nullValues: [String])
    {
        self.init(
            target: Target(column: "", positive: "", negative: ""),
            identifier: nil,
            nullValues: nullValues,
            columns: columns,
            dates: dates
        )
    }
}
