import GRDB

extension LocalStore {
    /// Puts a file among the run's artifacts in `mlruns`, whole or not at all; links are not followed.
    public func putArtifact(_ bytes: [UInt8], at path: String, in run: String) async throws {
        try artifacts(of: run).put(bytes, at: path)
    }

    /// What lies directly in a folder of the run's artifacts; nothing where there is no such folder.
    public func artifacts(under path: String, in run: String) async throws -> [ArtifactInfo] {
        try artifacts(of: run).list(path)
    }

    /// A file of the run's artifacts, from `mlruns`.
    public func artifact(at path: String, in run: String) async throws -> [UInt8] {
        try artifacts(of: run).bytes(at: path)
    }

    /// Puts the files into the folder of that name among the run's artifacts, and tells MLflow of it.
    public func logModel(
        named name: String,
        in run: String,
        files: @Sendable (ModelIdentity) throws -> [ArtifactFile]
    ) async throws -> LoggedModel {
        let folder = try artifacts(of: run)
        let files = try files(ModelIdentity(runID: run, modelID: nil, artifactPath: name))
        for file in files { try folder.put(file.bytes, at: name + "/" + file.path) }
        let text = files.first { $0.path == "MLmodel" }.map {
            String(decoding: $0.bytes, as: UTF8.self)
        }
        let uuid = text.flatMap(ModelHistory.uuid(inMLmodel:))
        try write { db in
            let old = try String.fetchOne(
                db,
                sql: "SELECT value FROM tags WHERE run_uuid = ? AND \"key\" = ?",
                arguments: [run, ModelHistory.tag]
            )
            try setTags(
                [ModelHistory.tag: ModelHistory(name, run, uuid: uuid).added(to: old)],
                of: run,
                db
            )
        }
        return LoggedModel(source: folder.path + "/" + name, modelID: nil)
    }

    /// The files of `runs:/ID/model`, of an absolute path, or of a `file://` address.
    public func modelFiles(at source: String) async throws -> [ArtifactFile] {
        let folder: ArtifactFolder
        switch ModelAddress(source) {
        case .run(let id, let path): folder = try artifacts(of: id).folder(path)
        case .incomplete: throw notFound("model \(source)")
        case .logged, .version, .alias, nil: folder = try ArtifactFolder(source, address: address)
        }
        let files = try folder.files()
        guard !files.isEmpty else { throw notFound("model at \(source)") }
        return files
    }

    /// Makes sure that the runs of an experiment can be written: in the file and among the artifacts.
    ///
    /// - Throws: `FileError` where the disk takes nothing, `TrackingError` where the artifacts are out of reach.
    func proveRoom(for experiment: Experiment) throws {
        try write { _ in }
        try ArtifactFolder(experiment.artifactLocation, address: address).proveRoom()
    }

    private func artifacts(of run: String) throws -> ArtifactFolder {
        let uri = try read { db in
            try String.fetchOne(
                db,
                sql: "SELECT artifact_uri FROM runs WHERE run_uuid = ?",
                arguments: [run]
            )
        }
        guard let uri else { throw notFound("run \(run)") }
        return try ArtifactFolder(uri, address: address)
    }
}
