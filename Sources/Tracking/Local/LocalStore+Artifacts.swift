import FoundationEssentials
import GRDB

extension LocalStore {
    public func putArtifact(_ bytes: [UInt8], at path: String, in run: String) async throws {
        try artifacts(of: run).put(bytes, at: path)
    }

    public func artifacts(under path: String, in run: String) async throws -> [ArtifactInfo] {
        try artifacts(of: run).list(path)
    }

    public func artifact(at path: String, in run: String) async throws -> [UInt8] {
        try artifacts(of: run).bytes(at: path)
    }

    public func logModel(
        named name: String,
        in run: String,
        files: @Sendable (ModelIdentity) throws -> [ArtifactFile]
    ) async throws -> LoggedModel {
        let folder = try artifacts(of: run)
        let files = try files(ModelIdentity(runID: run, modelID: nil, artifactPath: name))
        for file in files { try folder.put(file.bytes, at: name + "/" + file.path) }
        try write { db in
            try setTags(["mlflow.log-model.history": ModelHistory(name, run).json], of: run, db)
        }
        return LoggedModel(source: folder.path + "/" + name, modelID: nil)
    }

    public func modelFiles(at source: String) async throws -> [ArtifactFile] {
        let folder: ArtifactFolder
        if source.hasPrefix("runs:/") {
            let parts = source.dropFirst("runs:/".count).split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else { throw notFound("model \(source)") }
            let run = try artifacts(of: String(parts[0]))
            folder = try ArtifactFolder(run.path + "/" + parts[1], address: address)
        } else {
            folder = try ArtifactFolder(source, address: address)
        }
        let files = try folder.files()
        guard !files.isEmpty else { throw notFound("model at \(source)") }
        return files
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

/// The tag by which MLflow 2 knows that a run's folder is a model.
struct ModelHistory {
    static let tag = "mlflow.log-model.history"
    private let name: String
    private let run: String

    init(_ name: String, _ run: String) {
        self.name = name
        self.run = run
    }

    /// The model's entry, an object.
    var entry: String {
        """
        {"run_id": "\(run)", "artifact_path": "\(name)", "utc_time_created": "\(Self.time)", \
        "model_uuid": "\(run)", "flavors": {"onnx": {"data": "model.onnx"}, "python_function": \
        {"loader_module": "mlflow.onnx", "data": "model.onnx"}}}
        """
    }

    /// The tag's value, a list of one.
    var json: String { "[\(entry)]" }

    /// The names of the models in a tag's value.
    static func names(in json: String) -> [String] {
        struct Entry: Decodable {
            let artifactPath: String
            enum CodingKeys: String, CodingKey { case artifactPath = "artifact_path" }
        }
        let entries = try? JSONDecoder().decode([Entry].self, from: Data(json.utf8))
        return (entries ?? []).map(\.artifactPath)
    }

    private static var time: String {
        Date().formatted(
            .iso8601.year().month().day().dateTimeSeparator(.space)
                .time(includingFractionalSeconds: true)
        ) + "000"
    }
}
