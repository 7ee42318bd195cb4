import Tabular

/// The rows of a file that are no records of its table.
public struct MalformedRows: Equatable, Sendable {
    /// How many.
    public let count: Int
    /// Where the first one is, what is wrong with it and how to mend it, in a line.
    public let first: String

    /// Counts the malformed rows of all batches; nil where there are none.
    init?(_ batches: [RecordBatch]) {
        let count = batches.reduce(0) { $0 + $1.malformed.count }
        guard let batch = batches.first(where: { !$0.malformed.isEmpty }) else { return nil }
        let (row, problem) = batch.malformed[0]
        self.count = count
        var fix = problem.fix
        if case .invalidUTF8 = problem { fix += ", or name its encoding with --encoding" }
        first = "the first, on line \(batch.line(row: row)), \(problem.rule); \(fix)"
    }
}

extension RecordBatch {
    /// The records that are no row of the table, ascending, each with what is wrong and how to mend it.
    ///
    /// Their fields read as empty and count for nothing.
    var malformedRecords: [(row: Int, value: String, rule: String)] {
        malformed.map { row, problem in
            (row, String(decoding: raw(row: row), as: UTF8.self), "\(problem.rule); \(problem.fix)")
        }
    }
}
