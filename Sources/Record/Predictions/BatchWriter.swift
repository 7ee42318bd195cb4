public import Schema

/// Writes a file's predictions into a record, piece by piece.
///
/// Each piece is there whole or not at all, and others may write between two. A batch that nobody ends, as its process was
/// killed, is removed by the next one.
public protocol BatchWriter: AnyObject {
    /// Adds predictions.
    ///
    /// - Parameters:
    ///   - customers: The customers' identifiers.
    ///   - asOf: The day from which each customer's dates were counted back; empty where the model reads none.
    ///   - rows: The customers.
    ///   - probabilities: Shape [customers].
    /// - Throws: `RecordStoreError`.
    func append(
        customers: [String],
        asOf: [Day],
        rows: CodedRows,
        probabilities: [Float]
    ) throws(RecordStoreError)

    /// Tells that the batch is whole.
    ///
    /// - Throws: `RecordStoreError`.
    func end() throws(RecordStoreError)

    /// Removes what was written.
    ///
    /// - Throws: `RecordStoreError`.
    func abandon() throws(RecordStoreError)
}
