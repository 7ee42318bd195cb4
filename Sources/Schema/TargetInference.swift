import Output
import Tabular

extension SchemaInference {
    /// The levels of the target that mean that the customer left and stayed.
    ///
    /// - Throws: `SchemaInferenceError` where they are not there or not known.
    func targetMeaning(_ content: ColumnContent) throws(SchemaInferenceError) -> Schema.Target {
        let levels = TargetLevels(content)
        if levels.count == 1, content.nullCount > 0 {
            throw .emptyForNo(
                column: content.name,
                level: levels.names[0],
                count: content.filledCount,
                empty: content.nullCount
            )
        }
        guard levels.count > 1 else {
            throw .targetLevels(column: content.name, levels: levels.names)
        }
        let yes = try positive.map { level throws(SchemaInferenceError) in
            guard let found = levels.spelling(of: level) else {
                throw .unknownPositive(level, column: content.name, levels: levels.names)
            }
            return found
        }
        let no = try negative.map { level throws(SchemaInferenceError) in
            guard let found = levels.spelling(of: level) else {
                throw .unknownNegative(level, column: content.name, levels: levels.names)
            }
            return found
        }
        if let yes, yes == no { throw .sameLevel(yes, column: content.name) }
        return levels.count == 2
            ? try meaning(ofTwo: levels, yes, no, column: content.name)
            : try meaning(ofMany: levels, yes, no, column: content.name)
    }

    private func meaning(
        ofTwo levels: TargetLevels,
        _ yes: String?,
        _ no: String?,
        column: String
    ) throws(SchemaInferenceError) -> Schema.Target {
        func other(than level: String) -> String { levels.names.first { $0 != level } ?? level }
        if let level = yes ?? no.map(other) {
            return Schema.Target(column: column, positive: level, negative: other(than: level))
        }
        guard let known = BooleanWords.targetMeaning(of: levels.names) else {
            throw .unknownMeaning(column: column, levels: levels.names)
        }
        return Schema.Target(column: column, positive: known.yes, negative: known.no)
    }

    private func meaning(
        ofMany levels: TargetLevels,
        _ yes: String?,
        _ no: String?,
        column: String
    ) throws(SchemaInferenceError) -> Schema.Target {
        if let yes, let no {
            return Schema.Target(column: column, positive: yes, negative: no, others: .exclude)
        }
        if let yes, rest, let no = levels.mostFrequent(but: yes) {
            return Schema.Target(column: column, positive: yes, negative: no, others: .negative)
        }
        // A column of many numbers is no target; one of a few words may be, once their meaning is said.
        guard levels.count <= ColumnContent.fewNumbers else {
            throw .targetLevels(column: column, levels: levels.names)
        }
        let leaving = levels.names.filter(BooleanWords.meansLeaving)
        let positive = yes ?? (leaving.count == 1 ? leaving[0] : nil)
        throw .targetChoice(
            column: column,
            levels: levels.names,
            positive: positive,
            negative: positive.flatMap(levels.mostFrequent(but:))
        )
    }
}

/// What stands in the target's column of the whole file.
struct TargetContent {
    let meaning: Schema.Target
    let column: Int
    let inference: ColumnInference
    let evidence: ColumnEvidence
    /// Whether the customer of each row left, malformed records counted; nil where that is not known.
    let labels: [Bool?]
    let unlabelled: UnlabelledRows

    /// Rows of customers who left.
    var positives: Int { labels.count { $0 == true } }

    /// Reads the column.
    ///
    /// - Throws: `SchemaInferenceError` where its levels don't say who left.
    init(
        _ inference: SchemaInference,
        _ content: ColumnContent,
        column: Int,
        _ batches: [RecordBatch],
        _ nulls: NullWords
    ) throws(SchemaInferenceError) {
        meaning = try inference.targetMeaning(content)
        self.column = column
        let rule = TargetRule(meaning, nulls: nulls)
        var labels: [Bool?] = []
        var unlabelled = UnlabelledRows()
        for batch in batches {
            var violations: [SchemaViolation] = []
            let found = rule.decode(batch, column: column, violations: &violations)
            var own = found.values.map(Optional.some)
            let unknown =
                found.unlabelledRows + violations.map(\.row) + batch.malformed.map(\.row)
            for row in unknown { own[row] = nil }
            labels += own
            unlabelled.add(found.unlabelled)
        }
        self.labels = labels
        self.unlabelled = unlabelled
        self.inference = ColumnInference(target: meaning, unlabelled)
        evidence = ColumnEvidence(content, self.inference)
    }
}

/// The levels of a target; spellings that differ by case alone and the like are one level.
private struct TargetLevels {
    /// The most frequent spelling of each, and how many rows have any.
    private var found: [(word: String, spelling: String, most: Int, count: Int)] = []

    init(_ content: ColumnContent) {
        let levels =
            content.levels
            ?? content.distinctNumbers.map { (numberText($0), 1) } + content.texts
        var places: [String: Int] = [:]
        for (text, count) in levels {
            let word = BooleanWords.word(text)
            guard let place = places[word] else {
                places[word] = found.count
                found.append((word, text, count, count))
                continue
            }
            found[place].count += count
            if count > found[place].most {
                (found[place].spelling, found[place].most) = (text, count)
            }
        }
    }

    var count: Int { found.count }
    var names: [String] { found.map(\.spelling) }

    /// The level that a person means.
    func spelling(of level: String) -> String? {
        found.first { $0.spelling == level }?.spelling
            ?? found.first { $0.word == BooleanWords.word(level) }?.spelling
    }

    func mostFrequent(but level: String) -> String? {
        let others = found.filter { $0.spelling != level }
        let most = others.map(\.count).max()
        return others.first { $0.count == most }?.spelling
    }
}

extension ColumnInference {
    /// The target's column.
    init(target: Schema.Target, _ unlabelled: UnlabelledRows) {
        column = ColumnSchema(
            name: target.column,
            role: .target,
            type: .boolean(no: target.negative, yes: target.positive)
        )
        reason = unlabelled.summary(target: target.column) ?? ""
    }
}
