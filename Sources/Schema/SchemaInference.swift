import Output
public import Tabular

/// Infers what each column of a customer file means, from all of its rows.
///
/// ```swift
/// var reader = try CSVReader("customers.csv")
/// let batches = try reader.readAll()
/// let inferred = try SchemaInference(target: "left")
///     .infer(header: reader.header, batches: batches)
/// print(inferred.schema.yaml(evidence: inferred.evidence))
/// ```
public struct SchemaInference: Sendable {
    /// The column to predict, or nil to be told which columns could be it.
    public var target: String?
    /// The target's level that means that the customer left, or nil to find it.
    public var positive: String?
    /// The target's level that means that the customer stayed, or nil to find it; rows with a third level are left out.
    public var negative: String?
    /// True where every level of the target but `positive` means that the customer stayed.
    public var rest: Bool
    /// Texts that count as an empty field.
    public var nullValues: [String]
    /// How the file is written.
    public var dialect: CSVDialect
    /// How the numbers of some columns are written, by name, where that is known; others are looked at.
    public var formats: [String: NumberForm]
    /// How a person says that the dates of some columns are written, by the columns' names.
    public var dateForms: [String: DateForm] = [:]

    /// Creates an inference.
    public init(
        target: String?,
        positive: String? = nil,
        negative: String? = nil,
        rest: Bool = false,
        nullValues: [String] = Schema.usualNullValues,
        decimalComma: Bool = false,
        formats: [String: NumberForm] = [:]
    ) {
        self.target = target
        self.positive = positive
        self.negative = negative
        self.rest = rest
        self.nullValues = nullValues
        dialect = CSVDialect(decimalComma: decimalComma)
        self.formats = formats
    }

    /// The schema that the file suggests; features that leak the target have the role `leak`.
    ///
    /// - Parameters:
    ///   - header: Names of the columns.
    ///   - batches: All records of the file, in order.
    /// - Returns: The schema, and what it was inferred from.
    /// - Throws: `SchemaInferenceError` where there is no usable target or nothing to learn from.
    /// - Complexity: O(*nm* log *n*) for *n* rows and *m* columns; one column in memory at a time.
    public func infer(
        header: [String],
        batches: [RecordBatch]
    ) throws(SchemaInferenceError) -> InferredSchema {
        try check(header: header, batches: batches)
        let nulls = NullWords(nullValues)
        let forms = try numberForms(header: header, batches: batches, nulls: nulls)
        // What a column is for may depend on whether it tells the target.
        let truth = try header.firstIndex { $0 == target }
            .map { index throws(SchemaInferenceError) in
                let content = content(header[index], index, batches, nulls, forms[index])
                return try TargetContent(self, content, column: index, batches, nulls)
            }
        var (columns, evidence) = columns(header: header, batches, nulls, forms, truth: truth)
        for column in columns.map(\.column) where !column.isText {
            throw .notText(column: column.name)
        }
        guard let truth else {
            throw .noTarget(candidates: evidence.filter { $0.distinctCount == 2 }.map(\.name))
        }
        let dates = try relateDates(&columns, &evidence, header: header)
        var result = InferredSchema(
            schema: Schema(
                target: truth.meaning,
                identifier: Self.identifier(in: columns, evidence),
                nullValues: nullValues,
                columns: columns.map(\.column),
                dates: dates
            ),
            evidence: evidence,
            leaks: [],
            rowCount: batches.reduce(0) { $0 + $1.rowCount - $1.malformed.count }
                - truth.unlabelled.count,
            positiveCount: truth.positives,
            malformed: MalformedRows(batches),
            unlabelled: truth.unlabelled
        )
        let comma = dialect.decimalComma
        result.takeReference(header: header, batches: batches, decimalComma: comma)
        result.excludeLeaks(header: header, batches: batches, decimalComma: comma)
        result.addSeasons(header: header, batches: batches, decimalComma: comma)
        guard !result.schema.features.isEmpty else {
            throw .noFeature(target: truth.meaning.column)
        }
        return result
    }

