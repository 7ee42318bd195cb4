import Schema

/// The predictions of a record whose truth is known, for reading only.
struct SQLRecordReader: LabelledRecord {
    let database: any ReadableDatabase

    var path: String { database.path }

    /// - Complexity: O(outcomes).
    func judgements(
        of name: String,
        version: String,
        digest: String,
        maturing: Maturity?
    ) throws(RecordStoreError) -> [Judgement] {
        try database.read { db in
            if let maturing {
                var found: [Judgement] = []
                let choice = PredictionChoice.version(name: name, version: version, digest: digest)
                try MaturedPrediction.forEach(choice, maturing, db) {
                    found.append(
                        Judgement(probability: $0.probability, left: $0.left, treated: $0.treated)
                    )
                    return true
                }
                return found.reversed()
            }
            return try db.rows(
                """
                SELECT probability, "left", treated FROM outcome
                JOIN prediction ON (\(db.dialect.key())) = (\(db.dialect.reference("outcome")))
                JOIN model ON model.id = prediction.model
                WHERE model.digest = ? OR (model.name = ? AND model.version = ?)
                ORDER BY time, \(db.dialect.key())
                """,
                [digest, name, version]
            )
            .map {
                Judgement(probability: $0["probability"], left: $0["left"], treated: $0["treated"])
            }
        }
    }

    func newestModel() throws(RecordStoreError) -> NamedModel? {
        try database.read { db in
            let sql = """
                SELECT name, version, digest FROM model WHERE id = (
                    SELECT model FROM prediction ORDER BY \(db.dialect.newest()) LIMIT 1)
                """
            return try db.row(sql).map {
                NamedModel(name: $0["name"], version: $0["version"], digest: $0["digest"])
            }
        }
    }

    func scores(
        of digest: String,
        newest count: Int
    ) throws(RecordStoreError) -> [Double] {
        try database.read { db in try SQLRecord.scores(of: digest, newest: count, db) }
    }

    func judgements(
        of digest: String,
        newest count: Int,
        maturing: Maturity?
    ) throws(RecordStoreError) -> [DatedJudgement] {
        try database.read { db in
            try SQLRecord.judgements(of: digest, newest: count, maturing: maturing, db)
        }
    }

    /// - Complexity: O(predictions of these customers).
    func earlier(
        _ rows: CodedRows,
        of customers: [String?],
        than time: Int64,
        _ model: RecordedModel
    ) throws(RecordStoreError) -> [EarlierPrediction?] {
        try database.read { db in
            try SQLRecord.earlier(rows, of: customers, than: time, model, db)
        }
    }
}
