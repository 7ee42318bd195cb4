import GRDB

extension SQLiteRecord {
    /// Removes what is older than the retention's days, and the oldest beyond its rows, with their outcomes.
    ///
    /// Campaigns, their members and what was said of members stay. Batches that a campaign stands on which is open, or
    /// whose horizon is not over, do not count as rows; their predictions go by age like others. In steps, so that
    /// predictions which come meanwhile wait for one step at most.
    ///
    /// - Parameters:
    ///   - now: Milliseconds since 1970.
    ///   - horizonDays: Of the model that answers: predictions stay at least so long and a month; nil where it has none.
    /// - Returns: How many predictions were removed.
    /// - Throws: `RecordStoreError`.
    public func prune(
        now: Int64,
        horizonDays: Int?
    ) async throws(RecordStoreError) -> Int {
        let retention = retention.covering(horizonDays: horizonDays)
        let limit = now - Int64(retention.days) * OutcomeWindow.day
        var removed = 0
        while true {
            // In the order of their names, which is that of time.
            let count = try await write { db in
                try db.execute(
                    sql: """
                        DELETE FROM prediction WHERE id IN (
                            SELECT id FROM prediction ORDER BY id LIMIT ?
                        ) AND time < ?
                        """,
                    arguments: [Self.step, limit]
                )
                return db.changesCount
            }
            removed += count
            if count == 0 { break }
        }
        var excess = try await excess(over: retention.rows, now: now)
        while excess > 0 {
            let most = min(excess, Self.step)
            let count = try await write { db in
                try db.execute(
                    sql: """
                        DELETE FROM prediction WHERE id IN (
                            SELECT id FROM prediction
                            WHERE substr(id, 1, 36) NOT IN (\(Self.protected)) ORDER BY id LIMIT ?
                        )
                        """,
                    arguments: [now, most]
                )
                return db.changesCount
            }
            removed += count
            excess -= count
            if count == 0 { break }
        }
        try await removeLeftovers(limit: limit)
        return removed
    }

    /// How many predictions there are too many, without those of protected batches.
    private func excess(
        over rows: Int,
        now: Int64
    ) async throws(RecordStoreError) -> Int {
        try await read { db in
            var count = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM prediction") ?? 0
            for name in try String.fetchAll(db, sql: Self.protected, arguments: [now]) {
                count -=
                    try Int.fetchOne(
                        db,
                        sql:
                            "SELECT COUNT(*) FROM prediction WHERE id > ? || '-' AND id < ? || '.'",
                        arguments: [name, name]
                    ) ?? 0
            }
            return count - rows
        }
    }

    /// Removes what stands for nothing any more: what was said of customers who are no members, and batches without rows.
    private func removeLeftovers(limit: Int64) async throws(RecordStoreError) {
        try await write { db in
            try db.execute(
                sql: """
                    DELETE FROM outcome_history WHERE COALESCE(date, received) < ?1 AND received < ?1
                    AND (customer IS NULL OR customer NOT IN (SELECT customer FROM campaign_member))
                    """,
                arguments: [limit]
            )
            try db.execute(
                sql: """
                    DELETE FROM batch WHERE ended IS NOT NULL AND NOT EXISTS (
                        SELECT 1 FROM prediction WHERE id > batch.name || '-' AND id < batch.name || '.')
                    """
            )
        }
    }

    /// Names of batches that campaigns stand on.
    private static let protected = """
        SELECT batch FROM campaign_batch JOIN campaign ON campaign.id = campaign
        WHERE closed IS NULL OR created + horizon_days * 86400000 > ?
        """

    private static let step = 5_000
}
