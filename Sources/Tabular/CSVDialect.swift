/// How a CSV file is written.
public struct CSVDialect: Equatable, Sendable {
    /// The byte between fields: comma, semicolon, tab or bar; a blank where nothing else parts them.
    public var delimiter: UInt8
    /// Whether numbers are written 3,14 instead of 3.14.
    public var decimalComma: Bool

    /// Creates a dialect; by default that of RFC 4180.
    public init(delimiter: UInt8 = UInt8(ascii: ","), decimalComma: Bool = false) {
        self.delimiter = delimiter
        self.decimalComma = decimalComma
    }

    static let candidates = [",", ";", "\t", "|"].map { UInt8(ascii: $0) }

    /// Finds the dialect of a text from its beginning.
    ///
    /// The delimiter is the one with which most records have as many fields as the first one, two at
    /// least; of equals, the one that gives more fields. A decimal comma is found where more fields
    /// read `3,14` than `3.14`. One mark before three digits may part thousands, and counts only
    /// where no other field tells and commas can't delimit.
    ///
    /// - Parameters:
    ///   - bytes: The beginning of the text.
    ///   - isWhole: Whether the text ends with `bytes`; else the last record is left out.
    ///   - known: The delimiter, where the file says it.
    init(detecting bytes: ArraySlice<UInt8>, isWhole: Bool, delimiter known: UInt8? = nil) {
        var best = (agreement: 0.0, fields: 1, delimiter: UInt8(ascii: ","))
        for delimiter in known.map({ [$0] }) ?? Self.candidates {
            let records = Self.records(bytes, delimiter: delimiter, isWhole: isWhole)
            guard let fields = records.first?.count, fields > 1 else { continue }
            let agreeing = records.count { $0.count == fields }
            let agreement = Double(agreeing) / Double(records.count)
            if (agreement, fields) > (best.agreement, best.fields) {
                best = (agreement, fields, delimiter)
            }
        }
        if known == nil, best.agreement == 0,
            Self.isParted(Self.records(bytes, delimiter: UInt8(ascii: " "), isWhole: isWhole))
        {
            best.delimiter = UInt8(ascii: " ")
        }
        delimiter = known ?? best.delimiter
        var commas = (sure: 0, doubtful: 0)
        var points = (sure: 0, doubtful: 0)
        for record in Self.records(bytes, delimiter: delimiter, isWhole: isWhole).dropFirst() {
            for field in record {
                Self.count(field, separator: UInt8(ascii: ","), in: &commas)
                Self.count(field, separator: UInt8(ascii: "."), in: &points)
            }
        }
        decimalComma =
            if commas.sure > 0 || points.sure > 0 {
                commas.sure > points.sure
            } else {
                delimiter != UInt8(ascii: ",") && commas.doubtful > points.doubtful
            }
    }

    /// Whether blanks part fields, as R's tables have it: as many in each row, or one more, the row's name.
    private static func isParted(_ records: [[[UInt8]]]) -> Bool {
        guard let names = records.first?.count, names > 1, records.count > 1 else { return false }
        let rows = records.dropFirst()
        return rows.allSatisfy { $0.count == names } || rows.allSatisfy { $0.count == names + 1 }
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

    /// Counts a field that is digits, one separator and digits, perhaps signed.
    private static func count(
        _ field: [UInt8],
        separator: UInt8,
        in count: inout (sure: Int, doubtful: Int)
    ) {
        let unsigned = field.first == UInt8(ascii: "-") ? field[1...] : field[...]
        let parts = unsigned.split(separator: separator, omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ part in
                !part.isEmpty && part.allSatisfy { $0 >= 0x30 && $0 <= 0x39 }
            })
        else { return }
        if parts[1].count == 3, parts[0].count <= 3, parts[0].first != 0x30 {
            count.doubtful += 1
        } else {
            count.sure += 1
        }
    }
}
