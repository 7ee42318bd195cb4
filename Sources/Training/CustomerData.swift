public import Output
public import Schema
public import Tabular

/// All rows of a labelled customer file, decoded.
public struct CustomerData: Sendable {
    /// The file as it was named; `-` is standard input.
    public let source: String
    /// SHA-256 of the file's bytes in hexadecimal; nil for standard input.
    public let digest: String?
    /// Names of the file's columns.
    public let header: [String]
    /// Features of every row, in the order of the schema.
    public let table: Table
    /// Whether each row has the positive level.
    public let labels: [Bool]
    /// How much each row counts in training, by the schema's column; nil where the schema or the file has none.
    public let weights: [Float]?
    /// The numbers of the file that are out of range.
    public let outside: OutsideCounts
    /// The rows of the file that are left out because the target says nothing of them.
    public let unlabelled: UnlabelledRows
    /// What dates were counted back from; nil where no feature is a date.
    public let asOf: AsOf?
    /// What a person should know of how the file was read, such as its encoding.
    public private(set) var remarks: [String] = []

    /// Reads a file that must keep the schema in every row.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - schema: What the columns mean.
    ///   - given: What dates are counted back from; nil for what the schema and the file say.
    ///   - threads: How many rows' blocks are decoded at once; the result does not depend on it.
    ///   - encoding: How its characters are written; nil finds out.
    /// - Throws: `FileError`, `CSVError`, `ColumnMismatch`, or `BrokenRows` where rows break the schema.
    public init(
        _ path: String,
        schema: Schema,
        asOf given: Day? = nil,
        threads: Int,
        encoding: TextEncoding? = nil
    ) throws {
        var reader = try CSVReader(path, encoding: encoding)
        guard !schema.needsNewestDate(header: reader.header, given: given) else {
            let batches = try reader.readAll(threads: threads)
            try self.init(path, schema, reader.header, reader.dialect, batches)
            remarks = reader.remarks
            return
        }
        let asOf = schema.asOf([], header: reader.header, given: given)
        let decoder = try SchemaDecoder(
            schema,
            header: reader.header,
            needsTarget: true,
            decimalComma: reader.dialect.decimalComma,
            asOf: asOf
        )
        var parts = Parts()
        try reader.forEachBatch(threads: threads) {
            decoder.decode($0)
        } consume: {
            parts.take($0)
        }
        try self.init(path, reader.header, parts, asOf)
        remarks = reader.remarks
    }

    /// Decodes a file whose records are all there.
    private init(
        _ path: String,
        _ schema: Schema,
        _ header: [String],
        _ dialect: CSVDialect,
        _ batches: [RecordBatch],
        asOf given: Day? = nil
    ) throws {
        let asOf = schema.asOf(batches, header: header, given: given)
        let decoder = try SchemaDecoder(
            schema,
            header: header,
            needsTarget: true,
            decimalComma: dialect.decimalComma,
            asOf: asOf
        )
        var parts = Parts()
        for batch in batches { parts.take(decoder.decode(batch)) }
        try self.init(path, header, parts, asOf)
    }

    /// Reads customers that are in memory and must keep the schema in every row.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - schema: What the columns mean.
    ///   - given: What dates are counted back from; nil for what the schema and the file say.
    /// - Throws: `ColumnMismatch`, or `BrokenRows` where rows break the schema.
    public init(_ file: CustomerFile, schema: Schema, asOf given: Day? = nil) throws {
        let asOf = file.asOf(schema, given: given)
        var parts = Parts()
        parts.unlabelled = file.unlabelled
        for batch in try file.decoded(schema, needsTarget: true, asOf: given) { parts.take(batch) }
        self.init(
            source: file.source,
            digest: file.digest,
            header: file.header,
            table: try parts.table(of: file.source),
            labels: parts.labels,
            weights: parts.weights,
            unlabelled: parts.unlabelled,
            asOf: asOf,
            outside: parts.outside
        )
        remarks = file.remarks
    }

