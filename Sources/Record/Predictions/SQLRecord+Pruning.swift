extension SQLRecord {
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
    func prune(
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
                    """
                    DELETE FROM prediction WHERE (\(db.dialect.key())) IN (
                        SELECT \(db.dialect.key()) FROM prediction ORDER BY \(db.dialect.key()) LIMIT ?
                    ) AND time < ?
                    """,
                    [Self.step, limit]
                )
            }
            removed += count
            if count == 0 { break }
        }
        var excess = try await excess(over: retention.rows, now: now)
        while excess > 0 {
            let most = min(excess, Self.step)
            let count = try await write { db in
                try db.execute(
                    """
                    DELETE FROM prediction WHERE (\(db.dialect.key())) IN (
                        SELECT \(db.dialect.key()) FROM prediction
                        WHERE \(db.dialect.request()) NOT IN (\(Self.protected))
                        ORDER BY \(db.dialect.key()) LIMIT ?
                    )
                    """,
                    [now, most]
                )
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
            var count = try db.value(Int.self, "SELECT COUNT(*) FROM prediction") ?? 0
            for protected in try db.rows(Self.protected, [now]) {
                let name: String = protected[0]
                count -=
                    try db.value(
                        Int.self,
                        "SELECT COUNT(*) FROM prediction WHERE \(db.dialect.isOf(batch: "?1"))",
                        [name]
                    ) ?? 0
            }
            return count - rows
        }
    }

    /// Removes what stands for nothing any more: what was said of customers who are no members, and batches without rows.
    private func removeLeftovers(limit: Int64) async throws(RecordStoreError) {
        try await write { db in
            try db.execute(
                """
                DELETE FROM outcome_history WHERE COALESCE(date, received) < ?1 AND received < ?1
                AND (customer IS NULL OR NOT EXISTS (
                    SELECT 1 FROM campaign_member AS member WHERE member.customer = outcome_history.customer))
                """,
                [limit]
            )
            try db.execute(
                """
                DELETE FROM batch WHERE ended IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM prediction WHERE \(db.dialect.isOf(batch: "batch.name")))
                """
            )
        }
    }

    /// Names of batches that campaigns stand on.
    private static let protected = """
        SELECT batch FROM campaign_batch JOIN campaign ON campaign.id = campaign_batch.campaign
        WHERE closed IS NULL OR created + horizon_days * 86400000 > ?
        """

    private static let step = 5_000
}
