import GRDB
import GRDBSQLite
import Schema

/// Adds predictions to their table, several with one statement, by SQLite's own functions.
///
/// They read texts where these lie. GRDB makes a value of each argument first, which takes longer than adding the row.
struct PredictionInsert {
    private let db: Database
    private let one: Statement
    private let several: Statement

    /// Rows that one statement adds: beyond this hardly any time is saved.
    private static let rows = 16
    private static let columns = 9

    init(_ db: Database) throws {
        self.db = db
        one = try Self.statement(1, db)
        several = try Self.statement(Self.rows, db)
    }

    private static func statement(_ rows: Int, _ db: Database) throws -> Statement {
        let row = "(\(repeatElement("?", count: columns).joined(separator: ", ")))"
        return try db.cachedStatement(
            sql: """
                INSERT INTO prediction (
                    id, time, model, customer, probability, shadow_model, shadow_probability, features,
                    as_of
                ) VALUES \(repeatElement(row, count: rows).joined(separator: ", "))
                """
        )
    }

    /// Adds a batch.
    ///
    /// - Parameters:
    ///   - batch: The predictions.
    ///   - model: The number of the model that answered.
    ///   - shadow: The other model's number; nil where there is none.
    /// - Throws: `DatabaseError`.
    func add(_ batch: PredictionBatch, model: Int64, shadow: Int64?) throws {
        var texts: [UInt8] = []
        var row = 0
        while row < batch.count {
            let isWhole = batch.count - row >= Self.rows
            let rows = row ..< row + (isWhole ? Self.rows : 1)
            try add(batch, rows, model, shadow, by: isWhole ? several : one, &texts)
            row = rows.upperBound
        }
    }

    private func add(
        _ batch: PredictionBatch,
        _ rows: Range<Int>,
        _ model: Int64,
        _ shadow: Int64?,
        by statement: Statement,
        _ texts: inout [UInt8]
    ) throws {
        texts.removeAll(keepingCapacity: true)
        // Where each row's customer ends in the texts, and where the features and the day that follow do.
        var ends: [(customer: Int, features: Int, asOf: Int)] = []
        for row in rows {
            if batch.model.keepsIdentifier, let customer = batch.customers[row] {
                texts += customer.utf8
            }
            let customer = texts.count
            batch.model.write(batch.rows[row: row], to: &texts)
            let features = texts.count
            if !batch.asOf.isEmpty { texts += batch.asOf[row].description.utf8 }
            ends.append((customer, features, texts.count))
        }
        let handle = unsafe statement.sqliteStatement
        // What is not bound is null.
        defer {
            unsafe sqlite3_reset(handle)
            unsafe sqlite3_clear_bindings(handle)
        }
        let code = unsafe batch.names.withUnsafeBytes { names in
            unsafe texts.withUnsafeBytes { texts in
                var start = 0
                for (place, row) in rows.enumerated() {
                    let column = CInt(place * Self.columns)
                    let end = ends[place]
                    unsafe bindText(names, batch.name(of: row), to: handle, column + 1)
                    unsafe sqlite3_bind_int64(handle, column + 2, batch.times[row])
                    unsafe sqlite3_bind_int64(handle, column + 3, model)
                    if batch.model.keepsIdentifier, batch.customers[row] != nil {
                        unsafe bindText(texts, start ..< end.customer, to: handle, column + 4)
                    }
                    unsafe sqlite3_bind_double(handle, column + 5, Double(batch.probabilities[row]))
                    if let shadow, let answer = batch.shadow?.probabilities[row] {
                        unsafe sqlite3_bind_int64(handle, column + 6, shadow)
                        unsafe sqlite3_bind_double(handle, column + 7, Double(answer))
                    }
                    unsafe bindText(texts, end.customer ..< end.features, to: handle, column + 8)
                    if end.asOf > end.features {
                        unsafe bindText(texts, end.features ..< end.asOf, to: handle, column + 9)
                    }
                    start = end.asOf
                }
                return unsafe sqlite3_step(handle)
            }
        }
        guard code == SQLITE_DONE else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code),
                message: db.lastErrorMessage
            )
        }
    }
}

/// Makes a text, which lies among others, a column's value until the statement is reset.
func bindText(
    _ bytes: UnsafeRawBufferPointer,
    _ range: Range<Int>,
    to handle: OpaquePointer?,
    _ column: CInt
) {
    let text = unsafe UnsafeRawBufferPointer(rebasing: bytes[range])
    // Nil is SQLite's word for memory that stays as it is.
    unsafe sqlite3_bind_text(
        handle,
        column,
        text.assumingMemoryBound(to: CChar.self).baseAddress,
        CInt(text.count),
        nil
    )
}
