import FoundationEssentials

/// Something that operations may want to know a year later.
public struct AuditEntry: Equatable, Sendable {
    /// Milliseconds since 1970.
    public var time: Int64
    /// What happened, by levels with dots between: `drift.verdict.changed`.
    public var kind: String
    /// What there is to know of it, JSON.
    public var detail: String

    /// Creates an entry.
    public init(time: Int64, kind: String, detail: String) {
        self.time = time
        self.kind = kind
        self.detail = detail
    }
}

extension SQLRecord {
    /// Adds entries, and keeps a state that goes on after a restart, all of it or nothing.
    ///
    /// - Parameters:
    ///   - entries: In the order in which things happened.
    ///   - state: Takes the place of the state of that name.
    ///   - name: Names the state.
    /// - Throws: `RecordStoreError`.
    func keep(
        _ entries: [AuditEntry],
        state: Data,
        named name: String
    ) async throws(RecordStoreError) {
        try await write { db in
            for entry in entries {
                try db.execute(
                    "INSERT INTO audit (time, kind, detail) VALUES (?, ?, ?)",
                    [entry.time, entry.kind, entry.detail]
                )
            }
            try db.execute(
                """
                INSERT INTO state (name, content) VALUES (?, ?)
                ON CONFLICT (name) DO UPDATE SET content = excluded.content
                """,
                [name, state]
            )
        }
    }

    /// A state as it was last kept; nil where there is none.
    ///
    /// - Throws: `RecordStoreError`.
    func state(named name: String) async throws(RecordStoreError) -> Data? {
        try await read { db in
            try db.value(Data.self, "SELECT content FROM state WHERE name = ?", [name])
        }
    }

    /// The newest entries, newest first.
    ///
    /// - Throws: `RecordStoreError`.
    func audit(newest count: Int) async throws(RecordStoreError) -> [AuditEntry] {
        try await read { db in
            try db.rows(
                "SELECT time, kind, detail FROM audit ORDER BY id DESC LIMIT ?",
                [count]
            )
            .map { AuditEntry(time: $0["time"], kind: $0["kind"], detail: $0["detail"]) }
        }
    }
}
