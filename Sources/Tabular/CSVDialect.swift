/// How a CSV file is written.
public struct CSVDialect: Equatable, Sendable {
    /// The byte between fields: comma, semicolon or tab.
    public var delimiter: UInt8
    /// Whether numbers are written 3,14 instead of 3.14.
    public var decimalComma: Bool

    /// Creates a dialect; by default that of RFC 4180.
    public init(delimiter: UInt8 = UInt8(ascii: ","), decimalComma: Bool = false) {
        self.delimiter = delimiter
        self.decimalComma = decimalComma
    }

    static let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]

    /// Finds the dialect of a text from its beginning.
    ///
    /// The delimiter is the one with which most records have as many fields as the first one, two at
    /// least; of equals, the one that gives more fields. A decimal comma is looked for where a
    /// semicolon delimits, and found where more fields read `3,14` than `3.14`.
    ///
    /// - Parameters:
    ///   - bytes: The beginning of the text.
    ///   - isWhole: Whether the text ends with `bytes`; else the last record is left out.
    init(detecting bytes: ArraySlice<UInt8>, isWhole: Bool) {
        var best = (agreement: 0.0, fields: 1, delimiter: UInt8(ascii: ","))
        for delimiter in Self.candidates {
            let records = Self.records(bytes, delimiter: delimiter, isWhole: isWhole)
            guard let fields = records.first?.count, fields > 1 else { continue }
            let agreeing = records.count { $0.count == fields }
            let agreement = Double(agreeing) / Double(records.count)
            if (agreement, fields) > (best.agreement, best.fields) {
                best = (agreement, fields, delimiter)
            }
        }
        delimiter = best.delimiter
        decimalComma = false
        guard delimiter == UInt8(ascii: ";") else { return }
        var commas = 0
        var points = 0
        for record in Self.records(bytes, delimiter: delimiter, isWhole: isWhole).dropFirst() {
            for field in record {
                if Self.isFraction(field, separator: UInt8(ascii: ",")) { commas += 1 }
                if Self.isFraction(field, separator: UInt8(ascii: ".")) { points += 1 }
            }
        }
        decimalComma = commas > points
    }

    private static func records(
        _ bytes: ArraySlice<UInt8>,
        delimiter: UInt8,
        isWhole: Bool
    ) -> [[[UInt8]]] {
        var records: [[[UInt8]]] = []
        var cursor = RecordCursor(bytes, delimiter: delimiter)
        while let record = cursor.next() {
            if !isWhole, !records.isEmpty, cursor.isAtEnd { break }
            records.append(record.fields)
        }
        return records
    }

    /// Whether the field is digits, one separator and digits, perhaps signed.
    private static func isFraction(_ field: [UInt8], separator: UInt8) -> Bool {
        let unsigned = field.first == UInt8(ascii: "-") ? field[1...] : field[...]
        let parts = unsigned.split(separator: separator, omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy { part in
                !part.isEmpty && part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            }
    }
}
