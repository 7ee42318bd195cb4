public import Schema
public import Tabular

/// All rows of a labelled customer file, decoded.
public struct CustomerData: Sendable {
    /// The file as it was named; `-` is standard input.
    public let source: String
    /// SHA-256 of the file's bytes in hexadecimal; nil for standard input.
    public let digest: String?
    /// Features of every row, in the order of the schema.
    public let table: Table
    /// Whether each row has the positive level.
    public let labels: [Bool]

    /// Reads a file that must keep the schema in every row.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - schema: What the columns mean.
    ///   - threads: How many rows' blocks are decoded at once; the result does not depend on it.
    /// - Throws: `FileError`, `CSVError`, `ColumnMismatch`, or `BrokenRows` where rows break the schema.
    public init(_ path: String, schema: Schema, threads: Int) throws {
        var reader = try CSVReader(path)
        let decoder = try SchemaDecoder(
            schema,
            header: reader.header,
            needsTarget: true,
            decimalComma: reader.dialect.decimalComma
        )
        var parts = Parts()
        try reader.forEachBatch(threads: threads) {
            decoder.decode($0)
        } consume: {
            parts.take($0)
        }
        try self.init(path, parts)
    }

    /// Reads a file that is in memory and must keep the schema in every row.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - schema: What the columns mean.
    /// - Throws: `ColumnMismatch`, or `BrokenRows` where rows break the schema.
    public init(_ file: CustomerFile, schema: Schema) throws {
        let decoder = try file.decoder(schema, needsTarget: true)
        var parts = Parts()
        for batch in file.batches { parts.take(decoder.decode(batch)) }
        self.init(
            source: file.source,
            digest: file.digest,
            table: try parts.table(of: file.source),
            labels: parts.labels
        )
    }

    /// Reads a file and infers its schema.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - inference: Target and what counts as null; the decimal sign is the file's.
    ///   - threads: How many rows' blocks are decoded at once.
    /// - Returns: The rows, and what was inferred.
    /// - Throws: As above, and `SchemaInferenceError`.
    public static func inferring(
        _ path: String,
        _ inference: SchemaInference,
        threads: Int
    ) throws -> (data: Self, inferred: InferredSchema) {
        let (header, dialect, batches) = try allBatches(of: path, threads: threads)
        var inference = inference
        inference.decimalComma = dialect.decimalComma
        let inferred = try inference.inferFindingTarget(header: header, batches: batches)
        let decoder = try SchemaDecoder(
            inferred.schema,
            header: header,
            needsTarget: true,
            decimalComma: dialect.decimalComma
        )
        var parts = Parts()
        for batch in batches { parts.take(decoder.decode(batch)) }
        return (try Self(path, parts), inferred)
    }

    /// The name of the file without its folder.
    public var name: String { source.split(separator: "/").last.map(String.init) ?? source }

    /// Some of the rows, in that order.
    func selecting(_ rows: [Int]) -> Self {
        Self(
            source: source,
            digest: digest,
            table: table.selecting(rows),
            labels: rows.map { labels[$0] }
        )
    }

    private init(source: String, digest: String?, table: Table, labels: [Bool]) {
        self.source = source
        self.digest = digest
        self.table = table
        self.labels = labels
    }

    /// Every record of a file, undecoded.
    public static func allBatches(
        of path: String,
        threads: Int
    ) throws -> (header: [String], dialect: CSVDialect, batches: [RecordBatch]) {
        var reader = try CSVReader(path)
        return (reader.header, reader.dialect, try reader.readAll(threads: threads))
    }

    private struct Parts {
        var tables: [Table] = []
        var labels: [Bool] = []
        var violations: [SchemaViolation] = []
        var rejected = 0

        mutating func take(_ batch: DecodedBatch) {
            tables.append(batch.table)
            labels += batch.labels
            violations += batch.violations.prefix(max(0, 5 - violations.count))
            rejected += batch.rejectedRows.count
        }

        /// All rows, where none was rejected.
        func table(of source: String) throws(BrokenRows) -> Table {
            guard rejected == 0 else {
                throw BrokenRows(source: source, count: rejected, first: violations)
            }
            return Table(joining: tables)
        }
    }

    private init(_ path: String, _ parts: Parts) throws {
        let table = try parts.table(of: path)
        self.init(
            source: path,
            digest: path == "-" ? nil : try fileDigest(path),
            table: table,
            labels: parts.labels
        )
    }
}

/// Rows that break the schema where all must keep it.
public struct BrokenRows: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file.
    public let source: String
    /// How many rows.
    public let count: Int
    /// The first violations.
    public let first: [SchemaViolation]

    /// The count, the first violations and what to do, on lines of their own.
    public var description: String {
        let rows = count == 1 ? "1 row breaks" : "\(count) rows break"
        return
            (["\(source): \(rows) the schema; mend them or change retain.yaml"]
            + first.map { "  \($0)" }
            + (count > first.count ? ["  … `retain check` lists all"] : []))
            .joined(separator: "\n")
    }
}
