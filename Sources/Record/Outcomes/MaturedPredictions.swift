import Campaign

/// A prediction whose horizon is over and whose truth is known.
struct MaturedPrediction {
    let time: Int64
    let probability: Double
    /// Whether the customer left within the horizon.
    let left: Bool
    /// Whether the customer was contacted, or else chosen to be by a campaign; nil where neither is known.
    let treated: Bool?
    let customer: String?
    let features: String
    /// Since when this can be known, in milliseconds since 1970: the last of what was said, or the end of the horizon.
    let known: Int64
}

/// Which predictions are looked at.
enum PredictionChoice {
    case all
    case model(digest: String)
    case version(name: String, version: String, digest: String)

    fileprivate var condition: String {
        switch self {
        case .all: "1 = 1"
        case .model: "model.digest = ?"
        case .version: "(model.digest = ? OR (model.name = ? AND model.version = ?))"
        }
    }

    fileprivate var arguments: [SQLArgument] {
        switch self {
        case .all: []
        case .model(let digest): [digest]
        case .version(let name, let version, let digest): [digest, name, version]
        }
    }
}

extension MaturedPrediction {
    /// Goes through the predictions that have matured at a time, the newest first.
    ///
    /// - Parameters:
    ///   - choice: Which predictions.
    ///   - maturing: The horizon, and by when it must be over.
    ///   - db: May be of a form from before there was a history.
    ///   - body: Returns whether to go on.
    /// - Throws: `DatabaseError`, and what the body throws.
    /// - Complexity: O(outcomes · predictions of a customer).
    static func forEach(
        _ choice: PredictionChoice,
        _ maturing: Maturity,
        _ db: any SQLSession,
        _ body: (MaturedPrediction) throws -> Bool
    ) throws {
        let horizon = Int64(maturing.days) * OutcomeWindow.day
        let half = [horizon] + choice.arguments + [maturing.time - horizon]
        var current: (id: String, row: SQLRow, window: OutcomeWindow, received: Int64)?
        func finished() -> MaturedPrediction? {
            guard let (_, row, window, received) = current, let left = window.left else {
                return nil
            }
            let isChosen: Bool = row["chosen"]
            return MaturedPrediction(
                time: row["time"],
                probability: row["probability"],
                left: left,
                treated: window.contacted ?? (isChosen ? true : nil),
                customer: row["customer"],
                features: row["features"],
                known: max(received, window.end)
            )
        }
        var isWanted = true
        try db.forEach(try sql(choice, db), half + half) { row in
            let id = db.dialect.referredName(in: row) ?? ""
            if current?.id != id {
                if let whole = finished() { isWanted = try body(whole) }
                guard isWanted else { return false }
                current = (
                    id, row.copied, OutcomeWindow(start: row["time"], days: maturing.days), 0
                )
            }
            current?.window.take(ToldOutcome(row))
            current?.received = row["received"]
            return true
        }
        if isWanted, let whole = finished() { _ = try body(whole) }
    }

    private static func sql(_ choice: PredictionChoice, _ db: any SQLSession) throws -> String {
        let hasHistory = try db.hasTable("outcome_history")
        let dialect = db.dialect
        let history =
            hasHistory
            ? "SELECT * FROM outcome_history"
            : """
            SELECT 0 AS id, received, NULL AS customer, prediction, NULL AS date, "left",
            NULL AS occurred, treated AS contacted, NULL AS offer_taken, NULL AS cost FROM outcome
            """
        let chosen =
            hasHistory
            ? """
            EXISTS (SELECT 1 FROM campaign_member AS member JOIN campaign ON campaign.id = member.campaign
                WHERE member.customer = prediction.customer AND arm = 'contact'
                AND created >= time AND created <= time + ?)
            """ : "? < 0"
        func half(_ join: String) -> String {
            """
            SELECT \(dialect.keyAsReference()), time, probability, prediction.customer AS customer,
                features, \(chosen) AS chosen, told.id AS told, told.received AS received, date,
                told."left" AS "left", occurred, contacted, offer_taken, cost
            FROM prediction JOIN model ON model.id = prediction.model JOIN told ON \(join)
            WHERE \(choice.condition) AND time <= ?
            """
        }
        return """
            WITH told AS NOT MATERIALIZED (\(history))
            \(half("told.customer = prediction.customer"))
            UNION ALL
            \(half("told.customer IS NULL AND (\(dialect.reference("told"))) = (\(dialect.key()))"))
            ORDER BY time DESC, \(dialect.newestReference), told
            """
    }
}
