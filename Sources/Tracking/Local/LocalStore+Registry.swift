import GRDB

extension LocalStore: ModelRegistry {
    /// Every registered model, by name.
    public func registeredModels() async throws -> [RegisteredModel] {
        try read { db in
            try String.fetchAll(db, sql: "SELECT name FROM registered_models ORDER BY name")
                .compactMap { try registeredModel($0, db) }
        }
    }

    /// The registered model of this name.
    public func registeredModel(_ name: String) async throws -> RegisteredModel? {
        try read { db in try registeredModel(name, db) }
    }

    /// Registers a name.
    public func createRegisteredModel(_ name: String, description: String) async throws {
        try invalid(TrackingLimits.problem(withModelName: name))
        try write { db in
            guard try registeredModel(name, db) == nil else {
                throw TrackingError(
                    .alreadyExists,
                    at: address,
                    "there is a registered model \"\(name)\" already"
                )
            }
            try db.execute(
                sql: """
                    INSERT INTO registered_models (name, creation_time, last_updated_time,
                        description)
                    VALUES (?, ?, ?, ?)
                    """,
                arguments: [name, Self.now, Self.now, description]
            )
        }
    }

    /// Sets tags of a registered model.
    public func setTag(_ key: String, _ value: String, ofModel name: String) async throws {
        try invalid(TrackingLimits.problem(withKey: key))
        try write { db in
            try requireModel(name, db)
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO registered_model_tags ("key", value, name)
                    VALUES (?, ?, ?)
                    """,
                arguments: [key, TrackingLimits.cut(value, TrackingLimits.registryTagLength), name]
            )
        }
    }

    /// Registers the folder that `logModel` wrote as the next version.
    public func createVersion(_ version: NewModelVersion) async throws -> ModelVersion {
        for key in version.tags.keys { try invalid(TrackingLimits.problem(withKey: key)) }
        let number = try write { db in
            try requireModel(version.name, db)
            let number =
                try Int.fetchOne(
                    db,
                    sql: "SELECT COALESCE(MAX(version), 0) + 1 FROM model_versions WHERE name = ?",
                    arguments: [version.name]
                ) ?? 1
            try db.execute(
                sql: """
                    INSERT INTO model_versions (name, version, creation_time, last_updated_time,
                        description, current_stage, source, run_id, status, run_link,
                        storage_location)
                    VALUES (?, ?, ?, ?, ?, 'None', ?, ?, 'READY', '', ?)
                    """,
                arguments: [
                    version.name, number, Self.now, Self.now, version.description,
                    version.model.source, version.runID, version.model.source,
                ]
            )
            // MLflow's page of models shows when each last changed.
            try db.execute(
                sql: "UPDATE registered_models SET last_updated_time = ? WHERE name = ?",
                arguments: [Self.now, version.name]
            )
            for (key, value) in version.tags.sorted(by: { $0.key < $1.key }) {
                try setTag(key, value, number, version.name, db)
            }
            return number
        }
        guard let made = try await self.version(number, of: version.name) else {
            throw notFound("version \(number) of \(version.name)")
        }
        return made
    }

    /// Every version of a name, in order.
    public func versions(of name: String) async throws -> [ModelVersion] {
        try read { db in
            try Row.fetchAll(
                db,
                sql: Self.versionColumns + " WHERE name = ? ORDER BY version",
                arguments: [name]
            ).map { try version($0, db) }
        }
    }

    /// A version.
    public func version(_ version: Int, of name: String) async throws -> ModelVersion? {
        try read { db in try self.version(version, name, db) }
    }

    /// The version that an alias points to.
    public func version(alias: String, of name: String) async throws -> ModelVersion? {
        try read { db in
            try Int.fetchOne(
                db,
                sql: "SELECT version FROM registered_model_aliases WHERE name = ? AND alias = ?",
                arguments: [name, alias]
            ).flatMap { try self.version($0, name, db) }
        }
    }

    /// Points an alias to a version.
    public func setAlias(_ alias: String, of name: String, to version: Int) async throws {
        try invalid(TrackingLimits.problem(withAlias: alias))
        try write { db in
            try requireVersion(version, name, db)
            try db.execute(
                sql: """
                    INSERT OR REPLACE INTO registered_model_aliases (alias, version, name)
                    VALUES (?, ?, ?)
                    """,
                arguments: [alias, version, name]
            )
        }
    }

    /// Removes an alias.
    public func deleteAlias(_ alias: String, of name: String) async throws {
        try write { db in
            try db.execute(
                sql: "DELETE FROM registered_model_aliases WHERE name = ? AND alias = ?",
                arguments: [name, alias]
            )
        }
    }

    /// Sets tags of a version.
    public func setTag(
        _ key: String,
        _ value: String,
        ofVersion version: Int,
        of name: String
    ) async throws {
        try invalid(TrackingLimits.problem(withKey: key))
        try write { db in
            try requireVersion(version, name, db)
            try setTag(key, value, version, name, db)
        }
    }

    /// Replaces a version's description.
    public func describe(_ description: String, version: Int, of name: String) async throws {
        try write { db in
            try requireVersion(version, name, db)
            try db.execute(
                sql: """
                    UPDATE model_versions SET description = ?, last_updated_time = ?
                    WHERE name = ? AND version = ?
                    """,
                arguments: [description, Self.now, name, version]
            )
        }
    }
}
