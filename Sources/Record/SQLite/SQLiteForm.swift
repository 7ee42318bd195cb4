import GRDB

/// The tables of a record in SQLite, and how older files become newer ones.
enum SQLiteForm {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 predictions and outcomes") { db in try db.execute(sql: first)
        }
        migrator.registerMigration("2 drift") { db in try db.execute(sql: second) }
        migrator.registerMigration("3 no index of time") { db in try db.execute(sql: third) }
        migrator.registerMigration("4 day of reference") { db in try db.execute(sql: fourth) }
        migrator.registerMigration("5 campaigns and what was said") { db in
            try db.execute(sql: fifth)
        }
        migrator.registerMigration("6 batches and leases") { db in try db.execute(sql: sixth) }
        migrator.registerMigration("7 what people take back") { db in
            try db.execute(sql: seventh)
        }
        migrator.registerMigration("8 outcomes that wait") { db in try db.execute(sql: eighth) }
        return migrator
    }

    // A prediction's name begins with its time, so that rows of a table that is its own index are added at the end.
    private static let first = """
        CREATE TABLE model (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            version TEXT NOT NULL,
            digest TEXT NOT NULL,
            UNIQUE (name, version, digest)
        );
        CREATE TABLE prediction (
            id TEXT NOT NULL PRIMARY KEY,
            time INTEGER NOT NULL,
            model INTEGER NOT NULL REFERENCES model,
            customer TEXT,
            probability REAL NOT NULL,
            shadow_model INTEGER REFERENCES model,
            shadow_probability REAL,
            features TEXT NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX prediction_time ON prediction (time);
        CREATE INDEX prediction_customer ON prediction (customer, time) WHERE customer IS NOT NULL;
        CREATE TABLE outcome (
            prediction TEXT NOT NULL PRIMARY KEY REFERENCES prediction ON DELETE CASCADE,
            received INTEGER NOT NULL,
            "left" INTEGER NOT NULL,
            treated INTEGER,
            treatment TEXT
        ) WITHOUT ROWID;
        CREATE VIEW labelled AS
            SELECT
                prediction.id, datetime(time / 1000, 'unixepoch') AS predicted, model.name AS model,
                model.version AS model_version, customer, probability, shadow_probability, "left",
                treated, treatment, datetime(received / 1000, 'unixepoch') AS known, features
            FROM outcome
            JOIN prediction ON prediction.id = outcome.prediction
            JOIN model ON model.id = prediction.model;
        """

    // Names of predictions are in the order of time already.
    private static let third = "DROP INDEX prediction_time"

    // Dates are kept as ages; with the day from which they were counted back the same prediction can be had again.
    private static let fourth = """
        ALTER TABLE prediction ADD COLUMN as_of TEXT;
        DROP VIEW labelled;
        CREATE VIEW labelled AS
            SELECT
                prediction.id, datetime(time / 1000, 'unixepoch') AS predicted, model.name AS model,
                model.version AS model_version, customer, probability, shadow_probability, "left",
                treated, treatment, datetime(received / 1000, 'unixepoch') AS known, features, as_of
            FROM outcome
            JOIN prediction ON prediction.id = outcome.prediction
            JOIN model ON model.id = prediction.model;
        """

    private static let second = """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        CREATE TABLE state (name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
        """

    // A customer may be chosen who was never predicted here, and stays a member when predictions go: nothing refers to
    // predictions. What was said of a customer stays as it was said, also where it is said anew.
    private static let fifth = """
        CREATE TABLE campaign (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            created INTEGER NOT NULL,
            closed INTEGER,
            horizon_days INTEGER NOT NULL,
            key_id TEXT NOT NULL,
            decision TEXT NOT NULL
        );
        CREATE TABLE campaign_member (
            campaign INTEGER NOT NULL REFERENCES campaign,
            rank INTEGER NOT NULL,
            customer TEXT NOT NULL,
            arm TEXT NOT NULL,
            block INTEGER NOT NULL,
            offer TEXT NOT NULL,
            probability REAL NOT NULL,
            value REAL NOT NULL,
            expected_profit REAL NOT NULL,
            expected_cost REAL NOT NULL,
            PRIMARY KEY (campaign, rank)
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX campaign_member_customer ON campaign_member (customer, campaign);
        CREATE TABLE outcome_history (
            id INTEGER PRIMARY KEY,
            received INTEGER NOT NULL,
            source TEXT,
            customer TEXT,
            prediction TEXT,
            date INTEGER,
            "left" INTEGER,
            occurred INTEGER,
            contacted INTEGER,
            offer_taken INTEGER,
            treatment TEXT,
            cost REAL
        );
        CREATE INDEX outcome_history_customer ON outcome_history (customer) WHERE customer IS NOT NULL;
        CREATE INDEX outcome_history_prediction ON outcome_history (prediction)
            WHERE prediction IS NOT NULL;
        INSERT INTO outcome_history (received, customer, prediction, "left", contacted, treatment)
            SELECT received, customer, prediction, "left", treated, treatment FROM outcome
            JOIN prediction ON prediction.id = outcome.prediction ORDER BY received, prediction;
        ALTER TABLE outcome ADD COLUMN known INTEGER;
        ALTER TABLE outcome ADD COLUMN occurred INTEGER;
        ALTER TABLE outcome ADD COLUMN offer_taken INTEGER;
        ALTER TABLE outcome ADD COLUMN cost REAL;
        ALTER TABLE outcome ADD COLUMN source TEXT;
        DROP VIEW labelled;
        CREATE VIEW labelled AS
            SELECT
                prediction.id, datetime(time / 1000, 'unixepoch') AS predicted, model.name AS model,
                model.version AS model_version, customer, probability, shadow_probability, "left",
                treated, treatment, datetime(received / 1000, 'unixepoch') AS known, features, as_of,
                datetime(occurred / 1000, 'unixepoch') AS occurred, offer_taken, cost, source
            FROM outcome
            JOIN prediction ON prediction.id = outcome.prediction
            JOIN model ON model.id = prediction.model;
        """

    // The names of a batch's predictions begin with the batch's own, so that they need no column for it. It has its time
    // of ending when it is whole. What campaigns stand on is marked, since it must outlast the rows of a service.
    private static let sixth = """
        CREATE TABLE batch (
            name TEXT NOT NULL PRIMARY KEY,
            begun INTEGER NOT NULL,
            ended INTEGER,
            model INTEGER NOT NULL REFERENCES model,
            source TEXT NOT NULL,
            rows INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID;
        CREATE TABLE campaign_batch (
            campaign INTEGER NOT NULL REFERENCES campaign,
            batch TEXT NOT NULL REFERENCES batch ON DELETE CASCADE,
            PRIMARY KEY (campaign, batch)
        ) WITHOUT ROWID;
        CREATE TABLE lease (
            name TEXT NOT NULL PRIMARY KEY,
            holder TEXT NOT NULL,
            expires INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE TABLE handover (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL,
            content BLOB NOT NULL
        );
        """

    // What no longer counts leaves the history for a table of its own, so that whoever reads the history need not know.
    private static let seventh = """
        CREATE TABLE outcome_withdrawn (
            id INTEGER PRIMARY KEY,
            withdrawn INTEGER NOT NULL,
            against TEXT,
            is_second INTEGER NOT NULL,
            received INTEGER NOT NULL,
            source TEXT,
            customer TEXT,
            prediction TEXT,
            date INTEGER,
            "left" INTEGER,
            occurred INTEGER,
            contacted INTEGER,
            offer_taken INTEGER,
            treatment TEXT,
            cost REAL
        );
        CREATE INDEX outcome_withdrawn_customer ON outcome_withdrawn (customer);
        CREATE INDEX outcome_withdrawn_time ON outcome_withdrawn (withdrawn);
        CREATE INDEX outcome_history_received ON outcome_history (received);
        CREATE TABLE campaign_note (
            campaign INTEGER NOT NULL REFERENCES campaign,
            rank INTEGER NOT NULL,
            reasons TEXT NOT NULL,
            lever TEXT,
            PRIMARY KEY (campaign, rank)
        ) WITHOUT ROWID;
        """

    // Outcomes of predictions that may be on their way.
    private static let eighth = """
        CREATE TABLE outcome_waiting (
            id INTEGER PRIMARY KEY,
            until INTEGER NOT NULL,
            keeps INTEGER NOT NULL,
            received INTEGER NOT NULL,
            source TEXT,
            customer TEXT,
            prediction TEXT,
            date INTEGER,
            "left" INTEGER,
            occurred INTEGER,
            contacted INTEGER,
            offer_taken INTEGER,
            treatment TEXT,
            cost REAL
        );
        """
}
