import Foundation
import GRDB
import TestSupport
import Testing
import Tracking

/// A folder with a store's file, which goes with the last reference to it.
struct StoreFolder {
    private let folder: TemporaryFolder
    var path: String { folder.path }
    var file: String { path + "/mlflow.db" }

    init() throws { folder = try TemporaryFolder() }

    func store() throws -> LocalStore { try LocalStore(file) }

    /// Changes the file as another program would.
    func change(_ sql: String, _ arguments: StatementArguments = []) throws {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let queue = try DatabaseQueue(path: file, configuration: configuration)
        try queue.write { db in try db.execute(sql: sql, arguments: arguments) }
        try queue.close()
    }

    /// The rows of a question, each value as text.
    func rows(_ sql: String, _ arguments: StatementArguments = []) throws -> [[String]] {
        let queue = try DatabaseQueue(path: file)
        return try queue.read { db in
            try Row.fetchAll(db, sql: sql, arguments: arguments).map { row in
                row.databaseValues.map { String.fromDatabaseValue($0) ?? "\($0)" }
            }
        }
    }

    /// A store with the form that another release of MLflow gives it.
    func make(_ statements: [String], revision: String) throws {
        for statement in statements where !statement.contains("sqlite_sequence") {
            try change(statement)
        }
        try change("INSERT INTO alembic_version (version_num) VALUES (?)", [revision])
        try change(
            """
            INSERT INTO experiments (experiment_id, name, artifact_location, lifecycle_stage)
            VALUES (0, 'Default', ?, 'active')
            """,
            [path + "/mlruns/0"]
        )
    }
}

/// What `Scripts/interop/mlflow_schema.py` read from a database that MLflow made.
struct MLflowForm: Decodable {
    struct Table: Decodable, Equatable {
        struct Column: Decodable, Equatable {
            let name: String
            let type: String
            let isNotNull: Bool
            let standard: String?
            let key: Int
        }

        let columns: [Column]
        let constraints: [String]
        let checks: [String]
        let foreign: [[String]]
        let unique: [[String]]
    }

    let revision: String
    let tables: [String: Table]?
    let indexes: [String: [String]]?
    let statements: [String]?

    /// Reads a file of Fixtures.
    static func named(_ name: String) throws -> Self {
        try fixture(name, as: Self.self, in: .module)
    }
}

/// The kind of error that a body throws; nil where it throws none, or another.
func kind(of body: () async throws -> Void) async -> TrackingError.Kind? {
    do {
        try await body()
        return nil
    } catch let error as TrackingError {
        return error.kind
    } catch {
        return nil
    }
}
