import FoundationEssentials
import GRDB
import Schema

/// Writes a batch into an SQLite file, in a transaction for each piece.
final class SQLiteBatchWriter: BatchWriter {
    private let log: SQLiteRecord
    private let model: RecordedModel
    private let name: PredictionID
    private let text: String
    private var rows = 0
    /// A batch that has not grown for so long has lost its writer.
    static let patience: Int64 = 120_000

    /// - Throws: `RecordStoreError`.
    init(
        _ log: SQLiteRecord,
        _ model: RecordedModel,
        source: String,
        time: Int64
    ) throws(RecordStoreError) {
        let name = PredictionID(at: Date(timeIntervalSince1970: Double(time) / 1000))
        let text = String(decoding: name.text, as: UTF8.self)
        (self.log, self.model, self.name, self.text) = (log, model, name, text)
        try log.removeForsakenBatches(now: Self.now)
        // Customers come in no order, so that rows of their index lie all over the file: 64 MiB hold what would else be
        // read and written again for each piece, and pages go from the log to their places less often.
        try log.writeNow { db in
            try db.execute(sql: "PRAGMA cache_size = -65536; PRAGMA wal_autocheckpoint = 16384")
        }
        try log.writeNow { db in
            try db.execute(
                sql: "INSERT INTO batch (name, begun, model, source) VALUES (?, ?, ?, ?)",
                arguments: [text, time, try SQLiteRecord.number(of: model, db), source]
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
        let (text, model, whole) = (text, model, batch)
        try log.writeNow { db in
            try PredictionInsert(db)
                .add(whole, model: try SQLiteRecord.number(of: model, db), shadow: nil)
            try db.execute(
                sql: "UPDATE batch SET rows = rows + ? WHERE name = ?",
                arguments: [whole.count, text]
            )
            // Somebody took this writer for dead and removed what there was.
            guard db.changesCount == 1 else {
                throw DatabaseError(message: "the batch was removed while it was written")
            }
            try Self.renew(text, db)
        }
        self.rows += probabilities.count
    }

    func end() throws(RecordStoreError) {
        let text = text
        try log.writeNow { db in
            try db.execute(
                sql: "UPDATE batch SET ended = ? WHERE name = ?",
                arguments: [Self.now, text]
            )
            try db.execute(sql: "DELETE FROM lease WHERE name = ?", arguments: ["batch " + text])
        }
    }

    func abandon() throws(RecordStoreError) { try log.remove(batch: text) }

    private static func renew(_ name: String, _ db: Database) throws {
        try db.execute(
            sql: "INSERT OR REPLACE INTO lease (name, holder, expires) VALUES (?, ?, ?)",
            arguments: ["batch " + name, "score", now + patience]
        )
    }

    private static var now: Int64 { Int64(Date.now.timeIntervalSince1970 * 1000) }
}

extension SQLiteRecord {
    /// Begins to write a file's predictions.
    ///
    /// - Parameters:
    ///   - model: What predicts.
    ///   - source: Names the file for people.
    ///   - time: When the predictions are made, in milliseconds since 1970.
    /// - Returns: What takes the predictions.
    /// - Throws: `RecordStoreError`.
    public func beginBatch(
        of model: RecordedModel,
        source: String,
        at time: Int64
    ) throws(RecordStoreError) -> any BatchWriter {
        try SQLiteBatchWriter(self, model, source: source, time: time)
    }

    /// Removes batches that were never ended and that nobody writes any more.
    func removeForsakenBatches(now: Int64) throws(RecordStoreError) {
        let names = try writeNow { db in
            try String.fetchAll(
                db,
                sql: """
                    SELECT batch.name FROM batch LEFT JOIN lease ON lease.name = 'batch ' || batch.name
                    WHERE ended IS NULL AND (expires IS NULL OR expires < ?)
                    """,
                arguments: [now]
            )
        }
        for name in names { try remove(batch: name) }
    }

    /// Removes a batch in steps, so that others who write wait for one step at most.
    func remove(batch name: String) throws(RecordStoreError) {
        while true {
            let count = try writeNow { db in
                try db.execute(
                    sql: """
                        DELETE FROM prediction WHERE id IN (
                            SELECT id FROM prediction WHERE id > ? || '-' AND id < ? || '.' LIMIT 5000)
                        """,
                    arguments: [name, name]
                )
                return db.changesCount
            }
            if count == 0 { break }
        }
        try writeNow { db in
            try db.execute(sql: "DELETE FROM batch WHERE name = ?", arguments: [name])
            try db.execute(sql: "DELETE FROM lease WHERE name = ?", arguments: ["batch " + name])
        }
    }
}
