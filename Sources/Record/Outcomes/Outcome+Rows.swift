public import Wire

extension Outcome {
    /// What a row of a request or a file tells.
    ///
    /// - Parameters:
    ///   - row: A row without problems.
    ///   - source: Who says so where the row does not.
    public init(_ row: OutcomeRows.Row, source: String? = nil) {
        let subject: Subject =
            row.prediction.map { .prediction(id: $0) } ?? .customer(row.customer ?? "")
        self.init(
            subject: subject,
            date: row.date,
            left: row.left,
            occurred: row.occurred,
            contacted: row.contacted,
            offerTaken: row.offerTaken,
            treatment: row.treatment,
            cost: row.cost,
            source: row.by ?? source
        )
    }
}
