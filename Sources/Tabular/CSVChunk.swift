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
        return chunk.wholeBatch() ?? QuotedParser(chunk).batch()
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

    /// The batch of a text without malformed records whose lines end with line feeds, and whose quotes, if there are some,
    /// stand around whole fields that hold no further ones: so write data frames and Spark.
    ///
    /// The delimiters' positions are then all that is needed. Nil where that is not so.
    private func wholeBatch() -> RecordBatch? {
        // A blank line of a file with one column would look like an empty field.
        guard !summary.hasCarriageReturn, columnCount > 1 else { return nil }
        var quotes = 0
        var starts: [UInt32]
        if summary.hasQuote {
            (starts, quotes) = StructuralScan.fieldStartsBesideQuotes(
                bytes,
                count: count,
                delimiter: dialect.delimiter
            )
        } else {
            starts = StructuralScan.fieldStarts(bytes, count: count, delimiter: dialect.delimiter)
        }
        let rows = summary.lineEnds
        guard starts.count == rows * columnCount + 1 else { return nil }
        // As many line feeds as rows, each in a last place: none is anywhere else.
        for row in 0 ..< rows where bytes[Int(starts[(row + 1) * columnCount]) - 1] != 0x0A {
            return nil
        }
        if summary.hasNonASCII, UTF8Check.firstInvalid(bytes, in: 0 ..< count) != nil { return nil }
        var ends = starts
        var places: [RecordBatch.Place]?
        if summary.hasQuote {
            places = (0 ..< rows).map { row in
                RecordBatch.Place(
                    start: starts[row * columnCount],
                    end: starts[(row + 1) * columnCount] - 1,
                    line: UInt32(row)
                )
            }
            for field in 0 ..< rows * columnCount where bytes[Int(starts[field])] == 0x22 {
                let last = starts[field + 1] - 2
                guard last > starts[field], bytes[Int(last)] == 0x22 else { return nil }
                starts[field] += 1
                ends[field + 1] -= 1
                quotes -= 2
            }
            // A quote that is left stands within a field.
            guard quotes == 0 else { return nil }
        }
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
