public import Tabular

/// Infers what each column of a customer file means, from all of its rows.
public struct SchemaInference: Sendable {
    /// The column to predict, or nil to be told which columns could be it.
    public var target: String?
    /// The target's level that means that the customer left, or nil to find it.
    public var positive: String?
    /// Texts that count as an empty field.
    public var nullValues: [String]
    /// True where numbers are written `3,14`.
    public var decimalComma: Bool

    /// Creates an inference.
    public init(
        target: String?,
        positive: String? = nil,
        nullValues: [String] = Schema.usualNullValues,
        decimalComma: Bool = false
    ) {
        self.target = target
        self.positive = positive
        self.nullValues = nullValues
        self.decimalComma = decimalComma
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
        var columns: [ColumnInference] = []
        var evidence: [ColumnEvidence] = []
        var meaning: Schema.Target?
        var candidates: [String] = []
        var positiveCount = 0
        for (index, name) in header.enumerated() {
            let profile = ColumnProfile(
                name: name,
                column: index,
                batches: batches,
                nulls: nulls,
                decimalComma: decimalComma
            )
            var inference = ColumnInference(profile)
            if name == target {
                let found = try targetMeaning(profile)
                meaning = found
                positiveCount = profile.levels?.first { $0.text == found.positive }?.count ?? 0
                inference = ColumnInference(target: found, nullCount: profile.nullCount)
            }
            if profile.distinctCount == 2 { candidates.append(name) }
            columns.append(inference)
            evidence.append(ColumnEvidence(profile, inference))
        }
        for column in columns.map(\.column) where !column.isText {
            throw .notText(column: column.name)
        }
        guard let meaning else { throw .noTarget(candidates: candidates) }
        var result = InferredSchema(
            schema: Schema(
                target: meaning,
                identifier: Self.identifier(in: columns, evidence),
                nullValues: nullValues,
                columns: columns.map(\.column)
            ),
            evidence: evidence,
            leaks: [],
            rowCount: batches.reduce(0) { $0 + $1.rowCount - $1.malformed.count },
            positiveCount: positiveCount
        )
        result.excludeLeaks(header: header, batches: batches, decimalComma: decimalComma)
        guard !result.schema.features.isEmpty else { throw .noFeature(target: meaning.column) }
        return result
    }

    private func check(
        header: [String],
        batches: [RecordBatch]
    ) throws(SchemaInferenceError) {
        var seen: Set<String> = []
        for name in header where !seen.insert(name).inserted { throw .duplicateColumn(name) }
        guard batches.contains(where: { $0.rowCount > 0 }) else { throw .noRows }
        if let target, !seen.contains(target) { throw .unknownTarget(target, header: header) }
    }

    private func targetMeaning(
        _ profile: ColumnProfile
    ) throws(SchemaInferenceError) -> Schema.Target {
        let levels = (profile.levels ?? []).map(\.text)
        guard levels.count == 2 else {
            let shown = profile.levels == nil ? profile.distinctNumbers.map(numberText) : levels
            throw .targetLevels(column: profile.name, levels: shown)
        }
        if let positive {
            guard let index = levels.firstIndex(of: positive) else {
                throw .unknownPositive(positive, column: profile.name, levels: levels)
            }
            return Schema.Target(
                column: profile.name,
                positive: levels[index],
                negative: levels[1 - index]
            )
        }
        guard let meaning = BooleanWords.targetMeaning(of: levels) else {
            throw .unknownMeaning(column: profile.name, levels: levels)
        }
        return Schema.Target(column: profile.name, positive: meaning.yes, negative: meaning.no)
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
        var texts = [name]
        switch type {
        case .levels(let levels): texts += levels
        case .boolean(let no, let yes): texts += [no, yes]
        case .number, .text: break
        }
        return texts.allSatisfy { text in
            !text.utf8.contains(0) && text.unicodeScalars.first != "\u{FEFF}"
        }
    }
}

extension ColumnInference {
    /// The target's column.
    init(target: Schema.Target, nullCount: Int) {
        column = ColumnSchema(
            name: target.column,
            role: .target,
            type: .boolean(no: target.negative, yes: target.positive)
        )
        reason =
            switch nullCount {
            case 0: ""
            case 1: "1 row has no target and is rejected"
            default: "\(countText(nullCount)) rows have no target and are rejected"
            }
    }
}
