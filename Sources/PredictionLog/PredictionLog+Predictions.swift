import GRDB

extension PredictionLog {
    /// Writes predictions down, all of them or none.
    ///
    /// - Throws: `PredictionLogError`.
    /// - Complexity: O(customers · features); some 5 µs a customer.
    public func append(_ batches: [PredictionBatch]) async throws(PredictionLogError) {
        try await write { db in
            var models: [(model: LoggedModel, number: Int64)] = []
            let insert = try db.cachedStatement(
                sql: """
                    INSERT INTO prediction (
                        id, time, model, customer, probability, shadow_model, shadow_probability, features
                    ) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                    """
            )
            var json: [UInt8] = []
            for batch in batches {
                let model = try Self.number(of: batch.model, db, &models)
                let shadow = try batch.shadow.map { try Self.number(of: $0.model, db, &models) }
                let width = batch.model.width
                for row in 0 ..< batch.count {
                    json.removeAll(keepingCapacity: true)
                    batch.model.write(batch.values[row * width ..< (row + 1) * width], to: &json)
                    let customer = batch.model.keepsIdentifier ? batch.customers[row] : nil
                    insert.setUncheckedArguments([
                        batch.id(of: row), batch.time, model, customer,
                        Double(batch.probabilities[row]), shadow,
                        batch.shadow.map { Double($0.probabilities[row]) },
                        String(decoding: json, as: UTF8.self),
                    ])
                    try insert.execute()
                }
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
