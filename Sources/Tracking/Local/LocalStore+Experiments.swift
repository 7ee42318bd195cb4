import GRDB

extension LocalStore {
    /// The active experiments, by number.
    public func experiments() async throws -> [Experiment] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: Self.experimentColumns
                    + " WHERE lifecycle_stage = 'active' ORDER BY experiment_id"
            ).map(Experiment.init)
        }
    }

    /// The active experiment of this name.
    public func experiment(named name: String) async throws -> Experiment? {
        try read { db in
            try Row.fetchOne(
                db,
                sql: Self.experimentColumns + " WHERE lifecycle_stage = 'active' AND name = ?",
                arguments: [name]
            ).map(Experiment.init)
        }
    }

    /// Makes an experiment whose artifacts lie in `mlruns` beside the file.
    public func createExperiment(named name: String) async throws -> Experiment {
        try invalid(TrackingLimits.problem(withExperimentName: name))
        return try write { db in
            let sql = "SELECT 1 FROM experiments WHERE name = ?"
            guard try Row.fetchOne(db, sql: sql, arguments: [name]) == nil else {
                throw TrackingError(
                    .alreadyExists,
                    at: address,
                    "there is an experiment \"\(name)\" already"
                )
            }
            try db.execute(
                sql: """
                    INSERT INTO experiments (name, artifact_location, lifecycle_stage,
                        creation_time, last_update_time)
                    VALUES (?, '', 'active', ?, ?)
                    """,
                arguments: [name, Self.now, Self.now]
            )
            let id = db.lastInsertedRowID
            let location = artifactRoot + "/\(id)"
            try db.execute(
                sql: "UPDATE experiments SET artifact_location = ? WHERE experiment_id = ?",
                arguments: [location, id]
            )
            return Experiment(id: "\(id)", name: name, artifactLocation: location)
        }
    }

    private static let experimentColumns =
        "SELECT experiment_id, name, artifact_location FROM experiments"
}

extension Experiment {
    fileprivate init(_ row: Row) {
        self.init(
            id: "\(row.integer("experiment_id") ?? 0)",
            name: row.text("name") ?? "",
            artifactLocation: row.text("artifact_location") ?? ""
        )
    }
}
