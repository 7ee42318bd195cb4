/// The tables of a record on a server, and how older ones become newer ones.
///
/// Services of two versions run beside each other while one takes the other's place. So a step only adds what the older
/// version need not know; what takes away comes a version later, and says so.
enum PostgresForm {
    struct Step {
        let name: String
        let sql: String
        /// Whether a version that does not know the step must no longer write.
        var isBreaking = false
    }

    static let steps = [Step(name: "1 the record", sql: first)]

    // As in SQLite, with types of the server's own. Identifiers are compared byte by byte, as SQLite does.
    private static let first = """
        CREATE TABLE model (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL,
            version text NOT NULL,
            digest text NOT NULL,
            UNIQUE (name, version, digest)
        );
        CREATE TABLE prediction (
            id uuid NOT NULL,
            place integer NOT NULL,
            time bigint NOT NULL,
            model bigint NOT NULL,
            customer text COLLATE "C",
            probability double precision NOT NULL,
            shadow_model bigint,
            shadow_probability double precision,
            features json NOT NULL,
            as_of text,
            PRIMARY KEY (id, place)
        );
        CREATE INDEX prediction_customer ON prediction (customer, time) WHERE customer IS NOT NULL;
        CREATE TABLE outcome (
            prediction uuid NOT NULL,
            place integer NOT NULL,
            received bigint NOT NULL,
            "left" boolean NOT NULL,
            treated boolean,
            treatment text,
            known bigint,
            occurred bigint,
            offer_taken boolean,
            cost double precision,
            source text,
            PRIMARY KEY (prediction, place),
            FOREIGN KEY (prediction, place) REFERENCES prediction ON DELETE CASCADE
        );
        CREATE TABLE campaign (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL UNIQUE,
            created bigint NOT NULL,
            closed bigint,
            horizon_days bigint NOT NULL,
            key_id text NOT NULL,
            decision text NOT NULL
        );
        CREATE TABLE campaign_member (
            campaign bigint NOT NULL REFERENCES campaign,
            rank bigint NOT NULL,
            customer text COLLATE "C" NOT NULL,
            arm text NOT NULL,
            block bigint NOT NULL,
            offer text NOT NULL,
            probability double precision NOT NULL,
            value double precision NOT NULL,
            expected_profit double precision NOT NULL,
            expected_cost double precision NOT NULL,
            PRIMARY KEY (campaign, rank)
        );
        CREATE UNIQUE INDEX campaign_member_customer ON campaign_member (customer, campaign);
        CREATE TABLE campaign_note (
            campaign bigint NOT NULL REFERENCES campaign,
            rank bigint NOT NULL,
            reasons text NOT NULL,
            lever text,
            PRIMARY KEY (campaign, rank)
        );
        CREATE TABLE outcome_history (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            received bigint NOT NULL,
            source text,
            customer text COLLATE "C",
            prediction uuid,
            place integer,
            date bigint,
            "left" boolean,
            occurred bigint,
            contacted boolean,
            offer_taken boolean,
            treatment text,
            cost double precision
        );
        CREATE INDEX outcome_history_customer ON outcome_history (customer) WHERE customer IS NOT NULL;
        CREATE INDEX outcome_history_prediction ON outcome_history (prediction, place)
            WHERE prediction IS NOT NULL;
        CREATE INDEX outcome_history_received ON outcome_history (received);
        CREATE TABLE outcome_withdrawn (
            LIKE outcome_history INCLUDING IDENTITY,
            withdrawn bigint NOT NULL,
            against text,
            is_second boolean NOT NULL,
            PRIMARY KEY (id)
        );
        CREATE INDEX outcome_withdrawn_customer ON outcome_withdrawn (customer);
        CREATE INDEX outcome_withdrawn_time ON outcome_withdrawn (withdrawn);
        CREATE TABLE outcome_waiting (
            LIKE outcome_history INCLUDING IDENTITY,
            until bigint NOT NULL,
            keeps boolean NOT NULL,
            PRIMARY KEY (id)
        );
        CREATE TABLE batch (
            name uuid PRIMARY KEY,
            begun bigint NOT NULL,
            ended bigint,
            model bigint NOT NULL REFERENCES model,
            source text NOT NULL,
            rows bigint NOT NULL DEFAULT 0
        );
        CREATE TABLE campaign_batch (
            campaign bigint NOT NULL REFERENCES campaign,
            batch uuid NOT NULL REFERENCES batch ON DELETE CASCADE,
            PRIMARY KEY (campaign, batch)
        );
        CREATE TABLE audit (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            time bigint NOT NULL,
            kind text NOT NULL,
            detail text NOT NULL
        );
        CREATE TABLE state (name text PRIMARY KEY, content bytea NOT NULL);
        CREATE TABLE lease (name text PRIMARY KEY, holder text NOT NULL, expires bigint NOT NULL);
        CREATE TABLE handover (
            id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
            name text NOT NULL,
            content bytea NOT NULL
        );
        CREATE VIEW labelled AS
            SELECT
                CASE WHEN prediction.place < 0 THEN prediction.id::text
                    ELSE prediction.id || '-' || prediction.place END AS id,
                to_timestamp(time / 1000.0) AS predicted, model.name AS model,
                model.version AS model_version, customer, probability, shadow_probability, "left",
                treated, treatment, to_timestamp(received / 1000.0) AS known, features, as_of,
                to_timestamp(occurred / 1000.0) AS occurred, offer_taken, cost, source
            FROM outcome
            JOIN prediction ON prediction.id = outcome.prediction AND prediction.place = outcome.place
            JOIN model ON model.id = prediction.model;
        """
}

