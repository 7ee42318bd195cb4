import GRDB
public import Schema

extension SQLiteRecord {
    /// What was predicted of customers the last time that it was something else; see `PredictionStore`.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(predictions of these customers).
    public func earlier(
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
        _ db: Database
    ) throws -> [EarlierPrediction?] {
        // Of predictions that are as the present one the latest stands in where there is no other.
        let statement = try db.cachedStatement(
            sql: """
                SELECT time, probability, features, name, version, digest FROM prediction
                JOIN model ON model.id = prediction.model WHERE customer = ? AND time < ?
                ORDER BY digest = ? AND features = ?, time DESC, prediction.id DESC LIMIT 1
                """
        )
        return try customers.enumerated().map { row, customer in
            guard let customer, model.keepsIdentifier else { return nil }
            var json: [UInt8] = []
            model.write(rows[row: row], to: &json)
            let features = String(decoding: json, as: UTF8.self)
            return try Row.fetchOne(statement, arguments: [customer, time, model.digest, features])
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

extension SQLiteRecordReader {
    /// What was predicted of customers the last time that it was something else; see `PredictionStore`.
    ///
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(predictions of these customers).
    public func earlier(
        _ rows: CodedRows,
        of customers: [String?],
        than time: Int64,
        _ model: RecordedModel
    ) throws(RecordStoreError) -> [EarlierPrediction?] {
        try read { db in
            try SQLiteRecord.earlier(rows, of: customers, than: time, model, db)
        }
    }
}
