import GRDB

extension LocalStore {
    static let versionColumns = """
        SELECT name, version, creation_time, description, source, run_id FROM model_versions
        """

    func registeredModel(_ name: String, _ db: Database) throws -> RegisteredModel? {
        let row = try Row.fetchOne(
            db,
            sql: "SELECT description FROM registered_models WHERE name = ?",
            arguments: [name]
        )
        guard let row else { return nil }
        return RegisteredModel(
            name: name,
            description: row.text("description") ?? "",
            tags: try pairs(
                db,
                "SELECT \"key\", value FROM registered_model_tags WHERE name = ?",
                [name]
            ),
            aliases: try Row.fetchAll(
                db,
                sql: "SELECT alias, version FROM registered_model_aliases WHERE name = ?",
                arguments: [name]
            ).reduce(into: [:]) { aliases, row in
                guard let alias = row.text("alias"), let version = row.integer("version") else {
                    return
                }
                aliases[alias] = Int(version)
            }
        )
    }

    func version(_ number: Int, _ name: String, _ db: Database) throws -> ModelVersion? {
        try Row.fetchOne(
            db,
            sql: Self.versionColumns + " WHERE name = ? AND version = ?",
            arguments: [name, number]
        ).map { try version($0, db) }
    }

    func version(_ row: Row, _ db: Database) throws -> ModelVersion {
        let name = row.text("name") ?? ""
        let number = Int(row.integer("version") ?? 0)
        return ModelVersion(
            name: name,
            version: number,
            created: row.integer("creation_time") ?? 0,
            description: row.text("description") ?? "",
            source: row.text("source") ?? "",
            runID: row.text("run_id") ?? "",
            tags: try pairs(
                db,
                "SELECT \"key\", value FROM model_version_tags WHERE name = ? AND version = ?",
                [name, number]
            ),
            aliases: try String.fetchAll(
                db,
                sql: """
                    SELECT alias FROM registered_model_aliases WHERE name = ? AND version = ?
                    ORDER BY alias
                    """,
                arguments: [name, number]
            )
        )
    }

    func requireModel(_ name: String, _ db: Database) throws {
        guard try registeredModel(name, db) != nil else {
            throw notFound("registered model \"\(name)\"")
        }
    }

    func requireVersion(_ version: Int, _ name: String, _ db: Database) throws {
        guard try self.version(version, name, db) != nil else {
            throw notFound("version \(version) of \"\(name)\"")
        }
    }

    func setTag(
        _ key: String,
        _ value: String,
        _ version: Int,
        _ name: String,
        _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO model_version_tags ("key", value, name, version)
                VALUES (?, ?, ?, ?)
                """,
            arguments: [
                key, TrackingLimits.cut(value, TrackingLimits.registryTagLength), name, version,
            ]
        )
    }

    private func pairs(
        _ db: Database,
        _ sql: String,
        _ arguments: StatementArguments
    ) throws -> [String: String] {
        try Row.fetchAll(db, sql: sql, arguments: arguments)
            .reduce(into: [:]) { $0[$1.text("key") ?? ""] = $1.text("value") ?? "" }
    }
}