extension PostgresConnection {
    /// Brings the tables into today's form, where they are not.
    ///
    /// Services that start at once wait for the first; where nothing is to be done nobody waits, and no right to make
    /// tables is needed.
    ///
    /// - Throws: `RecordStoreError`, also where the tables are something else's or of a version that this one must not write to.
    func bringUpToDate(_ path: String) throws(RecordStoreError) {
        guard try missingSteps(path) != [] else { return }
        try run("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE")
        do {
            try run(
                "SELECT pg_advisory_xact_lock(hashtextextended('retain form ' || current_schema(), 0))"
            )
            let missing = try missingSteps(path)
            try run(
                """
                CREATE TABLE IF NOT EXISTS retain_form (
                    name text PRIMARY KEY,
                    applied timestamptz NOT NULL DEFAULT now(),
                    is_breaking boolean NOT NULL DEFAULT false
                )
                """
            )
            for step in PostgresForm.steps where missing.contains(step.name) {
                try run(step.sql)
                _ = try query(
                    "INSERT INTO retain_form (name, is_breaking) VALUES (?, ?)",
                    [step.name, step.isBreaking]
                )
            }
            try run("COMMIT")
        } catch {
            if !isLost { try? run("ROLLBACK") }
            throw error
        }
    }

    /// Whether there is a record here.
    ///
    /// - Throws: `RecordStoreError`, also where it is of a version that this one must not touch.
    func hasRecord(_ path: String) throws(RecordStoreError) -> Bool {
        guard try has("retain_form") else { return false }
        _ = try missingSteps(path)
        return true
    }

    private func missingSteps(_ path: String) throws(RecordStoreError) -> [String] {
        let known = PostgresForm.steps.map(\.name)
        guard try has("retain_form") else {
            for table in ["model", "prediction", "outcome", "campaign", "batch", "state", "lease"]
            where try has(table) {
                throw RecordStoreError(
                    path: path,
                    problem: "it has a table \"\(table)\" that is not Retain's",
                    fix:
                        "give the record a database of its own, or a schema: …?options=-csearch_path%3DSCHEMA"
                )
            }
            return known
        }
        var missing = known
        for row in try query("SELECT name, is_breaking FROM retain_form", []).rows {
            let (name, isBreaking): (String, Bool) = (row.decode(0), row.decode(1))
            guard known.contains(name) || !isBreaking else {
                throw RecordStoreError(
                    path: path,
                    problem: "it was written by a newer Retain",
                    fix: "use that one, or name another database"
                )
            }
            missing.removeAll { $0 == name }
        }
        return missing
    }

    /// Asked of the catalog, since a connection that waited for another's tables does not see them by their names alone.
    private func has(_ table: String) throws(RecordStoreError) -> Bool {
        try query("SELECT 1 FROM pg_class WHERE oid = to_regclass(?)", [table]).rows.count == 1
    }
}
