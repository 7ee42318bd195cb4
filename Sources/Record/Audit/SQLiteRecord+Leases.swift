public import FoundationEssentials
import GRDB

extension SQLiteRecord {
    /// Takes or renews what only one program may have at a time.
    ///
    /// - Throws: `RecordStoreError`.
    public func takeLease(
        _ name: String,
        holder: String,
        now: Int64,
        for duration: Int64
    ) async throws(RecordStoreError) -> Bool {
        try await write { db in
            try db.execute(
                sql: """
                    INSERT INTO lease (name, holder, expires) VALUES (?, ?, ?)
                    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
                    WHERE holder = excluded.holder OR expires <= ?
                    """,
                arguments: [name, holder, now + duration, now]
            )
            return db.changesCount == 1
        }
    }

    /// Gives back what a program has, so that others need not wait.
    ///
    /// - Throws: `RecordStoreError`.
    public func releaseLease(
        _ name: String,
        holder: String
    ) async throws(RecordStoreError) {
        try await write { db in
            try db.execute(
                sql: "DELETE FROM lease WHERE name = ? AND holder = ?",
                arguments: [name, holder]
            )
        }
    }

    /// Leaves something for the program that has a lease.
    ///
    /// - Throws: `RecordStoreError`.
    public func handOver(
        _ content: Data,
        named name: String
    ) async throws(RecordStoreError) {
        try await write { db in
            try db.execute(
                sql: "INSERT INTO handover (name, content) VALUES (?, ?)",
                arguments: [name, content]
            )
        }
    }

    /// Takes what others left, in the order in which they did; nobody gets it a second time.
    ///
    /// - Throws: `RecordStoreError`.
    public func takeHandovers(named name: String) async throws(RecordStoreError) -> [Data] {
        try await write { db in
            let found = try Data.fetchAll(
                db,
                sql: "SELECT content FROM handover WHERE name = ? ORDER BY id",
                arguments: [name]
            )
            if !found.isEmpty {
                try db.execute(sql: "DELETE FROM handover WHERE name = ?", arguments: [name])
            }
            return found
        }
    }
}
