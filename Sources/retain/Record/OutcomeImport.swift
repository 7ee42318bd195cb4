import Files
import Output
import Record
import Schema
import Tabular
import Wire

/// Brings a file of outcomes into a record, piece by piece.
struct OutcomeImport {
    let record: any RecordStore
    /// Whose words for yes, no and nothing count; nil where there is none.
    let schema: Schema?

    /// What became of the file's rows.
    struct Result {
        var read = 0
        var rejected = 0
        var firstProblem: String?
        var counts = OutcomeCounts(most: Self.mostFindings)
        var unused: [String] = []
        var remarks: [String] = []

        /// So many are named, since memory must not grow with the file.
        static let mostFindings = 1_000
    }

    /// So many outcomes are written at once, so that others who write need not wait long.
    private static let piece = 2_000

    /// Reads the file.
    ///
    /// - Parameters:
    ///   - file: A CSV file, or `-`.
    ///   - rejects: Where rows that tell no outcome go; nil only counts them.
    ///   - encoding: How the file's characters are written; nil finds out.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: What became of the rows.
    /// - Throws: `FileError`, `CSVError`, `OutcomeColumnsError`, `RecordStoreError`.
    func run(
        _ file: String,
        rejects: String?,
        encoding: TextEncoding?,
        onProgress: (Result) -> Void
    ) async throws -> Result {
        var reader = try CSVReader(file, encoding: encoding)
        let outcomes = try OutcomeFile(
            header: reader.header,
            schema: schema,
            decimalComma: reader.dialect.decimalComma
        )
        var rejected = try rejects.map { try AtomicFile($0) }
        try rejected?.write("line,reason,row\n")
        var result = Result()
        result.unused = outcomes.unused
        while let chunk = try reader.nextChunk() {
            let batch = try chunk.parsed()
            let found = outcomes.read(batch)
            for start in stride(from: 0, to: found.outcomes.count, by: Self.piece) {
                let piece = found.outcomes[start...].prefix(Self.piece)
                try await keep(piece, into: &result)
            }
            result.read += batch.rowCount
            result.rejected += found.rejects.count
            if let first = found.rejects.first, result.firstProblem == nil {
                result.firstProblem = "line \(first.line): \(first.reason)"
            }
            try rejected?.write(Self.lines(found.rejects, of: batch))
            onProgress(result)
        }
        result.remarks = reader.remarks
        try rejected?.commit()
        return result
    }

    private func keep(
        _ piece: ArraySlice<(line: Int, row: OutcomeRows.Row)>,
        into result: inout Result
    ) async throws {
        let outcomes = piece.map { Outcome($0.row) }
        let receipts = try await record.record(
            outcomes,
            keepsStrangers: schema?.keepsIdentifier ?? true,
            received: nil
        )
        for (receipt, (outcome, row)) in zip(receipts, zip(outcomes, piece)) {
            result.counts.add(receipt, of: outcome, place: row.line)
        }
    }

    private static func lines(_ rejects: [OutcomeFile.Reject], of batch: RecordBatch) -> [UInt8] {
        var lines: [UInt8] = []
        for reject in rejects {
            lines += "\(reject.line),".utf8
            lines.appendCSVField(reject.reason)
            lines.append(UInt8(ascii: ","))
            lines.appendCSVField(batch.raw(row: reject.row)[...])
            lines.append(UInt8(ascii: "\n"))
        }
        return lines
    }
}

extension Schema {
    /// Whether a record may hold who a customer is.
    var keepsIdentifier: Bool { !columns.contains { $0.name == identifier && $0.personal } }
}
