/// Records that were read and not yet looked into: any thread may do that.
public struct RecordChunk: Sendable {
    private enum Content {
        case text(CSVChunk)
        case values(ArrowRows, firstRow: Int)
    }

    private let content: Content

    init(_ text: CSVChunk) { content = .text(text) }

    init(_ values: ArrowRows, firstRow: Int) { content = .values(values, firstRow: firstRow) }

    /// Splits the chunk into records and fields.
    ///
    /// - Throws: `CSVError` where values do not lie where their description says; of text never.
    /// - Complexity: O(*n*) in the bytes.
    public func parsed() throws(CSVError) -> RecordBatch {
        switch content {
        case .text(let chunk): chunk.parsed()
        case .values(let rows, let firstRow):
            RecordBatch(try rows.columns(), rowCount: rows.rows.count, firstRow: firstRow)
        }
    }
}
