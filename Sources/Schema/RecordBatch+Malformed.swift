import Tabular

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
