import FoundationEssentials
import Schema

/// Writes a batch in a transaction for each piece.
final class SQLBatchWriter: BatchWriter {
    private let log: SQLRecord
    private let model: RecordedModel
    private let name: PredictionID
    private let text: String
    private var rows = 0
    /// A batch that has not grown for so long has lost its writer.
    static let patience: Int64 = 120_000

    /// - Throws: `RecordStoreError`.
    init(
        _ log: SQLRecord,
        _ model: RecordedModel,
        source: String,
        time: Int64
    ) throws(RecordStoreError) {
        let name = PredictionID(at: Date(timeIntervalSince1970: Double(time) / 1000))
        let text = String(decoding: name.text, as: UTF8.self)
        (self.log, self.model, self.name, self.text) = (log, model, name, text)
        try log.removeForsakenBatches(now: Self.now)
        try log.database.prepareForManyRows()
        try log.writeNow { db in
            try db.execute(
                "INSERT INTO batch (name, begun, model, source) VALUES (?, ?, ?, ?)",
                [text, time, try SQLRecord.number(of: model, db), source]
            )
            try Self.renew(text, db)
        }
    }

    func append(
        customers: [String],
        asOf: [Day],
        rows: CodedRows,
        probabilities: [Float]
    ) throws(RecordStoreError) {
        var batch = PredictionBatch(model)
        batch.add(
            name.text,
            from: self.rows,
            time: Int64(name.milliseconds),
            customers: customers,
            asOf: asOf,
            rows: rows,
            probabilities: probabilities
        )
        let (text, model, whole, path) = (text, model, batch, log.path)
        try log.writeNow { db in
            // First, so that whoever takes this writer for dead waits.
            let count = try db.execute(
                "UPDATE batch SET rows = rows + ? WHERE name = ?",
                [whole.count, text]
            )
            guard count == 1 else {
                throw RecordStoreError(
                    path: path,
                    problem: "the batch was removed while it was written",
                    fix: "score the file again"
                )
            }
            let number = try SQLRecord.number(of: model, db)
            try db.add([NumberedBatch(batch: whole, model: number, shadow: nil)])
            try Self.renew(text, db)
        }
        self.rows += probabilities.count
    }

    func end() throws(RecordStoreError) {
        let text = text
        try log.writeNow { db in
            try db.execute("UPDATE batch SET ended = ? WHERE name = ?", [Self.now, text])
            try db.execute("DELETE FROM lease WHERE name = ?", ["batch " + text])
        }
    }

    func abandon() throws(RecordStoreError) { try log.remove(batch: text) }

    private static func renew(_ name: String, _ db: any SQLSession) throws {
        try db.execute(
            """
            INSERT INTO lease (name, holder, expires) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
            """,
            ["batch " + name, "score", now + patience]
        )
    }

    private static var now: Int64 { Int64(Date.now.timeIntervalSince1970 * 1000) }
}

extension SQLRecord {
    /// Begins to write a file's predictions.
    ///
    /// - Parameters:
    ///   - model: What predicts.
    ///   - source: Names the file for people.
    ///   - time: When the predictions are made, in milliseconds since 1970.
    /// - Returns: What takes the predictions.
    /// - Throws: `RecordStoreError`.
    func beginBatch(
        of model: RecordedModel,
        source: String,
        at time: Int64
    ) throws(RecordStoreError) -> any BatchWriter {
        try SQLBatchWriter(self, model, source: source, time: time)
    }

    /// Removes batches that were never ended and that nobody writes any more.
    func removeForsakenBatches(now: Int64) throws(RecordStoreError) {
        let names = try writeNow { db in
            try db.rows(
                """
                SELECT batch.name FROM batch LEFT JOIN lease ON lease.name = 'batch ' || batch.name
                WHERE ended IS NULL AND (expires IS NULL OR expires < ?)
                """,
                [now]
            )
            .map { $0[0] as String }
        }
        for name in names { try remove(batch: name) }
    }

    /// Removes a batch in steps, so that others who write wait for one step at most.
    func remove(batch name: String) throws(RecordStoreError) {
        while true {
            let count = try writeNow { db in
                try db.execute(
                    """
                    DELETE FROM prediction WHERE (\(db.dialect.key())) IN (
                        SELECT \(db.dialect.key()) FROM prediction
                        WHERE \(db.dialect.isOf(batch: "?1")) LIMIT 5000)
                    """,
                    [name]
                )
            }
            if count == 0 { break }
        }
        try writeNow { db in
            try db.execute("DELETE FROM batch WHERE name = ?", [name])
            try db.execute("DELETE FROM lease WHERE name = ?", ["batch " + name])
        }
    }
}