    /// Reads a file and infers its schema.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - inference: Target and what counts as null; the decimal sign is the file's.
    ///   - given: What dates are counted back from; nil for what the file says.
    ///   - threads: How many rows' blocks are decoded at once.
    ///   - encoding: How its characters are written; nil finds out.
    /// - Returns: The rows, and what was inferred.
    /// - Throws: As above, and `SchemaInferenceError`.
    public static func inferring(
        _ path: String,
        _ inference: SchemaInference,
        asOf given: Day? = nil,
        threads: Int,
        encoding: TextEncoding? = nil
    ) throws -> (data: Self, inferred: InferredSchema) {
        let (header, dialect, batches, remarks) = try allBatches(
            of: path,
            threads: threads,
            encoding: encoding
        )
        var inference = inference
        inference.dialect = dialect
        let inferred = try inference.inferFindingTarget(header: header, batches: batches)
        var data = try Self(path, inferred.schema, header, dialect, batches, asOf: given)
        data.remarks = remarks
        return (data, inferred)
    }

    /// The name of the file without its folder.
    public var name: String { source.split(separator: "/").last.map(String.init) ?? source }

    /// The rows' weights, 1 on the mean, so that weights of any scale train alike; nil where there are none.
    ///
    /// - Complexity: O(rows).
    var relativeWeights: [Float]? {
        weights.map { weights in
            let mean = weights.reduce(0.0) { $0 + Double($1) } / Double(max(weights.count, 1))
            return weights.map { Float(Double($0) / mean) }
        }
    }

    /// Some of the rows, in that order.
    ///
    /// - Complexity: O(rows · columns).
    public func selecting(_ rows: [Int]) -> Self {
        Self(
            source: source,
            digest: digest,
            header: header,
            table: table.selecting(rows),
            labels: rows.map { labels[$0] },
            weights: weights.map { weights in rows.map { weights[$0] } },
            unlabelled: unlabelled,
            asOf: asOf,
            outside: outside
        )
    }

    private init(
        source: String,
        digest: String?,
        header: [String],
        table: Table,
        labels: [Bool],
        weights: [Float]?,
        unlabelled: UnlabelledRows,
        asOf: AsOf?,
        outside: OutsideCounts
    ) {
        self.source = source
        self.digest = digest
        self.header = header
        self.table = table
        self.labels = labels
        self.weights = weights
        self.unlabelled = unlabelled
        self.asOf = asOf
        self.outside = outside
    }

    /// Every record of a file, undecoded, and what a person should know of how it was read.
    public static func allBatches(
        of path: String,
        threads: Int,
        encoding: TextEncoding? = nil
    ) throws -> (
        header: [String], dialect: CSVDialect, batches: [RecordBatch], remarks: [String]
    ) {
        var reader = try CSVReader(path, encoding: encoding)
        let batches = try reader.readAll(threads: threads)
        return (reader.header, reader.dialect, batches, reader.remarks)
    }

    private struct Parts {
        var tables: [Table] = []
        var labels: [Bool] = []
        var weights: [Float]?
        var violations: [SchemaViolation] = []
        var rejected = 0
        var unlabelled = UnlabelledRows()
        var outside = OutsideCounts()

        mutating func take(_ batch: DecodedBatch) {
            tables.append(batch.table)
            labels += batch.labels
            if let own = batch.weights { weights = (weights ?? []) + own }
            violations += batch.violations.prefix(max(0, 5 - violations.count))
            rejected += batch.rejectedRows.count
            unlabelled.add(batch.unlabelled)
            outside.add(batch.outside)
        }

        /// All rows, where none was rejected.
        func table(of source: String) throws(BrokenRows) -> Table {
            guard rejected == 0 else {
                throw BrokenRows(source: source, count: rejected, first: violations)
            }
            return Table(joining: tables)
        }
    }

    private init(_ path: String, _ header: [String], _ parts: Parts, _ asOf: AsOf?) throws {
        let table = try parts.table(of: path)
        self.init(
            source: path,
            digest: path == "-" ? nil : try fileDigest(path),
            header: header,
            table: table,
            labels: parts.labels,
            weights: parts.weights,
            unlabelled: parts.unlabelled,
            asOf: asOf,
            outside: parts.outside
        )
    }
}

/// Rows that break the schema where all must keep it.
public struct BrokenRows: RetainError, Equatable {
    /// The file.
    public let source: String
    /// How many rows.
    public let count: Int
    /// The first violations.
    public let first: [SchemaViolation]

    /// Creates an error.
    public init(source: String, count: Int, first: [SchemaViolation]) {
        self.source = source
        self.count = count
        self.first = first
    }

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

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
