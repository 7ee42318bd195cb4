import Schema
import Tabular

/// A customer file in memory, to be read by more than one schema.
///
/// Row *i* is the same customer whichever schema reads it.
public struct CustomerFile: Sendable {
    /// The file as it was named; `-` is standard input.
    public let source: String
    /// SHA-256 of the file's bytes in hexadecimal; nil for standard input.
    public let digest: String?
    /// Names of the columns.
    public let header: [String]
    let batches: [RecordBatch]
    private let decimalComma: Bool

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: A CSV file, or `-`.
    ///   - threads: How many blocks of rows are cut at once; the result does not depend on it.
    /// - Throws: `FileError`, `CSVError`.
    /// - Complexity: O(bytes), in memory too.
    public init(_ path: String, threads: Int) throws {
        let (header, dialect, batches) = try CustomerData.allBatches(of: path, threads: threads)
        source = path
        digest = path == "-" ? nil : try fileDigest(path)
        self.header = header
        self.batches = batches
        decimalComma = dialect.decimalComma
    }

    /// Reads a text that is in memory, as a file with the same bytes is read.
    ///
    /// - Parameters:
    ///   - text: CSV in the form of RFC 4180, with a header.
    ///   - name: Stands for the path.
    ///   - threads: How many blocks of rows are cut at once; the result does not depend on it.
    /// - Throws: `CSVError`.
    /// - Complexity: O(bytes), in memory too.
    public init(text: [UInt8], named name: String, threads: Int) throws {
        var reader = try CSVReader(text: text, named: name, dialect: CSVDialect())
        header = reader.header
        batches = try reader.readAll(threads: threads)
        source = name
        digest = textDigest(text)
        decimalComma = false
    }

    /// The name of the file without its folder.
    public var name: String { source.split(separator: "/").last.map(String.init) ?? source }

    /// Number of rows.
    public var rowCount: Int { batches.reduce(0) { $0 + $1.rowCount } }

    /// What reads the file by a schema.
    func decoder(_ schema: Schema, needsTarget: Bool) throws(ColumnMismatch) -> SchemaDecoder {
        try SchemaDecoder(
            schema,
            header: header,
            needsTarget: needsTarget,
            decimalComma: decimalComma
        )
    }

    /// The texts of a column, a row each; nil where there is no such column.
    func texts(_ column: String) -> [String]? {
        header.firstIndex(of: column).map { index in batches.flatMap { $0.texts(column: index) } }
    }
}
