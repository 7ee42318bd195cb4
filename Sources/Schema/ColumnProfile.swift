import Tabular

/// What stands in one column of the whole file.
struct ColumnProfile {
    let name: String
    /// Number of records.
    let rowCount: Int
    /// The numbers, in the order of the file.
    let numbers: [Double]
    /// The fields that are neither empty nor a number, with their counts, sorted.
    let texts: [(text: String, count: Int)]
    /// The line on which the first of `texts` to occur stands.
    let firstTextLine: Int?
    /// Number of empty fields, null values included.
    let nullCount: Int
    /// The null values other than an empty field that occur, sorted.
    let nullWords: [String]
    /// The distinct numbers, ascending.
    let distinctNumbers: [Double]
    /// The distinct spellings of the numbers with their counts, sorted; nil above `fewNumbers` values.
    let spellings: [(text: String, count: Int)]?
    /// True where a number starts with a zero that is none of its value, as in the ZIP code 02134.
    let hasLeadingZeros: Bool

    /// Up to so many distinct numbers are also kept as they are spelled.
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
    init(name: String, column: Int, batches: [RecordBatch], nulls: NullWords, decimalComma: Bool) {
        self.name = name
        var numbers: [Double] = []
        var texts: [ExactText: Int] = [:]
        var nullWords: Set<ExactText> = []
        var nullCount = 0
        var firstTextLine: Int?
        for batch in batches {
            let values = batch.numbers(column: column, decimalComma: decimalComma).values
            let malformed = Set(batch.malformed.map(\.row))
            for row in values.indices {
                if values[row].isFinite {
                    numbers.append(values[row])
                    continue
                }
                if malformed.contains(row) { continue }
                let text = batch.text(row: row, column: column)
                if nulls.contains(text) {
                    nullCount += 1
                    if !text.trimmed.isEmpty { nullWords.insert(ExactText(String(text.trimmed))) }
                } else if let value = number(in: text, decimalComma: decimalComma) {
                    numbers.append(value)
                } else {
                    texts[ExactText(text), default: 0] += 1
                    firstTextLine = firstTextLine ?? batch.line(row: row)
                }
            }
        }
        rowCount = batches.reduce(0) { $0 + $1.rowCount - $1.malformed.count }
        self.nullCount = nullCount
        self.firstTextLine = firstTextLine
        self.nullWords = nullWords.sorted().map(\.string)
        self.numbers = numbers
        self.texts = sortedCounts(texts)
        distinctNumbers = distinct(numbers)
        isWhole = distinctNumbers.allSatisfy { $0 == $0.rounded() }
        (spellings, hasLeadingZeros) = Self.spellings(
            column: column,
            batches: batches,
            decimalComma: decimalComma,
            hasNumbers: !numbers.isEmpty,
            few: distinctNumbers.count <= Self.fewNumbers,
            isWhole: isWhole
        )
    }

    /// Looks at the numbers a second time, as they are spelled.
    private static func spellings(
        column: Int,
        batches: [RecordBatch],
        decimalComma: Bool,
        hasNumbers: Bool,
        few: Bool,
        isWhole: Bool
    ) -> (counts: [(text: String, count: Int)]?, hasLeadingZeros: Bool) {
        guard hasNumbers else { return ([], false) }
        guard few || isWhole else { return (nil, false) }
        var counts: [ExactText: Int] = [:]
        var hasLeadingZeros = false
        for batch in batches {
            let values = batch.numbers(column: column, decimalComma: decimalComma).values
            for row in values.indices {
                let text = batch.text(row: row, column: column)
                guard values[row].isFinite || number(in: text, decimalComma: decimalComma) != nil
                else { continue }
                if few { counts[ExactText(String(text.trimmed)), default: 0] += 1 }
                hasLeadingZeros = hasLeadingZeros || startsWithNeedlessZero(text)
            }
        }
        return (few ? sortedCounts(counts) : nil, hasLeadingZeros)
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
