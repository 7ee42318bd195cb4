import GRDB

/// What a run or version of this machine is called on a server.
public struct Counterpart: Equatable, Sendable {
    /// Its identifier there.
    public var remoteID: String
    /// Whether everything of it is there.
    public var isComplete: Bool

    /// Creates a note.
    public init(remoteID: String, isComplete: Bool) {
        self.remoteID = remoteID
        self.isComplete = isComplete
    }
}

/// What is replayed.
public enum SyncKind: String, Sendable {
    /// A run; its local identifier is the run's.
    case run
    /// A version; its local identifier is `NAME/VERSION`.
    case version
}

extension LocalStore {
    /// What is noted of something of this machine on a server; nil where nothing is.
    public func counterpart(
        _ kind: SyncKind,
        _ id: String,
        at destination: String
    ) throws -> Counterpart? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: """
                    SELECT remote_id, is_complete FROM retain_sync
                    WHERE kind = ? AND local_id = ? AND destination = ?
                    """,
                arguments: [kind.rawValue, id, destination]
            ).map {
                Counterpart(
                    remoteID: $0.text("remote_id") ?? "",
                    isComplete: $0.flag("is_complete")
                )
            }
        }
    }

    /// Notes what something of this machine is called on a server.
    public func note(
        _ kind: SyncKind,
        _ id: String,
        at destination: String,
        _ counterpart: Counterpart
    ) throws {
        try write { db in
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO retain_sync (kind, local_id, destination, remote_id,
                        is_complete)
                    VALUES (?, ?, ?, ?, ?)
                    """,
                arguments: [
                    kind.rawValue, id, destination, counterpart.remoteID, counterpart.isComplete,
                ]
            )
        }
    }

    /// The runs that have ended, the earliest first, and how many have not.
    func runIDsByStart() throws -> (ended: [String], unfinished: Int) {
        let rows = try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT run_uuid, status FROM runs WHERE lifecycle_stage = 'active'
                    ORDER BY start_time, run_uuid
                    """
            )
        }
        let ended = rows.filter { RunStatus(rawValue: $0.text("status") ?? "")?.isTerminal == true }
        return (ended.compactMap { $0.text("run_uuid") }, rows.count - ended.count)
    }
}
