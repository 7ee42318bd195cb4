/// Reads a CSV file, or standard input, as batches of records, in constant memory.
///
/// A file may be packed by gzip or zstd, in UTF-16 or Windows-1252, or be JSON Lines or Arrow instead of CSV; the first
/// bytes tell. JSON on standard input is read into memory. A column of Arrow's is text only where text is asked for.
///
/// RFC 4180, and what it leaves open: fields may hold line ends between quotes; CR LF, LF and CR end
/// a line; a byte-order mark is skipped; blank lines are no records; the last line needs no line end;
/// a quote within a field that does not begin with one is ordinary text. The batches are the same
/// whatever the number of threads; the records in them are the same whatever the size of the blocks.
///
/// ```swift
/// var reader = try CSVReader("customers.csv")
/// while let batch = try reader.nextChunk()?.parsed() {
///     for row in 0 ..< batch.rowCount {
///         print(batch.line(row: row), batch.text(row: row, column: 0))
///     }
/// }
/// ```
public struct CSVReader: ~Copyable {
    /// The file, as it was given; `-` is standard input.
    public let source: String
    /// The names of the columns, unique and not empty; one that has none in the file is called as data frames call it.
    public let header: [String]
    /// How the file is written.
    public let dialect: CSVDialect

    /// Nil where values come, and no text.
    private var cutter: RecordCutter?
    private let arrow: ArrowStream?
    private let headerRemarks: [String]

    /// What a person should know of how the file is read, such as its encoding; whole once the file has been read.
    public var remarks: [String] {
        switch cutter {
        case .some(let cutter): cutter.remarks + headerRemarks
        case nil: headerRemarks
        }
    }

    /// How many bytes are read at once.
    public static let defaultBlockSize = 1 << 20

    /// How much of a file tells its dialect.
    private static let sampleSize = 64 << 10

    /// Opens a file and reads its header.
    ///
    /// - Parameters:
    ///   - path: The file; `-` is standard input.
    ///   - given: How it is written; nil finds out from its beginning.
    ///   - encoding: How characters are written; nil finds out.
    ///   - blockSize: How many bytes to read at once, 1 to 16 MiB.
    /// - Throws: `FileError` where it can't be read; `CSVError` where it is no text or has no proper header.
    public init(
        _ path: String,
        dialect given: CSVDialect? = nil,
        encoding: TextEncoding? = nil,
        blockSize: Int = CSVReader.defaultBlockSize
    ) throws {
        let blocks = try InputBlocks(path, encoding: encoding)
        if blocks.isArrow {
            try self.init(ArrowStream(blocks), of: path)
        } else {
            try self.init(
                RecordCutter(blocks, encoding: encoding, blockSize: blockSize),
                dialect: given
            )
        }
    }

    /// Reads a text that is in memory, and its header.
    ///
    /// - Parameters:
    ///   - text: The whole of it.
    ///   - name: Stands for the path in errors.
    ///   - given: How it is written; nil finds out from its beginning.
    /// - Throws: `CSVError` where it has no proper header.
    public init(text: [UInt8], named name: String, dialect given: CSVDialect? = nil) throws {
        let blocks = try InputBlocks(text: text, named: name)
        try self.init(RecordCutter(blocks, blockSize: Self.defaultBlockSize), dialect: given)
    }

    /// Reads a stream or a file of Arrow that is in memory.
    ///
    /// - Parameters:
    ///   - bytes: The whole of it.
    ///   - name: Stands for the path in errors.
    /// - Throws: `CSVError` where it is none, or has columns that are none of a customer file.
    public init(arrow bytes: [UInt8], named name: String) throws {
        try self.init(ArrowStream(InputBlocks(arrow: bytes, named: name)), of: name)
    }

    private init(_ arrow: ArrowStream, of path: String) throws {
        try CSVHeader.check(arrow.names, of: path)
        source = path
        header = arrow.names
        headerRemarks = []
        dialect = CSVDialect()
        self.arrow = arrow
        cutter = nil
    }

    private init(_ start: consuming RecordCutter, dialect given: CSVDialect?) throws {
        var cutter = start
        try cutter.readAhead(Self.sampleSize)
        if cutter.ahead.starts(with: [0xEF, 0xBB, 0xBF]) {
            cutter.drop(3, lines: 0)
        }
        try cutter.findEncoding()

        let delimiter = cutter.takeDelimiterLine()
        let dialect =
            given
            ?? (cutter.isFromJSON
                ? CSVDialect()
                : CSVDialect(
                    detecting: cutter.ahead,
                    isWhole: cutter.hasReadAll,
                    delimiter: delimiter
                ))
        var header = try CSVHeader(&cutter, delimiter: dialect.delimiter)
        header.addUnnamedColumn(
            cutter.ahead,
            delimiter: dialect.delimiter,
            isWhole: cutter.hasReadAll
        )
        source = cutter.path
        self.header = header.names
        headerRemarks = header.remarks
        self.dialect = dialect
        self.cutter = consume cutter
        arrow = nil
    }

    /// The next stretch of records, for `parsed()` on any thread; nil at the end.
    ///
    /// - Throws: `FileError` where the file can't be read on; `CSVError` where a quote is never
    ///   closed or a record is longer than 16 MiB.
    public mutating func nextChunk() throws -> RecordChunk? {
        if let arrow { return try arrow.next().map { RecordChunk($0.rows, firstRow: $0.first) } }
        guard let next = try cutter?.next(delimiter: dialect.delimiter) else { return nil }
        return RecordChunk(
            CSVChunk(
                bytes: next.bytes,
                count: next.count,
                columnCount: header.count,
                dialect: dialect,
                firstLine: next.line,
                summary: next.summary,
                encoding: cutter?.encoding ?? .utf8
            )
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
