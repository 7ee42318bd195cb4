internal import Kernels

/// A stretch of CSV text that begins and ends with a record, not yet looked into.
public struct CSVChunk: Sendable {
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
    public func parsed() -> RecordBatch {
        let chunk = inUTF8
        return chunk.plainBatch() ?? QuotedParser(chunk).batch()
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
}
