public import Schema
public import Tabular

/// Labelled customers in memory, of a file or of a service's record, to be read by more than one schema.
///
/// Row *i* is the same customer whichever schema reads it.
public struct CustomerFile: Sendable {
    /// The file as it was named; `-` is standard input.
    public let source: String
    /// SHA-256 of the file's bytes in hexadecimal; nil for standard input.
    public let digest: String?
    /// Names of the columns.
    public let header: [String]
    /// What a person should know of how the file was read, such as its encoding.
    public let remarks: [String]
    /// Rows of the file that are left out because the target says nothing of them; see `labelled`.
    public private(set) var unlabelled = UnlabelledRows()
    private var content: Content

    private enum Content {
        /// Of a CSV file.
        case records([RecordBatch], decimalComma: Bool)
        /// Of a record, which is coded already; and a column beside the schema's.
        case coded(CodedCustomers, treated: [String])
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - threads: How many blocks of rows are cut at once; the result does not depend on it.
    ///   - encoding: How its characters are written; nil finds out.
    /// - Throws: `FileError`, `CSVError`.
    /// - Complexity: O(bytes), in memory too.
    public init(_ path: String, threads: Int, encoding: TextEncoding? = nil) throws {
        let (header, dialect, batches, remarks) = try CustomerData.allBatches(
            of: path,
            threads: threads,
            encoding: encoding
        )
        self.remarks = remarks
        source = path
        digest = path == "-" ? nil : try fileDigest(path)
        self.header = header
        content = .records(batches, decimalComma: dialect.decimalComma)
    }

    /// Takes the customers of a record.
    ///
    /// - Parameters:
    ///   - customers: The customers.
    ///   - treated: Whether each was offered something to stay; nil where that is not known.
    ///   - treatedColumn: What the column that says so is called in the file that the record can be written to.
    ///   - csv: That file, whose digest is the customers'.
    ///   - name: Stands for the path.
    /// - Complexity: O(bytes).
    public init(
        _ customers: CodedCustomers,
        treated: [Bool?],
        treatedColumn: String,
        csv: [UInt8],
        named name: String
    ) {
        source = name
        remarks = []
        digest = textDigest(csv)
        header =
            customers.schema.features.map(\.name)
            + [customers.schema.target.column, treatedColumn]
        content = .coded(
            customers,
            treated: treated.map { $0.map { $0 ? "yes" : "no" } ?? "" }
        )
    }

    /// The name of the file without its folder.
    public var name: String { source.split(separator: "/").last.map(String.init) ?? source }

    /// Number of rows.
    public var rowCount: Int {
        switch content {
        case .records(let batches, _): batches.reduce(0) { $0 + $1.rowCount }
        case .coded(let customers, _): customers.labels.count
        }
    }

    /// The customers of whom a schema's target says whether they left.
    ///
    /// Those of a record have all been labelled.
    ///
    /// - Parameter schema: Has the target.
    /// - Returns: Without the rows whose target is empty or another level than the two, which are counted.
    /// - Throws: `ColumnMismatch` where the file has no target.
    /// - Complexity: O(rows), where none is left out.
    public func labelled(by schema: Schema) throws(ColumnMismatch) -> CustomerFile {
        guard case .records(let batches, let decimalComma) = content else { return self }
        // Whatever the schema misses is told at once.
        _ = try SchemaDecoder(schema, header: header, needsTarget: true)
        var truth = schema
        truth.columns.removeAll { $0.role == .feature }
        let decoder = try SchemaDecoder(truth, header: header, needsTarget: true)
        var file = self
        let kept = batches.map { batch in
            let decoded = decoder.decode(batch)
            guard !decoded.unlabelledRows.isEmpty else { return batch }
            file.unlabelled.add(decoded.unlabelled)
            return batch.selecting((decoded.acceptedRows + decoded.rejectedRows).sorted())
        }
        file.content = .records(kept, decimalComma: decimalComma)
        return file
    }

    /// The customers as a schema reads them, part by part.
    ///
    /// - Parameters:
    ///   - schema: What the columns mean.
    ///   - needsTarget: Whether a file without the target is refused.
    ///   - given: What dates are counted back from; nil for what the schema and the file say.
    /// - Returns: The parts, in order.
    /// - Throws: `ColumnMismatch`.
    /// - Complexity: O(fields).
    public func decoded(
        _ schema: Schema,
        needsTarget: Bool,
        asOf given: Day? = nil
    ) throws(ColumnMismatch) -> [DecodedBatch] {
        switch content {
        case .records(let batches, let decimalComma):
            let decoder = try SchemaDecoder(
                schema,
                header: header,
                needsTarget: needsTarget,
                decimalComma: decimalComma,
                asOf: schema.asOf(batches, header: header, given: given)
            )
            return batches.map { decoder.decode($0) }
        case .coded(let customers, _):
            return [try customers.decoded(by: schema, needsTarget: needsTarget)]
        }
    }

    /// What the dates of the customers are counted back from, as a schema reads them; nil where it has no dates, and for a
    /// record, which holds ages.
    ///
    /// - Complexity: O(rows · dates).
    public func asOf(_ schema: Schema, given: Day? = nil) -> AsOf? {
        switch content {
        case .records(let batches, _): schema.asOf(batches, header: header, given: given)
        case .coded: nil
        }
    }

    /// The texts of a column, a row each; nil where there is no such column.
    ///
    /// - Complexity: O(rows).
    public func texts(_ column: String) -> [String]? {
        switch content {
        case .records(let batches, _):
            header.firstIndex(of: column).map { index in
                batches.flatMap { $0.texts(column: index) }
            }
        case .coded(let customers, let treated):
            column == header.last ? treated : customers.texts(column)
        }
    }
}