    func check(
        header: [String],
        batches: [RecordBatch]
    ) throws(SchemaInferenceError) {
        var seen: Set<String> = []
        for name in header where !seen.insert(name).inserted { throw .duplicateColumn(name) }
        guard batches.contains(where: { $0.rowCount > 0 }) else { throw .noRows }
        let rowCount = batches.reduce(0) { $0 + $1.rowCount }
        if let malformed = MalformedRows(batches), malformed.count * 100 > rowCount {
            throw .malformedRows(malformed, of: rowCount)
        }
        if let target, !seen.contains(target) { throw .unknownTarget(target, header: header) }
    }

    private func content(
        _ name: String,
        _ index: Int,
        _ batches: [RecordBatch],
        _ nulls: NullWords,
        _ form: NumberForms.Decision
    ) -> ColumnContent {
        ColumnContent(
            name: name,
            column: index,
            batches: batches,
            nulls: nulls,
            numbers: NumberReader(decimalComma: dialect.decimalComma, form: form.form)
        )
    }

    /// What each column's fields suggest; the target's as it is known already.
    func columns(
        header: [String],
        _ batches: [RecordBatch],
        _ nulls: NullWords,
        _ forms: [NumberForms.Decision],
        truth: TargetContent?
    ) -> (columns: [ColumnInference], evidence: [ColumnEvidence]) {
        var columns: [ColumnInference] = []
        var evidence: [ColumnEvidence] = []
        for (index, name) in header.enumerated() {
            if let truth, index == truth.column {
                columns.append(truth.inference)
                evidence.append(truth.evidence)
                continue
            }
            var profile = content(name, index, batches, nulls, forms[index])
            let words = profile.takePlaceholders()
            var inference = ColumnInference(
                profile,
                labels: truth?.labels ?? [],
                dateForm: dateForms[name]
            )
            inference.note(forms[index], emptyWords: words, profile)
            columns.append(inference)
            evidence.append(ColumnEvidence(profile, inference))
        }
        return (columns, evidence)
    }

    /// Settles what dates are counted back from, once all columns are known.
    func relateDates(
        _ columns: inout [ColumnInference],
        _ evidence: inout [ColumnEvidence],
        header: [String]
    ) throws(SchemaInferenceError) -> DateReference? {
        try checkDates(columns, header: header)
        let dates = Self.relateDates(&columns)
        for place in columns.indices where columns[place].dates != nil {
            evidence[place].reason = columns[place].reason
        }
        return dates
    }

    /// How the numbers of each column are written, the target's aside.
    func numberForms(
        header: [String],
        batches: [RecordBatch],
        nulls: NullWords
    ) throws(SchemaInferenceError) -> [NumberForms.Decision] {
        for name in formats.keys.sorted() where !header.contains(name) || name == target {
            throw .formatOfNoColumn(name, header: header)
        }
        var given: [String: NumberForm?] = formats.mapValues { $0 }
        if let target { given[target] = .some(nil) }
        return try NumberForms(
            header: header,
            batches: batches,
            nulls: nulls,
            dialect: dialect,
            given: given
        ).decisions
    }

    /// The identifier that names a customer: the one with most values; a row counter only where
    /// there is no other.
    private static func identifier(
        in columns: [ColumnInference],
        _ evidence: [ColumnEvidence]
    ) -> String? {
        var best: (isCounter: Bool, distinct: Int, name: String)?
        for (inference, seen) in zip(columns, evidence) where inference.namesCustomer {
            let isBetter =
                best.map { held in
                    inference.isCounter == held.isCounter
                        ? seen.distinctCount > held.distinct : held.isCounter
                } ?? true
            if isBetter { best = (inference.isCounter, seen.distinctCount, seen.name) }
        }
        return best?.name
    }
}

extension ColumnSchema {
    /// False where the name or a level is something that YAML can't hold.
    fileprivate var isText: Bool {
        ([name] + type.listed).allSatisfy { text in
            !text.utf8.contains(0) && text.unicodeScalars.first != "\u{FEFF}"
        }
    }
}
