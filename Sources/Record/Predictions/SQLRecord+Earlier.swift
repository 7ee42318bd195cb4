import Schema

extension SQLRecord {
    /// What was predicted of customers the last time that it was something else; see `PredictionStore`.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(predictions of these customers).
    func earlier(
        _ rows: CodedRows,
        of customers: [String?],
        than time: Int64,
        _ model: RecordedModel
    ) async throws(RecordStoreError) -> [EarlierPrediction?] {
        try await read { db in try Self.earlier(rows, of: customers, than: time, model, db) }
    }

    static func earlier(
        _ rows: CodedRows,
        of customers: [String?],
        than time: Int64,
        _ model: RecordedModel,
        _ db: any SQLSession
    ) throws -> [EarlierPrediction?] {
        // Of predictions that are as the present one the latest stands in where there is no other.
        let sql = """
            SELECT time, probability, features, name, version, digest FROM prediction
            JOIN model ON model.id = prediction.model WHERE customer = ? AND time < ?
            ORDER BY digest = ? AND CAST(features AS TEXT) = ?, time DESC, \(db.dialect.newest()) LIMIT 1
            """
        return try customers.enumerated().map { row, customer in
            guard let customer, model.keepsIdentifier else { return nil }
            var json: [UInt8] = []
            model.write(rows[row: row], to: &json)
            let features = String(decoding: json, as: UTF8.self)
            return try db.row(sql, [db.dialect.customer(customer), time, model.digest, features])
                .map { found in
                    EarlierPrediction(
                        model: NamedModel(
                            name: found["name"],
                            version: found["version"],
                            digest: found["digest"]
                        ),
                        time: found["time"],
                        probability: found["probability"],
                        features: found["features"]
                    )
                }
        }
    }
}
