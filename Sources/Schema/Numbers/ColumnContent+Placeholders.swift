/// Words for nothing among other fields.
extension ColumnContent {
    /// Takes the words that stand for nothing out of the texts where all others are numbers, or no and yes.
    ///
    /// In a column of levels they stay: there, "-" may mean something.
    ///
    /// - Returns: The words that count as empty from now on, sorted.
    mutating func takePlaceholders() -> [String] {
        let words = texts.filter { Placeholder.isOne($0.text) }
        let others = texts.filter { !Placeholder.isOne($0.text) }
        guard !words.isEmpty, isClear(without: words, others) else {
            restoreLevels()
            return takeOnlyWord()
        }
        return take(words)
    }

    /// Whether a column without its placeholders is one of numbers, or of no and yes.
    private func isClear(
        without words: [(text: String, count: Int)],
        _ others: [(text: String, count: Int)]
    ) -> Bool {
        let filled = filledCount - words.reduce(0) { $0 + $1.count }
        let rest = others.reduce(0) { $0 + $1.count }
        if !numbers.isEmpty, !hasLeadingZeros {
            if rest == 0 { return true }
            if distinctNumbers.count > Self.fewNumbers, rest * 10 <= filled { return true }
        }
        guard let spellings else { return false }
        return BooleanWords.meaning(of: (spellings + others).map(\.text)) != nil
    }

    /// The same for a word that is known to nobody, where it is the only one beside many different numbers.
    private mutating func takeOnlyWord() -> [String] {
        guard texts.count == 1, distinctNumbers.count > Self.fewNumbers, !hasLeadingZeros,
            texts[0].count * 10 > filledCount
        else { return [] }
        return take(texts)
    }

    private mutating func take(_ words: [(text: String, count: Int)]) -> [String] {
        let names = words.map(\.text)
        texts.removeAll { names.contains($0.text) }
        nullCount += words.reduce(0) { $0 + $1.count }
        nullWordCounts = (nullWordCounts + words).sorted { ExactText($0.text) < ExactText($1.text) }
        return names.map { String($0.trimmed) }
    }

    /// A null value that is a word of everyday language stays a level among levels: no contract is a kind of contract.
    private mutating func restoreLevels() {
        guard numbers.isEmpty, texts.count > 1,
            let index = nullWordCounts.firstIndex(where: { $0.text == "None" }),
            BooleanWords.meaning(of: texts.map(\.text)) == nil
        else { return }
        let word = nullWordCounts.remove(at: index)
        nullCount -= word.count
        texts = (texts + [word]).sorted { ExactText($0.text) < ExactText($1.text) }
    }
}

extension ColumnInference {
    /// Notes how the column's numbers are written, which words count as empty, and what a person should know of both.
    mutating func note(
        _ decision: NumberForms.Decision,
        emptyWords: [String],
        _ profile: ColumnContent
    ) {
        if column.type.kind == .number, let form = decision.form {
            column.format = form
            add("written like \(form.example)")
        }
        column.nullWords = emptyWords
        if !emptyWords.isEmpty {
            add("\(listed(emptyWords)) \(emptyWords.count == 1 ? "counts" : "count") as empty")
        }
        if column.role != .constant, !decision.remark.isEmpty { add(decision.remark) }
        guard column.role == .feature, case .level = column.type.coding else { return }
        for level in profile.texts where Placeholder.isOne(level.text) {
            let share = percentText(Double(level.count) / Double(max(1, profile.filledCount)))
            add(
                "\(quoted(level.text)) (\(share)) is taken for a level; "
                    + "if it means empty, take it out of levels and add it to null_values"
            )
        }
    }

    private mutating func add(_ remark: String) {
        reason += reason.isEmpty ? remark : "; \(remark)"
    }
}
