import GRDB

extension LocalStore {
    /// Adds a batch in one transaction.
    ///
    /// 10,000 metrics take about 0.1 s.
    public func log(_ batch: RunBatch, to run: String) async throws {
        let keys = Set(batch.metrics.map(\.key)).union(batch.params.keys).union(batch.tags.keys)
        for key in keys.sorted() { try invalid(TrackingLimits.problem(withKey: key)) }
        try write { db in
            _ = try activeExperiment(of: run, db)
            try setParams(batch.params, of: run, db)
            try setTags(batch.tags, of: run, db)
            try addMetrics(batch.metrics, to: run, db)
        }
    }

    private func setParams(_ params: [String: String], of run: String, _ db: Database) throws {
        for (key, value) in params.sorted(by: { $0.key < $1.key }) {
            let value = TrackingLimits.cut(value, TrackingLimits.paramLength)
            let old = try String.fetchOne(
                db,
                sql: "SELECT value FROM params WHERE \"key\" = ? AND run_uuid = ?",
                arguments: [key, run]
            )
            try invalid(
                old.flatMap {
                    $0 == value
                        ? nil : "the parameter \(key) is \"\($0)\" and can't become \"\(value)\""
                }
            )
            guard old == nil else { continue }
            try db.execute(
                sql: "INSERT INTO params (\"key\", value, run_uuid) VALUES (?, ?, ?)",
                arguments: [key, value, run]
            )
        }
    }

    func setTags(_ tags: [String: String], of run: String, _ db: Database) throws {
        for (key, value) in tags.sorted(by: { $0.key < $1.key }) {
            try db.execute(
                sql: "INSERT OR REPLACE INTO tags (\"key\", value, run_uuid) VALUES (?, ?, ?)",
                arguments: [key, TrackingLimits.cut(value, TrackingLimits.tagLength), run]
            )
        }
        // The run's own fields say the same as these two tags.
        for (tag, column) in [("mlflow.runName", "name"), ("mlflow.user", "user_id")] {
            guard let value = tags[tag] else { continue }
            try db.execute(
                sql: "UPDATE runs SET \(column) = ? WHERE run_uuid = ?",
                arguments: [value, run]
            )
        }
    }

    private func addMetrics(_ metrics: [RunMetric], to run: String, _ db: Database) throws {
        let insertion = try db.makeStatement(
            sql: """
                INSERT OR IGNORE INTO metrics ("key", value, timestamp, run_uuid, step, is_nan)
                VALUES (?, ?, ?, ?, ?, ?)
                """
        )
        var latest: [String: RunMetric] = [:]
        for metric in metrics {
            let stored = metric.stored
            try insertion.execute(
                arguments: [
                    metric.key, stored.value, metric.timestamp, run, metric.step, stored.isNaN,
                ]
            )
            if latest[metric.key].map({ $0.isBefore(metric) }) ?? true {
                latest[metric.key] = metric
            }
        }
        for (key, metric) in latest {
            let old = try Row.fetchOne(
                db,
                sql: """
                    SELECT "key", value, timestamp, step, is_nan FROM latest_metrics
                    WHERE run_uuid = ? AND "key" = ?
                    """,
                arguments: [run, key]
            ).map { RunMetric($0) }
            guard old.map({ $0.isBefore(metric) }) ?? true else { continue }
            let stored = metric.stored
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO latest_metrics ("key", value, timestamp, step, is_nan,
                        run_uuid)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    key, stored.value, metric.timestamp, metric.step, stored.isNaN, run,
                ]
            )
        }
    }
}

extension RunMetric {
    /// - Parameters:
    ///   - row: Holds key, value, timestamp, step and is_nan, in this order.
    ///   - place: Where they begin.
    init(_ row: Row, from place: Int = 0) {
        let isNaN = row.number(at: place + 4).map { (flag: Double) in flag != 0 } ?? false
        self.init(
            row.text(at: place) ?? "",
            isNaN ? .nan : row.number(at: place + 1) ?? .nan,
            timestamp: row.number(at: place + 2) ?? 0,
            step: row.number(at: place + 3) ?? 0
        )
    }

    /// How MLflow's tables hold the value: they have neither NaN nor infinity.
    fileprivate var stored: (value: Double, isNaN: Bool) {
        let most = Double.greatestFiniteMagnitude
        return value.isNaN ? (0, true) : (min(max(value, -most), most), false)
    }

    /// Whether another is later: of a higher step, then a later time, then a higher value.
    fileprivate func isBefore(_ other: RunMetric) -> Bool {
        (step, timestamp, stored.value) < (other.step, other.timestamp, other.stored.value)
    }
}
