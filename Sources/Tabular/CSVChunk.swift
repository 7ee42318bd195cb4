internal import Kernels

/// A stretch of CSV text that begins and ends with a record, not yet looked into.
struct CSVChunk: Sendable {
    /// The text, then padding.
    let bytes: [UInt8]
    /// Length of the text.
    let count: Int
    let columnCount: Int
    let dialect: CSVDialect
    /// The line on which it begins, from 1.
    let firstLine: Int
    let summary: ByteSummary
    let encoding: TextEncoding

    init(
        bytes: [UInt8],
        count: Int,
        columnCount: Int,
        dialect: CSVDialect,
        firstLine: Int,
        summary: ByteSummary,
        encoding: TextEncoding = .utf8
    ) {
        precondition(columnCount >= 1, "a chunk needs at least one column")
        self.bytes = bytes
        self.count = count
        self.columnCount = columnCount
        self.dialect = dialect
        self.firstLine = firstLine
        self.summary = summary
        self.encoding = encoding
    }

    /// Creates a chunk of a text whose last record has its line end.
    init(text: [UInt8], columnCount: Int, dialect: CSVDialect, firstLine: Int) {
        self.init(
            bytes: text + Array(repeating: 0, count: StructuralScan.padding),
            count: text.count,
            columnCount: columnCount,
            dialect: dialect,
            firstLine: firstLine,
            summary: ByteSummary(text, in: text.indices)
        )
    }

    /// Splits the text into records and fields.
    ///
    /// - Complexity: O(*n*) in the bytes.
    func parsed() -> RecordBatch {
        let chunk = inUTF8
        return chunk.plainBatch() ?? chunk.quotedBatch() ?? QuotedParser(chunk).batch()
    }

    /// The same text in UTF-8.
    private var inUTF8: CSVChunk {
        guard encoding.isSingleByte, summary.hasNonASCII else { return self }
        return CSVChunk(
            text: encoding.utf8(bytes[..<count]),
            columnCount: columnCount,
            dialect: dialect,
            firstLine: firstLine
        )
    }

    /// The batch of a text without quotes or malformed records whose lines end with line feeds.
    ///
    /// The delimiters' positions are then all that is needed. Nil where that is not so.
    private func plainBatch() -> RecordBatch? {
        // A blank line of a file with one column would look like an empty field.
        guard !summary.hasQuote, !summary.hasCarriageReturn, columnCount > 1 else { return nil }
        let starts = StructuralScan.fieldStarts(bytes, count: count, delimiter: dialect.delimiter)
        let rows = summary.lineEnds
        guard starts.count == rows * columnCount + 1 else { return nil }
        // As many line feeds as rows, each in a last place: none is anywhere else.
        for row in 0 ..< rows where bytes[Int(starts[(row + 1) * columnCount]) - 1] != 0x0A {
            return nil
        }
        if summary.hasNonASCII, UTF8Check.firstInvalid(bytes, in: 0 ..< count) != nil { return nil }
        return RecordBatch(
            columnCount: columnCount,
            rowCount: rows,
            malformed: [],
            bytes: bytes,
            starts: starts,
            ends: starts,
            places: nil,
            firstLine: firstLine
        )
    }

    /// The batch of a text like that, some of whose fields stand whole between quotes and hold no further ones.
    ///
    /// So write data frames and Spark. Nil where that is not so.
    private func quotedBatch() -> RecordBatch? {
        guard summary.hasQuote, !summary.hasCarriageReturn, columnCount > 1 else { return nil }
        var (starts, quotes) = StructuralScan.fieldStartsBesideQuotes(
            bytes,
            count: count,
            delimiter: dialect.delimiter
        )
        let rows = summary.lineEnds
        guard starts.count == rows * columnCount + 1 else { return nil }
        var places: [RecordBatch.Place] = []
        places.reserveCapacity(rows)
        for row in 0 ..< rows {
            let (start, end) = (starts[row * columnCount], starts[(row + 1) * columnCount] - 1)
            guard bytes[Int(end)] == 0x0A else { return nil }
            places.append(RecordBatch.Place(start: start, end: end, line: UInt32(row)))
        }
        if summary.hasNonASCII, UTF8Check.firstInvalid(bytes, in: 0 ..< count) != nil { return nil }
        var ends = starts
        for field in 0 ..< rows * columnCount where bytes[Int(starts[field])] == 0x22 {
            let last = starts[field + 1] - 2
            guard last > starts[field], bytes[Int(last)] == 0x22 else { return nil }
            starts[field] += 1
            ends[field + 1] -= 1
            quotes -= 2
        }
        // A quote that is left stands within a field.
        guard quotes == 0 else { return nil }
        return RecordBatch(
            columnCount: columnCount,
            rowCount: rows,
            malformed: [],
            bytes: bytes,
            starts: starts,
            ends: ends,
            places: places,
            firstLine: firstLine
        )
    }
}
