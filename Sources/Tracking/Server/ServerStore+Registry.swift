import NIOHTTP1

extension ServerStore: ModelRegistry {
    /// The tag by which a version is found whose creation was not answered.
    private static let mark = "retain.request"

    /// Every registered model, by name.
    public func registeredModels() async throws -> [RegisteredModel] {
        struct Page: Decodable {
            var registeredModels: [MLflowREST.RegisteredModel]?
            var nextPageToken: String?
        }
        let names = try await pages { token in
            let query = [("max_results", "100")] + (token.map { [("page_token", $0)] } ?? [])
            let page: Page = try await connection.get("registered-models/search", query)
            return (page.registeredModels?.map(\.name), page.nextPageToken)
        }
        var all: [RegisteredModel] = []
        for name in names {
            // A search leaves the aliases out on some servers.
            if let whole = try await registeredModel(name) { all.append(whole) }
        }
        return all.sorted { $0.name < $1.name }
    }

    /// The registered model of this name; nil where there is none.
    public func registeredModel(_ name: String) async throws -> RegisteredModel? {
        struct Found: Decodable { var registeredModel: MLflowREST.RegisteredModel }
        return try await ifFound {
            let found: Found = try await connection.get("registered-models/get", [("name", name)])
            return RegisteredModel(found.registeredModel)
        }
    }

    /// Registers a name.
    public func createRegisteredModel(_ name: String, description: String) async throws {
        struct Request: Encodable {
            var name: String
            var description: String
        }
        try invalid(TrackingLimits.problem(withModelName: name))
        try await connection.makeOnce(
            "registered-models/create",
            Request(name: name, description: description)
        ) {
            try await registeredModel(name).map { _ in }
        } made: { (_: NoAnswer) in
        }
    }

    /// Sets tags of a registered model.
    public func setTag(_ key: String, _ value: String, ofModel name: String) async throws {
        try invalid(TrackingLimits.problem(withKey: key))
        let value = TrackingLimits.cut(value, TrackingLimits.registryTagLength)
        try await connection.tell(
            "registered-models/set-tag",
            RegistryTag(name: name, key: key, value: value)
        )
    }

    /// Registers a model as the next version of a name.
    public func createVersion(_ version: NewModelVersion) async throws -> ModelVersion {
        struct Request: Encodable {
            var name: String
            var source: String
            var runId: String
            var description: String
            var tags: [MLflowREST.Pair]
            var modelId: String?
        }
        for key in version.tags.keys { try invalid(TrackingLimits.problem(withKey: key)) }
        let mark = Self.freshMark
        var tags = version.tags
        tags[Self.mark] = mark
        let request = Request(
            name: version.name,
            source: version.model.source,
            runId: version.runID,
            description: version.description,
            tags: MLflowREST.pairs(tags),
            modelId: version.model.modelID
        )
        return try await connection.makeOnce("model-versions/create", request) {
            try await versions(of: version.name).first { $0.tags[Self.mark] == mark }
        } made: { (answer: Version) in
            ModelVersion(answer.modelVersion)
        }
    }

    /// Every version of a name, in order; empty where there is no such name.
    public func versions(of name: String) async throws -> [ModelVersion] {
        struct Page: Decodable {
            var modelVersions: [MLflowREST.ModelVersion]?
            var nextPageToken: String?
        }
        try invalid(name.contains("'") ? "the model's name \"\(name)\" has a quote" : nil)
        guard let aliases = try await registeredModel(name)?.aliases else { return [] }
        var all = try await pages { token in
            let query =
                [("filter", "name='\(name)'"), ("max_results", "200")]
                + (token.map { [("page_token", $0)] } ?? [])
            let page: Page = try await connection.get("model-versions/search", query)
            return (page.modelVersions?.map { ModelVersion($0) }, page.nextPageToken)
        }
        for place in all.indices {
            let number = all[place].version
            all[place].aliases = aliases.filter { $0.value == number }.keys.sorted()
        }
        return all.sorted { $0.version < $1.version }
    }

    /// A version; nil where there is none.
    public func version(_ version: Int, of name: String) async throws -> ModelVersion? {
        try await ifFound {
            let found: Version = try await connection.get(
                "model-versions/get",
                [("name", name), ("version", "\(version)")]
            )
            var version = ModelVersion(found.modelVersion)
            let aliases = try await registeredModel(name)?.aliases ?? [:]
            version.aliases = aliases.filter { $0.value == version.version }.keys.sorted()
            return version
        }
    }

    /// The version that an alias points to; nil where there is none.
    public func version(alias: String, of name: String) async throws -> ModelVersion? {
        guard let number = try await registeredModel(name)?.aliases[alias] else { return nil }
        return try await version(number, of: name)
    }

    /// Points an alias to a version, wherever it pointed before.
    public func setAlias(_ alias: String, of name: String, to version: Int) async throws {
        struct Request: Encodable {
            var name: String
            var alias: String
            var version: String
        }
        try invalid(TrackingLimits.problem(withAlias: alias))
        try await connection.tell(
            "registered-models/alias",
            Request(name: name, alias: alias, version: "\(version)")
        )
    }

    /// Removes an alias, if it is there.
    public func deleteAlias(_ alias: String, of name: String) async throws {
        struct Request: Encodable {
            var name: String
            var alias: String
        }
        guard try await registeredModel(name)?.aliases[alias] != nil else { return }
        try await connection.tell(
            "registered-models/alias",
            Request(name: name, alias: alias),
            method: .DELETE
        )
    }

    /// Sets tags of a version.
    public func setTag(
        _ key: String,
        _ value: String,
        ofVersion version: Int,
        of name: String
    ) async throws {
        try invalid(TrackingLimits.problem(withKey: key))
        let value = TrackingLimits.cut(value, TrackingLimits.registryTagLength)
        try await connection.tell(
            "model-versions/set-tag",
            RegistryTag(name: name, key: key, value: value, version: "\(version)")
        )
    }

    /// Replaces a version's description.
    public func describe(_ description: String, version: Int, of name: String) async throws {
        struct Request: Encodable {
            var name: String
            var version: String
            var description: String
        }
        try await connection.tell(
            "model-versions/update",
            Request(name: name, version: "\(version)", description: description),
            method: .PATCH
        )
    }
}

private struct Version: Decodable { var modelVersion: MLflowREST.ModelVersion }

private struct RegistryTag: Encodable {
    var name: String
    var key: String
    var value: String
    var version: String?
}

extension RegisteredModel {
    fileprivate init(_ model: MLflowREST.RegisteredModel) {
        self.init(
            name: model.name,
            description: model.description ?? "",
            tags: model.tags.values,
            aliases: (model.aliases ?? []).reduce(into: [:]) {
                $0[$1.alias] = Int($1.version.value)
            }
        )
    }
}

extension ModelVersion {
    fileprivate init(_ version: MLflowREST.ModelVersion) {
        self.init(
            name: version.name,
            version: Int(version.version.value) ?? 0,
            created: version.creationTimestamp?.value ?? 0,
            description: version.description ?? "",
            source: version.source ?? "",
            runID: version.runId ?? "",
            tags: version.tags.values,
            aliases: (version.aliases ?? []).sorted()
        )
    }
}
