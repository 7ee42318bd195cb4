import GRDB

extension LocalStore {
    /// The active runs that fit, in the order asked for.
    ///
    /// - Complexity: O(runs of the experiments) look-ups by key.
    public func runs(_ query: RunQuery) async throws -> [Run] {
        var arguments = StatementArguments()
        var sql = Self.runColumns + " WHERE lifecycle_stage = 'active'"
        let ids = query.experimentIDs.compactMap { Int64($0) }
        if query.experimentIDs.isEmpty {
            sql += """
                 AND experiment_id IN
                (SELECT experiment_id FROM experiments WHERE lifecycle_stage = 'active')
                """
        } else {
            sql += " AND experiment_id IN (\(ids.map { "\($0)" }.joined(separator: ", ")))"
        }
        if let filter = query.filter { sql += " AND (\(filter.sql(&arguments)))" }
        let order = query.order.map {
            $0.field.value(&arguments) + ($0.isDescending ? " DESC" : " ASC") + " NULLS LAST"
        }
        sql += " ORDER BY " + (order + ["start_time DESC", "run_uuid"]).joined(separator: ", ")
        sql += " LIMIT \(max(0, query.limit))"
        return try read { db in
            try complete(try Row.fetchAll(db, sql: sql, arguments: arguments), db)
        }
    }

    static let runColumns = """
        SELECT run_uuid, experiment_id, name, user_id, status, start_time, end_time, artifact_uri
        FROM runs
        """

    /// Everything of some runs, in a statement for each table.
    func complete(_ rows: [Row], _ db: Database) throws -> [Run] {
        var runs = rows.map { Run(info: RunInfo($0)) }
        let places = Dictionary(
            uniqueKeysWithValues: runs.enumerated().map { ($1.info.id, $0) }
        )
        let ids = runs.map(\.info.id)
        // SQLite takes 32,766 values in a statement; far fewer keep it quick to prepare.
        for start in stride(from: 0, to: ids.count, by: 500) {
            let some = Array(ids[start ..< min(start + 500, ids.count)])
            let list = databaseQuestionMarks(count: some.count)
            // The run's identifier stands first, and its rows beside one another.
            func each(_ sql: String, _ body: (Int, Row) -> Void) throws {
                let cursor = try Row.fetchCursor(db, sql: sql, arguments: StatementArguments(some))
                var last: (id: String, place: Int?) = ("", nil)
                while let row = try cursor.next() {
                    let id = row.text(at: 0) ?? ""
                    if id != last.id { last = (id, places[id]) }
                    if let place = last.place { body(place, row) }
                }
            }
            try each("SELECT run_uuid, \"key\", value FROM params WHERE run_uuid IN (\(list))") {
                runs[$0].params[$1.text(at: 1) ?? ""] = $1.text(at: 2) ?? ""
            }
            try each("SELECT run_uuid, \"key\", value FROM tags WHERE run_uuid IN (\(list))") {
                runs[$0].tags[$1.text(at: 1) ?? ""] = $1.text(at: 2) ?? ""
            }
            try each(
                """
                SELECT run_uuid, "key", value, timestamp, step, is_nan FROM latest_metrics
                WHERE run_uuid IN (\(list))
                """
            ) { runs[$0].metrics[$1.text(at: 1) ?? ""] = RunMetric($1, from: 1) }
            try each(Self.inputColumns + " AND destination_id IN (\(list)) ORDER BY input_uuid") {
                runs[$0].inputs.append(DatasetInput($1))
            }
        }
        return runs
    }

    private static let inputColumns = """
        SELECT destination_id AS run_uuid, datasets.name AS name, digest, dataset_source_type,
            dataset_source, dataset_schema, dataset_profile,
            (SELECT value FROM input_tags WHERE input_tags.input_uuid = inputs.input_uuid
                AND input_tags.name = 'mlflow.data.context') AS context
        FROM inputs JOIN datasets ON source_id = dataset_uuid
        WHERE source_type = 'DATASET' AND destination_type = 'RUN'
        """
}

extension RunInfo {
    fileprivate init(_ row: Row) {
        self.init(
            id: row.text("run_uuid") ?? "",
            experimentID: "\(row.integer("experiment_id") ?? 0)",
            name: row.text("name") ?? "",
            user: row.text("user_id") ?? "",
            status: RunStatus(rawValue: row.text("status") ?? "") ?? .running,
            start: row.integer("start_time") ?? 0,
            end: row.integer("end_time"),
            artifactURI: row.text("artifact_uri") ?? ""
        )
    }
}

extension DatasetInput {
    fileprivate init(_ row: Row) {
        self.init(
            name: row.text("name") ?? "",
            digest: row.text("digest") ?? "",
            sourceType: row.text("dataset_source_type") ?? "",
            source: row.text("dataset_source") ?? "",
            schema: row.text("dataset_schema") ?? "",
            profile: row.text("dataset_profile") ?? "",
            context: row.text("context") ?? ""
        )
    }
}
