import Tabular

/// What stands in one column of the whole file.
struct ColumnContent {
    let name: String
    /// Number of records.
    let rowCount: Int
    /// The numbers, in the order of the file.
    let numbers: [Double]
    /// The row of each, from 0, malformed records counted.
    let places: [Int]
    /// The fields that are neither empty nor a number, with their counts, sorted.
    var texts: [(text: String, count: Int)]
    /// The line on which the first of `texts` to occur stands.
    let firstTextLine: Int?
    /// Number of empty fields, null values included.
    var nullCount: Int
    /// The null values other than an empty field that occur with their counts, sorted.
    var nullWordCounts: [(text: String, count: Int)]
    /// The same without counts.
    var nullWords: [String] { nullWordCounts.map(\.text) }
    /// The distinct numbers, ascending.
    let distinctNumbers: [Double]
    /// The distinct spellings of the numbers with their counts, sorted; nil where there are many numbers and nothing but
    /// numbers.
    let spellings: [(text: String, count: Int)]?
    /// True where a number starts with a zero that is none of its value, as in the ZIP code 02134.
    let hasLeadingZeros: Bool

    /// Up to this many distinct numbers are also kept as they are spelled.
    static let fewNumbers = 20

    /// Number of fields that are not empty.
    var filledCount: Int { rowCount - nullCount }
    /// Number of fields that are neither empty nor a number.
    var textCount: Int { filledCount - numbers.count }
    /// Number of distinct fields that are not empty.
    var distinctCount: Int { distinctNumbers.count + texts.count }
    /// True where every number is whole.
    let isWhole: Bool

    /// Every distinct field with its count, numbers included; nil where there are many numbers.
    var levels: [(text: String, count: Int)]? {
        spellings.map { $0 + texts }.map { pairs in
            pairs.sorted { ExactText($0.text) < ExactText($1.text) }
        }
    }

    /// Reads one column of all batches.
    ///
    /// - Complexity: O(*n* log *n*) for *n* records.
    init(
        name: String,
        column: Int,
        batches: [RecordBatch],
        nulls: NullWords,
        numbers reader: NumberReader
    ) {
        self.name = name
        var numbers: [Double] = []
        var places: [Int] = []
        var first = 0
        var texts: [ExactText: Int] = [:]
        var nullWords: [ExactText: Int] = [:]
        var nullCount = 0
        var firstTextLine: Int?
        for batch in batches {
            let values = reader.numbers(batch, column: column)
            let malformed = Set(batch.malformed.map(\.row))
            for row in values.indices {
                if values[row].isFinite {
                    numbers.append(values[row])
                    places.append(first + row)
                    continue
                }
                if malformed.contains(row) { continue }
                let text = batch.text(row: row, column: column)
                if nulls.contains(text) {
                    nullCount += 1
                    let word = String(text.trimmed)
                    if !word.isEmpty { nullWords[ExactText(word), default: 0] += 1 }
                } else if let value = reader.read(text) {
                    numbers.append(value)
                    places.append(first + row)
                } else {
                    texts[ExactText(text), default: 0] += 1
                    firstTextLine = firstTextLine ?? batch.line(row: row)
                }
            }
            first += batch.rowCount
        }
        rowCount = batches.reduce(0) { $0 + $1.rowCount - $1.malformed.count }
        self.nullCount = nullCount
        self.firstTextLine = firstTextLine
        nullWordCounts = sortedCounts(nullWords)
        self.numbers = numbers
        self.places = places
        self.texts = sortedCounts(texts)
        distinctNumbers = distinct(numbers)
        isWhole = distinctNumbers.allSatisfy { $0 == $0.rounded() }
        (spellings, hasLeadingZeros) = Self.spellings(
            column: column,
            batches: batches,
            reader: reader,
            hasNumbers: !numbers.isEmpty,
            few: distinctNumbers.count <= Self.fewNumbers
                || !Self.areNumbers(numbers.count, texts: self.texts.reduce(0) { $0 + $1.count }),
            isWhole: isWhole
        )
    }

    /// Whether so many numbers and other texts are numbers but for mistakes.
    static func areNumbers(_ numbers: Int, texts: Int) -> Bool { texts * 10 <= numbers + texts }

    /// Looks at the numbers a second time, as they are spelled.
    private static func spellings(
        column: Int,
        batches: [RecordBatch],
        reader: NumberReader,
        hasNumbers: Bool,
        few: Bool,
        isWhole: Bool
    ) -> (counts: [(text: String, count: Int)]?, hasLeadingZeros: Bool) {
        guard hasNumbers else { return ([], false) }
        guard few || isWhole else { return (nil, false) }
        var hasLeadingZeros = false
        func count() -> [ExactText: Int] {
            var counts: [ExactText: Int] = [:]
            for batch in batches {
                let values = reader.numbers(batch, column: column)
                for row in values.indices {
                    let text = batch.text(row: row, column: column)
                    guard values[row].isFinite || reader.read(text) != nil else { continue }
                    if few || hasLeadingZeros {
                        counts[ExactText(String(text.trimmed)), default: 0] += 1
                    }
                    hasLeadingZeros = hasLeadingZeros || startsWithNeedlessZero(text)
                }
            }
            return counts
        }
        var counts = count()
        // They are codes, of which each spelling matters.
        if hasLeadingZeros, !few { counts = count() }
        return (few || hasLeadingZeros ? sortedCounts(counts) : nil, hasLeadingZeros)
    }
}

/// The texts that count as an empty field.
struct NullWords: Sendable {
    let words: Set<ExactText>

    private let longest: Int

    init(_ words: [String]) {
        self.words = Set(words.map(ExactText.init))
        longest = words.map(\.utf8.count).max() ?? 0
    }

    /// These words, and those of a column of its own.
    func adding(_ others: [String]) -> NullWords {
        others.isEmpty ? self : NullWords(words.map(\.string) + others)
    }

    /// True for a blank field and for a null value, white space around it ignored.
    func contains(_ text: String) -> Bool {
        let trimmed = text.trimmed
        guard trimmed.utf8.count <= longest else { return false }
        return trimmed.isEmpty || words.contains(ExactText(String(trimmed)))
    }
}

/// The finite number that a field holds with white space around it ignored, or nil.
package func number(in text: String, decimalComma: Bool) -> Double? {
    let trimmed = text.trimmed
    let mark = UInt8(ascii: decimalComma ? "," : ".")
    // Double(_:) also takes nan, inf and hexadecimal digits, which are no numbers in a CSV file.
    let isNumeric = trimmed.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "0") ... UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"): true
        case UInt8(ascii: "e"), UInt8(ascii: "E"), mark: true
        default: false
        }
    }
    guard isNumeric,
        let value = Double(
            decimalComma ? String(trimmed.map { $0 == "," ? "." : $0 }) : String(trimmed)
        ),
        value.isFinite
    else { return nil }
    return value
}

private func startsWithNeedlessZero(_ text: String) -> Bool {
    let bytes = text.trimmed.utf8
    guard bytes.first == UInt8(ascii: "0"), let second = bytes.dropFirst().first else {
        return false
    }
    return (UInt8(ascii: "0") ... UInt8(ascii: "9")).contains(second)
}

private func distinct(_ values: [Double]) -> [Double] {
    var result: [Double] = []
    for value in values.sorted() where value != result.last { result.append(value) }
    return result
}

private func sortedCounts(_ counts: [ExactText: Int]) -> [(text: String, count: Int)] {
    counts.sorted { $0.key < $1.key }.map { ($0.key.string, $0.value) }
}
