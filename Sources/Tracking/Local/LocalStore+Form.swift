import GRDB

extension LocalStore {
    /// Whether every table is there; false for an empty file, and where only Retain's own table is missing.
    ///
    /// - Throws: `TrackingError` of kind `damaged` for a file of a form that is not known.
    static func isComplete(_ db: Database, _ address: String) throws -> Bool {
        let tables = try String.fetchSet(
            db,
            sql: "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        if tables.isEmpty { return false }
        guard tables.isSuperset(of: ["alembic_version", "experiments", "runs"]) else {
            throw TrackingError(
                .damaged,
                at: address,
                "the file is a database of something else; name another by MLFLOW_TRACKING_URI"
            )
        }
        let revision = try String.fetchOne(db, sql: "SELECT version_num FROM alembic_version")
        let isOwn = tables.contains("retain_sync")
        if revision != MLflowSchema.revision || !isOwn {
            try check(db, revision: revision ?? "unknown", address)
        }
        return isOwn
    }

    /// Makes the tables that are missing.
    static func complete(_ db: Database, artifacts folder: String, _ address: String) throws {
        // Another program may have made them since the first look.
        guard try !isComplete(db, address) else { return }
        guard try !db.tableExists("experiments") else {
            return try db.execute(sql: MLflowSchema.own)
        }
        for statement in MLflowSchema.statements { try db.execute(sql: statement) }
        try db.execute(
            sql: """
                INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage,
                    creation_time, last_update_time)
                VALUES (0, 'Default', ?, 'active', ?, ?)
                """,
            arguments: [(folder == "/" ? "" : folder) + "/mlruns/0", now, now]
        )
    }

    /// Another release of MLflow made or changed the file: what Retain needs must be there, and nothing else
    /// be demanded.
    private static func check(_ db: Database, revision: String, _ address: String) throws {
        for (table, names) in MLflowSchema.needed.sorted(by: { $0.key < $1.key }) {
            let columns = try db.tableExists(table) ? try db.columns(in: table) : []
            let missing = names.filter { name in !columns.contains { $0.name == name } }
            let demanded = columns.filter {
                $0.isNotNull && $0.defaultValueSQL == nil && !names.contains($0.name)
            }
            guard missing.isEmpty, demanded.isEmpty else {
                throw TrackingError(
                    .damaged,
                    at: address,
                    "its form (revision \(revision)) is not known: table \(table) differs in"
                        + " \((missing + demanded.map(\.name)).joined(separator: ", ")); where an"
                        + " upgrade was cut off, `mlflow db upgrade \(address)` ends it; else name"
                        + " another file by MLFLOW_TRACKING_URI, or take a later Retain"
                )
            }
        }
    }
}
