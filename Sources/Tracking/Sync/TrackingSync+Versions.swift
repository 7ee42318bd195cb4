extension TrackingSync {
    /// Registers on the server what is registered here, where its run is there.
    func sendVersions(_ report: inout Report) async throws {
        for model in try await local.registeredModels() {
            var numbers: [Int: Int] = [:]
            for version in try await local.versions(of: model.name) {
                let id = "\(model.name)/\(version.version)"
                let noted = try local.counterpart(.version, id, at: server.address)
                if let noted, noted.isComplete {
                    numbers[version.version] = Int(noted.remoteID)
                    continue
                }
                guard let number = try await send(version, of: model) else { continue }
                numbers[version.version] = number
                try local.note(
                    .version,
                    id,
                    at: server.address,
                    Counterpart(remoteID: "\(number)", isComplete: true)
                )
                report.versions += 1
            }
            guard !numbers.isEmpty else { continue }
            try await sendAliases(of: model, numbers, &report)
            try await sendTags(of: model, numbers)
        }
    }

    /// - Returns: The version's number on the server; nil where its run is not there.
    private func send(_ version: ModelVersion, of model: RegisteredModel) async throws -> Int? {
        guard let run = try local.counterpart(.run, version.runID, at: server.address),
            run.isComplete
        else { return nil }
        try await server.ensureRegisteredModel(model.name, description: model.description)
        let mark = "\(version.runID)/\(version.version)"
        let present = try await server.versions(of: model.name)
        if let found = present.first(where: { $0.tags[SyncTag.version] == mark }) {
            return found.version
        }
        guard let content = try await self.model(of: try await local.run(version.runID)) else {
            return nil
        }
        // The server knows this model since the run was sent; it says again what it calls it.
        let logged = try await server.logModel(named: content.name, in: run.remoteID) { identity in
            try content.labelled(content.files, identity)
        }
        var tags = version.tags
        tags[SyncTag.version] = mark
        return try await server.createVersion(
            NewModelVersion(
                name: model.name,
                model: logged,
                runID: run.remoteID,
                description: version.description,
                tags: tags
            )
        ).version
    }

    /// Sets the aliases that the server does not have; one that it has was moved by people there.
    private func sendAliases(
        of model: RegisteredModel,
        _ numbers: [Int: Int],
        _ report: inout Report
    ) async throws {
        let there = try await server.registeredModel(model.name)?.aliases ?? [:]
        for (alias, version) in model.aliases.sorted(by: { $0.key < $1.key }) {
            guard let number = numbers[version], there[alias] != number else { continue }
            if let other = there[alias] {
                report.notices.append(
                    "\(model.name): \"\(alias)\" stays at version \(other) on the server, here it is what"
                        + " is version \(number) there; `retain models promote` moves it"
                )
            } else {
                try await server.setAlias(alias, of: model.name, to: number)
            }
        }
    }

    /// Copies tags and aliases to the server.
    ///
    /// Events speak of versions by number. Where those differ on the server, they are kept under another name,
    /// so that nobody takes them for the server's own.
    private func sendTags(of model: RegisteredModel, _ numbers: [Int: Int]) async throws {
        let isSame = numbers.allSatisfy { $0.key == $0.value }
        let there = try await server.registeredModel(model.name)?.tags ?? [:]
        for (key, value) in model.tags.sorted(by: { $0.key < $1.key }) {
            let name = isSame ? key : "retain.sync." + key
            if there[name] == nil { try await server.setTag(name, value, ofModel: model.name) }
        }
    }
}

extension ModelRegistry {
    /// Registers a name where it is not registered.
    public func ensureRegisteredModel(_ name: String, description: String) async throws {
        guard try await registeredModel(name) == nil else { return }
        do {
            try await createRegisteredModel(name, description: description)
        } catch let error as TrackingError where error.kind == .alreadyExists {
            // Someone else was quicker.
        }
    }
}
