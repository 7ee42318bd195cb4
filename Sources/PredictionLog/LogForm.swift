import GRDB

/// The tables of the log, and how older files become newer ones.
enum LogForm {
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 predictions and outcomes") { db in try db.execute(sql: first)
        }
        migrator.registerMigration("2 drift") { db in try db.execute(sql: second) }
        migrator.registerMigration("3 no index of time") { db in try db.execute(sql: third) }
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

    private static let second = """
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            kind TEXT NOT NULL,
            detail TEXT NOT NULL
        );
        CREATE TABLE state (name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
        """
}
