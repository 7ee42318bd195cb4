/// Reads records one by one, byte by byte: for the header and for finding the dialect, where a file
/// is looked at before anything about it is known.
struct RecordCursor {
    struct Record {
        /// The fields' bytes, unquoted.
        var fields: [[UInt8]]
        /// Column of the first field in which text follows the closing quote.
        var textAfterQuote: Int?
        /// Whether a quote was still open at the end of the text.
        var isUnclosed = false
    }

    private let bytes: ArraySlice<UInt8>
    private let delimiter: UInt8
    /// Offset of the next byte.
    private(set) var position: Int

    init(_ bytes: ArraySlice<UInt8>, delimiter: UInt8) {
        self.bytes = bytes
        self.delimiter = delimiter
        position = bytes.startIndex
    }

    var isAtEnd: Bool { position >= bytes.endIndex }

    /// The next record, blank lines left out; nil at the end.
    mutating func next() -> Record? {
        while !isAtEnd, isLineEnd(bytes[position]) { position += 1 }
        guard !isAtEnd else { return nil }
        var record = Record(fields: [])
        while true {
            record.fields.append(field(&record))
            guard !isAtEnd else { return record }
            let end = bytes[position]
            position += 1
            guard isLineEnd(end) else { continue }
            if end == 0x0D, !isAtEnd, bytes[position] == 0x0A { position += 1 }
            return record
        }
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private mutating func field(_ record: inout Record) -> [UInt8] {
        var field: [UInt8] = []
        if !isAtEnd, bytes[position] == 0x22 {
            position += 1
            var isOpen = true
            while isOpen, !isAtEnd {
                let byte = bytes[position]
                position += 1
                if byte != 0x22 {
                    field.append(byte)
                } else if !isAtEnd, bytes[position] == 0x22 {
                    field.append(byte)
                    position += 1
                } else {
                    isOpen = false
                }
            }
            record.isUnclosed = isOpen
            let isEnded = isAtEnd || bytes[position] == delimiter || isLineEnd(bytes[position])
            if !isEnded, record.textAfterQuote == nil {
                record.textAfterQuote = record.fields.count
            }
        }
        while !isAtEnd, bytes[position] != delimiter, !isLineEnd(bytes[position]) {
            field.append(bytes[position])
            position += 1
        }
        return field
    }
}
