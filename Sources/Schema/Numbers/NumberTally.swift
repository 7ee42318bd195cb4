import Tabular

/// How the numbers of one column are written, counted over all of its fields.
struct NumberTally {
    typealias Mark = WrittenNumber.Mark

    /// Fields that are neither empty nor a word for nothing.
    private(set) var filled = 0
    /// Of these, the fields that are numbers in some form.
    private(set) var written = 0
    /// The other fields, the first few different ones.
    private(set) var words: [ExactText] = []
    /// Whole numbers of up to three digits, and of more.
    private(set) var bare = 0
    private(set) var long = 0
    /// Plain zeros, which need no percent sign.
    private(set) var nothings = 0
    /// Numbers for which a mark is the decimal sign beyond doubt.
    private(set) var decimal: [Mark: Int] = [:]
    /// Of these, the ones with a zero before the mark.
    private(set) var zeros: [Mark: Int] = [:]
    /// Numbers whose groups a mark parts beyond doubt.
    private(set) var grouped: [Mark: Int] = [:]
    /// Numbers with one mark before three digits.
    private(set) var doubtful: [Mark: Int] = [:]
    /// Numbers with a minus or parentheses that plain numbers have not.
    private(set) var unusual = 0
    /// How often each currency sign, or the percent sign, stands before and behind a number.
    private(set) var affixes: [ExactText: (before: Int, behind: Int)] = [:]
    /// The most digits behind a decimal sign.
    private(set) var decimals = 0
    /// Whether numbers that are not doubtful have three.
    private(set) var hasThreeDecimals = false

    /// More different words than this are not kept.
    private static let fewWords = 5
    /// As many fields tell that a column is text.
    private static let sample = 2_000

    /// Looks at one column of all batches; of a column of texts, at its beginning.
    ///
    /// - Complexity: O(bytes of the column), and more for fields that are no plain numbers.
    init(column: Int, batches: [RecordBatch], nulls: NullWords, decimalComma: Bool) {
        let plain: Mark = decimalComma ? .comma : .point
        for batch in batches {
            let (values, invalid) = batch.numbers(column: column, decimalComma: decimalComma)
            var empty = 0
            for row in values.indices where values[row].isNaN { empty += 1 }
            empty -= invalid.count
            filled += batch.rowCount - empty - invalid.count
            written += batch.rowCount - empty - invalid.count
            take(
                batch.decimalTally(column: column, separator: decimalComma ? 0x2C : 0x2E),
                plain
            )
            for row in invalid {
                take(batch.text(row: row, column: column), nulls)
                if filled > Self.sample, written * 4 < filled { return }
            }
        }
    }

    private mutating func take(_ tally: DecimalTally, _ mark: Mark) {
        bare += tally.bare
        long += tally.long
        nothings += tally.nothings
        decimal[mark, default: 0] += tally.decimal
        zeros[mark, default: 0] += tally.zeros
        doubtful[mark, default: 0] += tally.doubtful
        decimals = max(decimals, tally.decimals)
        hasThreeDecimals = hasThreeDecimals || tally.hasThree
    }

    private mutating func take(_ text: String, _ nulls: NullWords) {
        guard !nulls.contains(text), !Placeholder.isOne(text) else { return }
        filled += 1
        let number = WrittenNumber(text)
        switch number?.evidence {
        case .none?, nil:
            let word = ExactText(String(text.trimmed))
            if words.count < Self.fewWords, !words.contains(word) { words.append(word) }
            return
        case .bare(let isLong)?: if isLong { long += 1 } else { bare += 1 }
        case .decimal(let mark, let isZero)?:
            decimal[mark, default: 0] += 1
            if isZero { zeros[mark, default: 0] += 1 }
            note(decimals: number?.digits.last?.count ?? 0)
        case .grouped(let mark, let sign)?:
            grouped[mark, default: 0] += 1
            if let sign {
                decimal[sign, default: 0] += 1
                note(decimals: number?.digits.last?.count ?? 0)
            }
        case .doubtful(let mark)?: doubtful[mark, default: 0] += 1
        }
        written += 1
        guard let number else { return }
        if number.isUnusual { unusual += 1 }
        guard !number.affix.isEmpty else { return }
        var count = affixes[ExactText(number.affix)] ?? (0, 0)
        if number.affixLeads { count.before += 1 } else { count.behind += 1 }
        affixes[ExactText(number.affix)] = count
    }

    private mutating func note(decimals count: Int) {
        decimals = max(decimals, count)
        if count == 3 { hasThreeDecimals = true }
    }

    /// Numbers throughout, or but for a few mistakes, or but for one word.
    var readsAsNumbers: Bool {
        written > 0 && ((filled - written) * 10 <= filled || words.count == 1)
    }

    /// Whether most fields are numbers.
    var isMostlyNumbers: Bool { written > 0 && written * 2 >= filled }
}
