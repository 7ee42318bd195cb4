import NIOHTTP1
import Synchronization

extension ServerStore {
    public func putArtifact(_ bytes: [UInt8], at path: String, in run: String) async throws {
        try await artifacts(of: run).put(bytes, at: path)
    }

    public func artifacts(under path: String, in run: String) async throws -> [ArtifactInfo] {
        try await artifacts(of: run).list(path)
    }

    public func artifact(at path: String, in run: String) async throws -> [UInt8] {
        try await artifacts(of: run).bytes(at: path)
    }

    private func artifacts(of run: String) async throws -> ServerArtifacts {
        if let known = artifactAddresses.withLock({ $0[run] }) {
            return try ServerArtifacts(known, connection)
        }
        let uri = try await self.run(run).info.artifactURI
        artifactAddresses.withLock { $0[run] = uri }
        return try ServerArtifacts(uri, connection)
    }

    public func logModel(
        named name: String,
        in run: String,
        files: @Sendable (ModelIdentity) throws -> [ArtifactFile]
    ) async throws -> LoggedModel {
        guard let model = try await loggedModel(named: name, of: run) else {
            return try await logFolder(named: name, in: run, files: files)
        }
        let source = "models:/\(model.modelId)"
        let logged = LoggedModel(source: source, modelID: model.modelId)
        guard model.status != LoggedModelStatus.ready else { return logged }
        let identity = ModelIdentity(
            runID: run,
            modelID: model.modelId,
            artifactPath: model.artifactUri
        )
        let folder = try ServerArtifacts(model.artifactUri, connection)
        for file in try files(identity) { try await folder.put(file.bytes, at: file.path) }
        try await connection.tell(
            "logged-models/\(model.modelId)",
            LoggedModelStatus(modelId: model.modelId, status: LoggedModelStatus.ready),
            method: .PATCH
        )
        return logged
    }

    /// As MLflow 2 has it: a folder among the run's artifacts.
    private func logFolder(
        named name: String,
        in run: String,
        files: @Sendable (ModelIdentity) throws -> [ArtifactFile]
    ) async throws -> LoggedModel {
        struct Request: Encodable {
            var runId: String
            var modelJson: String
        }
        let folder = try await artifacts(of: run)
        let identity = ModelIdentity(runID: run, modelID: nil, artifactPath: name)
        for file in try files(identity) {
            try await folder.put(file.bytes, at: name + "/" + file.path)
        }
        let known = (try await self.run(run)).modelNames.contains(name)
        if !known {
            do {
                let request = Request(runId: run, modelJson: ModelHistory(name, run).entry)
                try await connection.tell("runs/log-model", request)
            } catch let error as TrackingError where error.kind == .unsupported {
                // The folder alone is enough to load the model.
            }
        }
        let uri = artifactAddresses.withLock { $0[run] } ?? ""
        return LoggedModel(source: uri + "/" + name, modelID: nil)
    }

    /// The model of this name that the run has logged, or a new one; nil where the server knows none (MLflow 2,
    /// DagsHub).
    private func loggedModel(
        named name: String,
        of run: String
    ) async throws -> Wire.LoggedModel.Info? {
        struct Request: Encodable {
            var experimentId: String
            var name: String
            var modelType = "onnx"
            var sourceRunId: String
        }
        struct Output: Encodable {
            struct Model: Encodable {
                var modelId: String
                var step = 0
            }
            var runId: String
            var models: [Model]
        }
        let present = try await self.run(run)
        func earlier() async throws -> Wire.LoggedModel.Info? {
            for id in try await self.run(run).modelIDs {
                let model = try await loggedModel(id)
                if model.name == name { return model }
            }
            return nil
        }
        if !present.modelIDs.isEmpty, let found = try await earlier() { return found }
        do {
            let found = try await pendingModel(named: name, of: present)
            let made: Wire.LoggedModel.Info
            if let found {
                made = found
            } else {
                let request = Request(
                    experimentId: present.info.experimentID,
                    name: name,
                    sourceRunId: run
                )
                made = try await connection.makeOnce {
                    try await pendingModel(named: name, of: present)
                } make: {
                    let answer: Model = try await connection.post(
                        "logged-models",
                        request,
                        isRepeatable: false
                    )
                    return answer.model.info
                }
            }
            try await connection.tell(
                "runs/outputs",
                Output(runId: run, models: [Output.Model(modelId: made.modelId)])
            )
            return made
        } catch let error as TrackingError where error.kind == .unsupported {
            return nil
        }
    }

    /// A model that an interrupted program has made for the run and not yet told it of.
    private func pendingModel(
        named name: String,
        of run: Run
    ) async throws -> Wire.LoggedModel.Info? {
        struct Request: Encodable {
            var experimentIds: [String]
            var filter: String
            var maxResults = 50
        }
        struct Found: Decodable { var models: [Wire.LoggedModel]? }
        let request = Request(
            experimentIds: [run.info.experimentID],
            filter: "source_run_id = '\(run.info.id)'"
        )
        let found: Found = try await connection.post("logged-models/search", request)
        return (found.models ?? []).map(\.info).first { $0.name == name }
    }

    private func loggedModel(_ id: String) async throws -> Wire.LoggedModel.Info {
        let found: Model = try await connection.get("logged-models/\(PercentEncoding.encoded(id))")
        return found.model.info
    }

    public func modelFiles(at source: String) async throws -> [ArtifactFile] {
        let files: [ArtifactFile]
        if source.hasPrefix("models:/m-") {
            let model = try await loggedModel(String(source.dropFirst("models:/".count)))
            files = try await ServerArtifacts(model.artifactUri, connection).files()
        } else if source.hasPrefix("runs:/") {
            let parts = source.dropFirst("runs:/".count).split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else {
                throw TrackingError(.invalid, at: address, "\(source) is not runs:/ID/model")
            }
            let run = try await self.run(String(parts[0]))
            for id in run.modelIDs {
                let model = try await loggedModel(id)
                guard model.name == String(parts[1]) else { continue }
                return try await ServerArtifacts(model.artifactUri, connection).files()
            }
            files = try await ServerArtifacts(run.info.artifactURI + "/" + parts[1], connection)
                .files()
        } else {
            files = try await ServerArtifacts(source, connection).files()
        }
        guard !files.isEmpty else {
            throw TrackingError(.notFound, at: address, "there is no model at \(source)")
        }
        return files
    }
}

private struct Model: Decodable { var model: Wire.LoggedModel }

private struct LoggedModelStatus: Encodable {
    static let ready = "LOGGED_MODEL_READY"
    var modelId: String
    var status: String
}
