import Campaign

/// A transaction with a server.
struct PostgresSession: SQLSession {
    private let connection: PostgresConnection

    init(_ connection: PostgresConnection) { self.connection = connection }

    var dialect: SQLDialect { .postgres }

    func execute(_ sql: String, _ arguments: [SQLArgument]) throws -> Int {
        try connection.query(sql, arguments).changes
    }

    func rows(_ sql: String, _ arguments: [SQLArgument]) throws -> [SQLRow] {
        try connection.query(sql, arguments).rows.map { SQLRow($0) }
    }

    func forEach(
        _ sql: String,
        _ arguments: [SQLArgument],
        _ body: (SQLRow) throws -> Bool
    ) throws {
        _ = try connection.query("DECLARE found NO SCROLL CURSOR FOR " + sql, arguments)
        while true {
            let rows = try connection.query("FETCH \(Self.portion) FROM found", []).rows
            for row in rows {
                guard try body(SQLRow(row)) else { return try connection.run("CLOSE found") }
            }
            guard rows.count == Self.portion else { return try connection.run("CLOSE found") }
        }
    }

    /// So many rows are in memory at once.
    private static let portion = 2_000

    // A server's record has no form without one of today's tables.
    func hasTable(_ name: String) throws -> Bool { true }

    func waitForTurn() throws {
        try connection.run(
            "SELECT pg_advisory_xact_lock(hashtextextended('retain turn ' || current_schema(), 0))"
        )
    }

    /// Copies into a table of this connection and from there what is not in the record yet.
    ///
    /// When a connection is lost nobody knows whether its last transaction counts; so it may come again. That table is
    /// made once: one for each transaction would fill the server's catalog.
    func add(_ batches: [NumberedBatch]) throws {
        try connection.run(
            """
            CREATE TEMPORARY TABLE IF NOT EXISTS retain_incoming (
                id uuid, place integer, time bigint, model bigint, customer text,
                probability double precision, shadow_model bigint,
                shadow_probability double precision, features json, as_of text
            ) ON COMMIT DELETE ROWS
            """
        )
        let columns = """
            id, place, time, model, customer, probability, shadow_model, shadow_probability, features, as_of
            """
        let sql = "COPY pg_temp.retain_incoming (\(columns)) FROM STDIN (FORMAT binary)"
        try connection.copy(sql) { send in
            var rows = PostgresCopy(connection.path)
            for batch in batches { try rows.add(batch, send) }
            try rows.end(send)
        }
        try connection.run(
            """
            INSERT INTO prediction (\(columns)) SELECT \(columns) FROM pg_temp.retain_incoming
            ON CONFLICT (id, place) DO NOTHING
            """
        )
    }

    func add(_ members: [CampaignMember], of campaign: Int64) throws {
        let sql = """
            COPY campaign_member (
                campaign, rank, customer, arm, block, offer, probability, value, expected_profit,
                expected_cost
            ) FROM STDIN (FORMAT binary)
            """
        try connection.copy(sql) { send in
            var rows = PostgresCopy(connection.path)
            try rows.add(members, of: campaign, send)
            try rows.end(send)
        }
    }
}
