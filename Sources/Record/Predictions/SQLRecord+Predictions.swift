extension SQLRecord {
    /// Writes predictions down, all of them or none.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(customers · features).
    func append(_ batches: [PredictionBatch]) async throws(RecordStoreError) {
        try await write { db in
            var models: [(model: RecordedModel, number: Int64)] = []
            try db.add(
                batches.map { batch in
                    NumberedBatch(
                        batch: batch,
                        model: try Self.number(of: batch.model, db, &models),
                        shadow: try batch.shadow.map { try Self.number(of: $0.model, db, &models) }
                    )
                }
            )
        }
    }

    /// The model's number in this file, which it gets where it has none.
    static func number(of model: RecordedModel, _ db: any SQLSession) throws -> Int64 {
        var known: [(model: RecordedModel, number: Int64)] = []
        return try number(of: model, db, &known)
    }

    private static func number(
        of model: RecordedModel,
        _ db: any SQLSession,
        _ known: inout [(model: RecordedModel, number: Int64)]
    ) throws -> Int64 {
        if let known = known.first(where: { $0.model == model }) { return known.number }
        let arguments: [SQLArgument] = [model.name, model.version, model.digest]
        let find = "SELECT id FROM model WHERE name = ? AND version = ? AND digest = ?"
        var number = try db.value(Int64.self, find, arguments)
        if number == nil {
            // Another program may do the same at this moment.
            try db.execute(
                """
                INSERT INTO model (name, version, digest) VALUES (?, ?, ?)
                ON CONFLICT (name, version, digest) DO NOTHING
                """,
                arguments
            )
            number = try db.value(Int64.self, find, arguments)
        }
        guard let number else { throw MissingRow() }
        known.append((model, number))
        return number
    }

    /// The probabilities that a model answered last, the oldest first.
    ///
    /// - Parameters:
    ///   - digest: Names the model's content.
    ///   - count: The most that are returned.
    /// - Returns: At most `count` probabilities.
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(count), where the model is the one that answered last.
    func scores(
        of digest: String,
        newest count: Int
    ) async throws(RecordStoreError) -> [Double] {
        try await read { db in try Self.scores(of: digest, newest: count, db) }
    }

    static func scores(
        of digest: String,
        newest count: Int,
        _ db: any SQLSession
    ) throws -> [Double] {
        try db.rows(
            """
            SELECT probability FROM prediction
            WHERE model IN (SELECT id FROM model WHERE digest = ?)
            ORDER BY \(db.dialect.newest()) LIMIT ?
            """,
            [digest, count]
        )
        .map { $0[0] }.reversed()
    }
}
