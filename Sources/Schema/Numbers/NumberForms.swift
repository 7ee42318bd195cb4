import Tabular

/// Decides how the numbers of each column are written, from all values of all columns.
///
/// A column often tells by itself: `1,234.50` has groups, 12.5 has not. Where it holds nothing but numbers such as 8.105
/// and 950, the other columns of the file tell, and where they don't either, a person is asked: a guess would read values
/// a thousand times too small or too great.
struct NumberForms {
    typealias Mark = WrittenNumber.Mark

    /// What was decided for a column.
    struct Decision: Equatable {
        /// Nil where the numbers are plain, or where there are none.
        var form: NumberForm?
        /// What a person should know; empty for most columns.
        var remark = ""
    }

    /// In the order of the header.
    private(set) var decisions: [Decision] = []

    /// The decimal sign of plain numbers.
    private let plain: Mark
    private let isCommaDelimited: Bool
    /// The marks that are decimal signs, and those that part thousands, beyond doubt in some column.
    private var decimals: Set<Mark> = []
    private var groups: Set<Mark> = []

    /// Looks at all columns.
    ///
    /// - Parameters:
    ///   - header: Names of the columns.
    ///   - batches: All records.
    ///   - nulls: What counts as empty.
    ///   - dialect: How the file is written.
    ///   - given: The forms that a person has named, by column; the target's column has none.
    /// - Throws: `doubtfulNumbers` where a person must be asked.
    init(
        header: [String],
        batches: [RecordBatch],
        nulls: NullWords,
        dialect: CSVDialect,
        given: [String: NumberForm?]
    ) throws(SchemaInferenceError) {
        plain = dialect.decimalComma ? .comma : .point
        isCommaDelimited = dialect.delimiter == UInt8(ascii: ",")
        let tallies = header.indices.map { column in
            NumberTally(
                column: column,
                batches: batches,
                nulls: nulls,
                decimalComma: dialect.decimalComma
            )
        }
        for tally in tallies where tally.readsAsNumbers { learn(from: tally) }
        for (column, name) in header.enumerated() {
            if let form = given[name] {
                decisions.append(Decision(form: form))
                continue
            }
            let outcome = decide(tallies[column])
            guard case .doubtful(let mark) = outcome else {
                decisions.append(decision(outcome, tallies[column]))
                continue
            }
            throw .doubtfulNumbers(
                column: name,
                example: Self.example(of: mark, column: column, batches: batches),
                point: mark == .point
            )
        }
    }

    /// Takes what a column proves: one field in a hundred at least, so that a typing mistake proves nothing.
    private mutating func learn(from tally: NumberTally) {
        for (mark, count) in tally.decimal where count > 0 && count * 100 >= tally.written {
            decimals.insert(mark)
        }
        for (mark, count) in tally.grouped where count > 0 && count * 100 >= tally.written {
            groups.insert(mark)
        }
    }

    /// What the marks of a column mean.
    private enum Outcome {
        /// The decimal sign, where one was seen, and what parts thousands.
        case numbers(decimal: Mark?, group: Mark?, remark: String)
        case doubtful(Mark)
        /// They can't be read as numbers of one form.
        case mixed(String)
        case text
    }

    private func decide(_ tally: NumberTally) -> Outcome {
        guard tally.readsAsNumbers, tally.isMostlyNumbers else { return .text }
        guard let decimal = Self.prevailing(tally.decimal) else {
            return .mixed("some fields have decimal points, others decimal commas; write all alike")
        }
        guard let group = Self.prevailing(tally.grouped),
            decimal.mark == nil || decimal.mark != group.mark
        else { return .mixed("thousands are parted in more than one way; write all alike") }
        let open = Mark.allCases.filter { tally.doubtful[$0, default: 0] > 0 }
        guard let mark = open.first else {
            return .numbers(decimal: decimal.mark, group: group.mark, remark: "")
        }
        guard open.count == 1 else {
            return decimal.mark == nil && group.mark == nil
                ? .doubtful(mark) : settled(decimal.mark, group.mark, open, tally)
        }
        if decimal.mark == nil, group.mark == nil { return byTheFile(mark, tally) }
        return settled(decimal.mark, group.mark, open, tally)
    }

    /// The meaning of doubtful fields where others of the column show what their marks are.
    private func settled(
        _ decimal: Mark?,
        _ group: Mark?,
        _ open: [Mark],
        _ tally: NumberTally
    ) -> Outcome {
        var (decimal, group) = (decimal, group)
        for mark in open where mark != group {
            if mark == decimal {
                // One field in a hundred may be a typing mistake, unless it begins with zero.
                let count = tally.doubtful[mark, default: 0]
                let isProven =
                    tally.zeros[mark, default: 0] > 0 || count < 50
                    || tally.decimal[mark, default: 0] * 100 > count
                if !isProven { return .doubtful(mark) }
            } else if group == nil {
                group = mark
            } else if decimal == nil {
                decimal = mark
            } else {
                return .doubtful(mark)
            }
        }
        return .numbers(decimal: decimal, group: group, remark: "")
    }

