import FoundationEssentials

extension SQLRecord {
    /// Takes or renews what only one program may have at a time.
    ///
    /// - Throws: `RecordStoreError`.
    func takeLease(
        _ name: String,
        holder: String,
        now: Int64,
        for duration: Int64
    ) async throws(RecordStoreError) -> Bool {
        try await write { db in
            try db.execute(
                """
                INSERT INTO lease (name, holder, expires) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, expires = excluded.expires
                WHERE lease.holder = excluded.holder OR lease.expires <= ?
                """,
                [name, holder, now + duration, now]
            ) == 1
        }
    }

    /// Gives back what a program has, so that others need not wait.
    ///
    /// - Throws: `RecordStoreError`.
    func releaseLease(
        _ name: String,
        holder: String
    ) async throws(RecordStoreError) {
        _ = try await write { db in
            try db.execute(
                "DELETE FROM lease WHERE name = ? AND holder = ?",
                [name, holder]
            )
        }
    }

    /// Leaves something for the program that has a lease.
    ///
    /// - Throws: `RecordStoreError`.
    func handOver(
        _ content: Data,
        named name: String
    ) async throws(RecordStoreError) {
        _ = try await write { db in
            try db.execute(
                "INSERT INTO handover (name, content) VALUES (?, ?)",
                [name, content]
            )
        }
    }

    /// Takes what others left, in the order in which they did; nobody gets it a second time.
    ///
    /// - Throws: `RecordStoreError`.
    func takeHandovers(named name: String) async throws(RecordStoreError) -> [Data] {
        try await write { db in
            // In one statement, for others may leave something between two.
            try db.rows("DELETE FROM handover WHERE name = ? RETURNING id, content", [name])
                .map { (id: $0[0] as Int64, content: $0[1] as Data) }
                .sorted { $0.id < $1.id }.map(\.content)
        }
    }
}
