internal import Files
internal import Kernels

/// Reads a CSV file, or standard input, as batches of records, in constant memory.
///
/// RFC 4180, and what it leaves open: fields may hold line ends between quotes; CR LF, LF and CR end
/// a line; a byte-order mark is skipped; blank lines are no records; the last line needs no line end;
/// a quote within a field that does not begin with one is ordinary text. The batches are the same
/// whatever the number of threads; the records in them are the same whatever the size of the blocks.
public struct CSVReader: ~Copyable {
    /// The file, as it was given; `-` is standard input.
    public let source: String
    /// The names of the columns, unique and not empty.
    public let header: [String]
    /// How the file is written.
    public let dialect: CSVDialect

    private var cutter: RecordCutter

    /// How many bytes are read at once.
    public static let defaultBlockSize = 1 << 20

    /// How much of a file tells its dialect.
    private static let sampleSize = 64 << 10

    /// Opens a file and reads its header.
    ///
    /// - Parameters:
    ///   - path: The file; `-` is standard input.
    ///   - given: How it is written; nil finds out from its beginning.
    ///   - blockSize: How many bytes to read at once, 1 to 16 MiB.
    /// - Throws: `FileError` where it can't be read; `CSVError` where it has no proper header.
    public init(
        _ path: String,
        dialect given: CSVDialect? = nil,
        blockSize: Int = CSVReader.defaultBlockSize
    ) throws {
        try self.init(RecordCutter(path, blockSize: blockSize), dialect: given)
    }

    /// Reads a text that is in memory, and its header.
    ///
    /// - Parameters:
    ///   - text: The whole of it.
    ///   - name: Stands for the path in errors.
    ///   - given: How it is written; nil finds out from its beginning.
    /// - Throws: `CSVError` where it has no proper header.
    public init(text: [UInt8], named name: String, dialect given: CSVDialect? = nil) throws {
        let blocks = BlockReader(text: text, named: name)
        try self.init(RecordCutter(blocks, blockSize: Self.defaultBlockSize), dialect: given)
    }

    private init(_ start: consuming RecordCutter, dialect given: CSVDialect?) throws {
        var cutter = start
        try cutter.readAhead(Self.sampleSize)
        if cutter.ahead.starts(with: [0xEF, 0xBB, 0xBF]) {
            cutter.drop(3, lines: 0)
        }

        let dialect =
            given
            ?? CSVDialect(detecting: cutter.ahead, isWhole: cutter.hasReadAll)
        let names = try CSVHeader(&cutter, delimiter: dialect.delimiter).names
        source = cutter.path
        header = names
        self.dialect = dialect
        self.cutter = cutter
    }

    /// The next stretch of records, for `parsed()` on any thread; nil at the end.
    ///
    /// - Throws: `FileError` where the file can't be read on; `CSVError` where a quote is never
    ///   closed or a record is longer than 16 MiB.
    public mutating func nextChunk() throws -> CSVChunk? {
        guard let next = try cutter.next(delimiter: dialect.delimiter) else { return nil }
        return CSVChunk(
            bytes: next.bytes,
            count: next.count,
            columnCount: header.count,
            dialect: dialect,
            firstLine: next.line,
            summary: next.summary
        )
    }

    /// Reads the whole file, or what is left of it.
    ///
    /// - Parameter threads: How many threads work; nil is one per active processor.
    /// - Returns: The batches in the file's order.
    /// - Throws: As `nextChunk()` does.
    public mutating func readAll(threads: Int? = nil) throws -> [RecordBatch] {
        var batches: [RecordBatch] = []
        try forEachBatch(threads: threads) { batch in
            batch
        } consume: {
            batches.append($0)
        }
        return batches
    }
}
