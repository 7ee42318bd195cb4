import GRDB

extension SQLiteRecord {
    /// Writes predictions down, all of them or none.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(customers · features).
    public func append(_ batches: [PredictionBatch]) async throws(RecordStoreError) {
        try await write { db in
            var models: [(model: RecordedModel, number: Int64)] = []
            let insert = try PredictionInsert(db)
            for batch in batches {
                try insert.add(
                    batch,
                    model: try Self.number(of: batch.model, db, &models),
                    shadow: try batch.shadow.map { try Self.number(of: $0.model, db, &models) }
                )
            }
        }
    }

    /// The model's number in this file, which it gets where it has none.
    static func number(of model: RecordedModel, _ db: Database) throws -> Int64 {
        var known: [(model: RecordedModel, number: Int64)] = []
        return try number(of: model, db, &known)
    }

    private static func number(
        of model: RecordedModel,
        _ db: Database,
        _ known: inout [(model: RecordedModel, number: Int64)]
    ) throws -> Int64 {
        if let known = known.first(where: { $0.model == model }) { return known.number }
        let arguments: StatementArguments = [model.name, model.version, model.digest]
        try db.execute(
            sql: "INSERT OR IGNORE INTO model (name, version, digest) VALUES (?, ?, ?)",
            arguments: arguments
        )
        let number = try Int64.fetchOne(
            db,
            sql: "SELECT id FROM model WHERE name = ? AND version = ? AND digest = ?",
            arguments: arguments
        )
        guard let number else { throw DatabaseError(message: "the model was not kept") }
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
    public func scores(
        of digest: String,
        newest count: Int
    ) async throws(RecordStoreError) -> [Double] {
        try await read { db in try Self.scores(of: digest, newest: count, db) }
    }

    static func scores(
        of digest: String,
        newest count: Int,
        _ db: Database
    ) throws -> [Double] {
        try Double.fetchAll(
            db,
            sql: """
                SELECT probability FROM prediction
                WHERE model IN (SELECT id FROM model WHERE digest = ?) ORDER BY id DESC LIMIT ?
                """,
            arguments: [digest, count]
        )
        .reversed()
    }
}
