import Campaign

extension SQLRecord {
    /// All that is known of a customer; nil where nothing is.
    ///
    /// - Parameters:
    ///   - customer: The identifier.
    ///   - most: How many predictions and sayings at most, the newest first.
    /// - Returns: Predictions, sayings and campaigns.
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(most · log(predictions + sayings)).
    func history(
        of customer: String,
        most: Int
    ) async throws(RecordStoreError) -> CustomerHistory? {
        try await read { db in
            let customer = db.dialect.customer(customer)
            let history = CustomerHistory(
                predictions: try Self.predictions(of: customer, most, db),
                sayings: try Self.sayings(of: customer, most, db),
                memberships: try Self.memberships(of: customer, db)
            )
            let isKnown =
                !history.predictions.isEmpty || !history.sayings.isEmpty
                || !history.memberships.isEmpty
            return isKnown ? history : nil
        }
    }

    private static func predictions(
        of customer: String,
        _ most: Int,
        _ db: any SQLSession
    ) throws -> [CustomerHistory.Prediction] {
        try db.rows(
            """
            SELECT time, probability, features, name, version, digest FROM prediction
            JOIN model ON model.id = prediction.model
            WHERE customer = ? ORDER BY time DESC, \(db.dialect.newest()) LIMIT ?
            """,
            [customer, most]
        )
        .map {
            CustomerHistory.Prediction(
                time: $0["time"],
                probability: $0["probability"],
                model: NamedModel(name: $0["name"], version: $0["version"], digest: $0["digest"]),
                features: $0["features"]
            )
        }
    }

    private static func sayings(
        of customer: String,
        _ most: Int,
        _ db: any SQLSession
    ) throws -> [CustomerHistory.Saying] {
        try db.rows(
            """
            SELECT received, source, contacted, offer_taken, "left", NULL AS withdrawn
            FROM outcome_history WHERE customer = ?1
            UNION ALL
            SELECT received, source, contacted, offer_taken, "left", withdrawn
            FROM outcome_withdrawn WHERE customer = ?1
            ORDER BY received DESC LIMIT ?2
            """,
            [customer, most]
        )
        .map {
            CustomerHistory.Saying(
                time: $0["received"],
                source: $0["source"],
                state: MemberState($0),
                left: $0["left"],
                withdrawn: $0["withdrawn"]
            )
        }
    }

    private static func memberships(
        of customer: String,
        _ db: any SQLSession
    ) throws -> [CustomerHistory.Membership] {
        let rows = try db.rows(
            """
            SELECT * FROM campaign_member JOIN campaign ON campaign.id = campaign_member.campaign
            WHERE customer = ? ORDER BY created DESC, campaign.id DESC
            """,
            [customer]
        )
        return rows.map {
            CustomerHistory.Membership(campaign: CampaignEntry($0), member: CampaignMember($0))
        }
    }

    /// Customers who were ever predicted, by their latest prediction.
    ///
    /// - Parameters:
    ///   - prefix: With what identifiers begin; empty for all.
    ///   - first: How many to pass over.
    ///   - count: How many at most.
    ///   - withFeatures: Whether what they were predicted from comes, too.
    /// - Returns: In the order of their identifiers.
    /// - Throws: `RecordStoreError`.
    /// - Complexity: O(predictions of customers up to `CustomerPage.mostCounted`).
    func customers(
        prefix: String,
        from first: Int,
        count: Int,
        withFeatures: Bool
    ) async throws(RecordStoreError) -> CustomerPage {
        try await read { db in
            // No identifier that begins so is behind the prefix and the last character there is.
            let prefix = db.dialect.customer(prefix)
            let range: [SQLArgument] = [prefix, prefix + "\u{10FFFF}"]
            let matches =
                try db.value(
                    Int.self,
                    """
                    SELECT COUNT(*) FROM (
                        SELECT DISTINCT customer FROM prediction
                        WHERE customer >= ? AND customer < ? LIMIT \(CustomerPage.mostCounted)) AS found
                    """,
                    range
                ) ?? 0
            let names = try db.rows(
                """
                SELECT DISTINCT customer FROM prediction WHERE customer >= ? AND customer < ?
                ORDER BY customer LIMIT ? OFFSET ?
                """,
                range + [max(0, count), max(0, first)]
            )
            guard let first = names.first, let last = names.last else {
                return CustomerPage(entries: [], matches: matches)
            }
            let rows = try db.rows(
                """
                SELECT customer, probability, time, name || ' ' || version AS version, features FROM (
                    SELECT customer, probability, time, model,
                        \(withFeatures ? "features" : "NULL AS features"),
                        ROW_NUMBER() OVER (
                            PARTITION BY customer ORDER BY time DESC, \(db.dialect.newest())) AS age
                    FROM prediction WHERE customer >= ? AND customer <= ?) AS latest
                JOIN model ON model.id = latest.model WHERE age = 1 ORDER BY customer
                """,
                [first[0] as String, last[0] as String]
            )
            let entries = rows.map {
                CustomerPage.Entry(
                    customer: $0["customer"],
                    probability: $0["probability"],
                    time: $0["time"],
                    version: $0["version"],
                    features: $0["features"]
                )
            }
            return CustomerPage(entries: entries, matches: matches)
        }
    }
}
