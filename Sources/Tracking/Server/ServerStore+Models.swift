import NIOHTTP1
import Synchronization

extension ServerStore {
    /// Puts a file among a run's artifacts, in the place of an earlier one.
    public func putArtifact(_ bytes: [UInt8], at path: String, in run: String) async throws {
        try invalid(ArtifactPath.problem(with: path))
        try await artifacts(of: run).put(bytes, at: path)
    }

    /// The files and folders directly below a folder of the run's artifacts, by name; `""` is the top.
    public func artifacts(under path: String, in run: String) async throws -> [ArtifactInfo] {
        try await artifacts(of: run).list(path)
    }

    /// A file of the run's artifacts.
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

    /// Logs a model folder under a name.
    public func logModel(
        named name: String,
        in run: String,
        files: @Sendable (ModelIdentity) throws -> [ArtifactFile]
    ) async throws -> LoggedModel {
        guard let model = try await loggedModel(named: name, of: run) else {
            return try await logFolder(named: name, in: run, files: files)
        }
        let source = "\(ModelAddress.logged(model.modelId))"
        let logged = LoggedModel(source: source, modelID: model.modelId)
        guard model.status != LoggedModelStatus.ready else { return logged }
        let identity = ModelIdentity(
            runID: run,
            modelID: model.modelId,
            artifactPath: model.artifactUri
        )
        let folder = try ServerArtifacts(model.artifactUri, connection)
        do {
            for file in try files(identity) { try await folder.put(file.bytes, at: file.path) }
        } catch {
            // While nobody answers the model stays pending, and the next call goes on with it.
            if (error as? TrackingError)?.kind != .unreachable {
                try? await note(LoggedModelStatus.failed, of: model.modelId)
            }
            throw error
        }
        try await note(LoggedModelStatus.ready, of: model.modelId)
        return logged
    }

    private func note(_ status: String, of model: String) async throws {
        try await connection.tell(
            "logged-models/\(PercentEncoding.encoded(model))",
            LoggedModelStatus(modelId: model, status: status),
            method: .PATCH
        )
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
        let present = try await self.run(run)
        if !present.modelNames.contains(name) {
            let history = ModelHistory(name, run)
            do {
                let request = Request(runId: run, modelJson: history.entry)
                try await connection.tell("runs/log-model", request, mostTries: 1)
            } catch let error as TrackingError where error.kind != .denied {
                // DagsHub fails here for all but old clients; the tag says the same.
                let value = history.added(to: present.tags[ModelHistory.tag])
                try await log(RunBatch(tags: [ModelHistory.tag: value]), to: run)
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
    ) async throws -> MLflowREST.LoggedModel.Info? {
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
        for id in present.modelIDs {
            let model = try await loggedModel(id)
            if model.name == name { return model }
        }
        do {
            let found = try await pendingModel(named: name, of: present)
            let made: MLflowREST.LoggedModel.Info
            if let found {
                made = found
            } else {
                let request = Request(
                    experimentId: present.info.experimentID,
                    name: name,
                    sourceRunId: run
                )
                made = try await connection.makeOnce("logged-models", request) {
                    try await pendingModel(named: name, of: present)
                } made: { (answer: Model) in
                    answer.model.info
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
    ) async throws -> MLflowREST.LoggedModel.Info? {
        struct Request: Encodable {
            var experimentIds: [String]
            var filter: String
            var maxResults = 50
        }
        struct Found: Decodable { var models: [MLflowREST.LoggedModel]? }
        let request = Request(
            experimentIds: [run.info.experimentID],
            filter: "source_run_id = '\(run.info.id)'"
        )
        let found: Found = try await connection.post("logged-models/search", request)
        return (found.models ?? []).map(\.info).first { $0.name == name }
    }

    private func loggedModel(_ id: String) async throws -> MLflowREST.LoggedModel.Info {
        let found: Model = try await connection.get("logged-models/\(PercentEncoding.encoded(id))")
        return found.model.info
    }

    /// The files of a model folder, by path.
    public func modelFiles(at source: String) async throws -> [ArtifactFile] {
        let files: [ArtifactFile]
        switch ModelAddress(source) {
        case .logged(let id):
            let model = try await loggedModel(id)
            files = try await ServerArtifacts(model.artifactUri, connection).files()
        case .run(let id, let path):
            let run = try await self.run(id)
            for id in run.modelIDs {
                let model = try await loggedModel(id)
                guard model.name == path else { continue }
                return try await ServerArtifacts(model.artifactUri, connection).files()
            }
            files = try await ServerArtifacts(run.info.artifactURI + "/" + path, connection)
                .files()
        case .version, .alias, .incomplete:
            throw TrackingError(
                .invalid,
                at: address,
                "\(source) is neither runs:/ID/model nor models:/m-…"
            )
        case nil: files = try await ServerArtifacts(source, connection).files()
        }
        guard !files.isEmpty else {
            throw TrackingError(.notFound, at: address, "there is no model at \(source)")
        }
        return files
    }
}

private struct Model: Decodable { var model: MLflowREST.LoggedModel }

private struct LoggedModelStatus: Encodable {
    static let ready = "LOGGED_MODEL_READY"
    static let failed = "LOGGED_MODEL_UPLOAD_FAILED"
    var modelId: String
    var status: String
}