    /// The meaning of a column of which no field tells what the mark is.
    private func byTheFile(_ mark: Mark, _ tally: NumberTally) -> Outcome {
        let thousands = Outcome.numbers(decimal: nil, group: mark, remark: "")
        let percents = Self.sortedAffixes(tally).first { $0.text == "%" }?.count ?? 0
        let amounts = tally.affixes.values.reduce(0) { $0 + $1.before + $1.behind } - percents
        if percents * 10 >= tally.written * 9 {
            return .numbers(decimal: mark, group: nil, remark: "")
        }
        // Money has cents, or none: three decimals beside none at all are thousands.
        if amounts * 10 >= tally.written * 9, tally.bare > 0, tally.long == 0 { return thousands }
        if groups.contains(mark) {
            return decimals.contains(mark) || tally.long > 0 ? .doubtful(mark) : thousands
        }
        // Whole numbers beside them are no decimals cut short: of these, one in ten ends with a zero.
        let isUniform = tally.bare + tally.long == 0
        let isKnown = decimals.contains(mark) && decimals.count == 1
        if isUniform, isKnown { return .numbers(decimal: mark, group: nil, remark: "") }
        guard tally.long == 0 else { return .doubtful(mark) }
        switch mark {
        case .comma:
            if decimals == [.point] { return thousands }
            let isPlainly =
                decimals.isEmpty && isCommaDelimited && tally.doubtful[mark, default: 0] >= 30
            return isPlainly && !isUniform ? thousands : .doubtful(mark)
        case .point:
            guard isUniform, decimals.isEmpty, isCommaDelimited else { return .doubtful(mark) }
            let remark = "three decimals throughout; format: 1.234 if the point parts thousands"
            return .numbers(decimal: mark, group: nil, remark: remark)
        case .space, .apostrophe: return thousands
        }
    }

    private func decision(_ outcome: Outcome, _ tally: NumberTally) -> Decision {
        switch outcome {
        case .text, .doubtful: return Decision(remark: Self.partly(tally))
        case .mixed(let remark): return Decision(remark: remark)
        case .numbers(let decimal, let group, let remark):
            guard let affix = Self.affix(tally) else {
                return Decision(remark: Self.mixedAffixes(tally))
            }
            let needsDecimal = decimal != nil && (decimal != plain || decimals.count > 1)
            guard group != nil || affix.text != "" || tally.unusual > 0 || needsDecimal else {
                return Decision(remark: remark)
            }
            return Decision(
                form: Self.form(decimal ?? Self.sign(beside: group) ?? plain, group, affix, tally),
                remark: remark
            )
        }
    }

    private static func form(
        _ decimal: Mark,
        _ group: Mark?,
        _ affix: (text: String, leads: Bool),
        _ tally: NumberTally
    ) -> NumberForm {
        let hasThree = tally.hasThreeDecimals || tally.doubtful[decimal, default: 0] > 0
        // What parts thousands tells the decimal sign where it is a point or a comma; else the example has to show it.
        let least = sign(beside: group) == nil ? 1 : 0
        return NumberForm(
            decimal: decimal,
            group: group,
            decimals: hasThree ? 3 : min(2, max(least, tally.decimals)),
            affix: affix.text,
            affixLeads: affix.leads
        )
    }

    /// The decimal sign that goes with what parts thousands.
    private static func sign(beside group: Mark?) -> Mark? {
        switch group {
        case .point: .comma
        case .comma: .point
        case .space, .apostrophe, nil: nil
        }
    }

    /// The mark with nearly all counts; its own value is nil where nothing was counted, and it is nil where two compete.
    private static func prevailing(_ counts: [Mark: Int]) -> (mark: Mark?, count: Int)? {
        let total = counts.values.reduce(0, +)
        guard let best = Mark.allCases.max(by: { counts[$0, default: 0] < counts[$1, default: 0] }),
            total > 0
        else { return (nil, 0) }
        let count = counts[best, default: 0]
        return (total - count) * 100 <= total ? (best, count) : nil
    }

    /// The first doubtful field.
    private static func example(of mark: Mark, column: Int, batches: [RecordBatch]) -> String {
        for batch in batches {
            for row in 0 ..< batch.rowCount {
                let text = batch.text(row: row, column: column)
                if WrittenNumber(text)?.evidence == .doubtful(mark) { return String(text.trimmed) }
            }
        }
        return ""
    }
}
