import GRDB

extension PredictionLog {
    /// Writes predictions down, all of them or none.
    ///
    /// - Throws: `PredictionLogError`.
    /// - Complexity: O(customers · features).
    public func append(_ batches: [PredictionBatch]) async throws(PredictionLogError) {
        try await write { db in
            var models: [(model: LoggedModel, number: Int64)] = []
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
    private static func number(
        of model: LoggedModel,
        _ db: Database,
        _ known: inout [(model: LoggedModel, number: Int64)]
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
}
