import GRDB

extension LocalStore: RunStore {
    /// Begins a run under an identifier that nothing else has.
    public func createRun(_ run: NewRun) async throws -> RunInfo {
        for key in run.tags.keys { try invalid(TrackingLimits.problem(withKey: key)) }
        return try write { db in
            let location = try artifactLocation(of: run.experimentID, db)
            let id = Self.freshID
            let user = run.user.isEmpty ? run.tags["mlflow.user"] ?? "" : run.user
            let info = RunInfo(
                id: id,
                experimentID: run.experimentID,
                name: run.name,
                user: user,
                status: .running,
                start: run.start,
                end: nil,
                artifactURI: location + "/\(id)/artifacts"
            )
            try db.execute(
                sql: """
                    INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name,
                        user_id, status, start_time, source_version, lifecycle_stage,
                        artifact_uri, experiment_id)
                    VALUES (?, ?, 'LOCAL', ?, '', ?, 'RUNNING', ?, ?, 'active', ?, ?)
                    """,
                arguments: [
                    id, run.name, run.tags["mlflow.source.name"] ?? "", user, run.start,
                    String((run.tags["mlflow.source.git.commit"] ?? "").prefix(50)),
                    info.artifactURI, Int64(run.experimentID),
                ]
            )
            var tags = run.tags
            tags["mlflow.runName"] = run.name
            if !user.isEmpty { tags["mlflow.user"] = user }
            try setTags(tags, of: id, db)
            return info
        }
    }

    /// Adds datasets; the same name and digest is the same dataset.
    public func log(_ inputs: [DatasetInput], to run: String) async throws {
        try write { db in
            let experiment = try activeExperiment(of: run, db)
            for input in inputs { try add(input, to: run, experiment, db) }
        }
    }

    /// Changes status and end; an end that is not said stays.
    public func update(_ run: String, status: RunStatus, end: Int64?) async throws {
        try write { db in
            _ = try activeExperiment(of: run, db)
            // As on a server: what is not said stays.
            try db.execute(
                sql:
                    "UPDATE runs SET status = ?, end_time = COALESCE(?, end_time) WHERE run_uuid = ?",
                arguments: [status.rawValue, end, run]
            )
        }
    }

    /// The run, also where it is deleted.
    public func run(_ id: String) async throws -> Run {
        try read { db in
            let rows = try Row.fetchAll(
                db,
                sql: Self.runColumns + " WHERE run_uuid = ?",
                arguments: [id]
            )
            guard let run = try complete(rows, db).first else { throw notFound("run \(id)") }
            return run
        }
    }

    /// Every value of a metric.
    ///
    /// - Complexity: Of the run's metrics, by an index.
    public func history(of metric: String, in run: String) async throws -> [RunMetric] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT "key", value, timestamp, step, is_nan FROM metrics
                    WHERE run_uuid = ? AND "key" = ? ORDER BY step, timestamp, value
                    """,
                arguments: [run, metric]
            ).map { RunMetric($0) }
        }
    }

    /// The experiment of a run that may be written to.
    ///
    /// - Throws: `TrackingError` of kind `notFound`, or `invalid` where the run is deleted.
    func activeExperiment(of run: String, _ db: Database) throws -> Int64 {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT experiment_id, lifecycle_stage FROM runs WHERE run_uuid = ?",
            arguments: [run]
        )
        guard let row else { throw notFound("run \(run)") }
        try invalid(
            row.text("lifecycle_stage") == "deleted"
                ? "the run \(run) is deleted; restore it, or log to another" : nil
        )
        return row.integer("experiment_id") ?? 0
    }

    private func artifactLocation(of experiment: String, _ db: Database) throws -> String {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT artifact_location, lifecycle_stage FROM experiments WHERE experiment_id = ?
                """,
            arguments: [Int64(experiment)]
        )
        guard let row else { throw notFound("experiment \(experiment)") }
        try invalid(
            row.text("lifecycle_stage") == "deleted"
                ? "the experiment \(experiment) is deleted; restore it, or name another" : nil
        )
        return row.text("artifact_location") ?? artifactRoot + "/" + experiment
    }

    private func add(
        _ input: DatasetInput,
        to run: String,
        _ experiment: Int64,
        _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO datasets (dataset_uuid, experiment_id, name, digest,
                    dataset_source_type, dataset_source, dataset_schema, dataset_profile)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Self.freshID, experiment, input.name, input.digest, input.sourceType,
                input.source, input.schema, input.profile,
            ]
        )
        let dataset = try String.fetchOne(
            db,
            sql: """
                SELECT dataset_uuid FROM datasets
                WHERE experiment_id = ? AND name = ? AND digest = ?
                """,
            arguments: [experiment, input.name, input.digest]
        )
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO inputs (input_uuid, source_type, source_id,
                    destination_type, destination_id)
                VALUES (?, 'DATASET', ?, 'RUN', ?)
                """,
            arguments: [Self.freshID, dataset, run]
        )
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO input_tags (input_uuid, name, value)
                SELECT input_uuid, 'mlflow.data.context', ? FROM inputs
                WHERE source_type = 'DATASET' AND source_id = ? AND destination_type = 'RUN'
                    AND destination_id = ?
                """,
            arguments: [input.context, dataset, run]
        )
    }
}

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
