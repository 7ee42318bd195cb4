import NIOHTTP1

/// A folder of artifacts that a server keeps, or a folder of this machine that the server names.
struct ServerArtifacts {
    private enum Place {
        /// Behind the server's proxy.
        case proxy(MLflowConnection, path: String)
        case folder(ArtifactFolder)
    }

    private let place: Place
    private let address: String

    /// Takes the folder of an address such as `mlflow-artifacts:/1/run/artifacts`.
    init(_ uri: String, _ connection: MLflowConnection) throws {
        address = connection.address
        let scheme = "mlflow-artifacts:"
        guard uri.hasPrefix(scheme) else {
            place = .folder(try ArtifactFolder(uri, address: connection.address))
            return
        }
        var path = uri.dropFirst(scheme.count)
        // `mlflow-artifacts://host/…` names a host, which is this server's own.
        if path.hasPrefix("//") { path = path.dropFirst(2).drop { $0 != "/" } }
        place = .proxy(connection, path: String(path.drop { $0 == "/" }))
    }

    private static let root = "/api/2.0/mlflow-artifacts/artifacts"

    func put(_ bytes: [UInt8], at relative: String) async throws {
        switch place {
        case .folder(let folder): try folder.put(bytes, at: relative)
        case .proxy(let connection, let path):
            let answer = try await connection.send(
                .PUT,
                Self.root + "/"
                    + PercentEncoding.encoded(path: path + "/" + (try inside(relative))),
                body: bytes,
                type: "application/octet-stream"
            )
            guard answer.status < 300 else { throw connection.error(answer) }
        }
    }

    func bytes(at relative: String) async throws -> [UInt8] {
        switch place {
        case .folder(let folder): return try folder.bytes(at: relative)
        case .proxy(let connection, let path):
            // MLflow 2 answers 500 for what is not there, which would be asked for again and again.
            let parts = try inside(relative).split(separator: "/")
            let folder = parts.dropLast().joined(separator: "/")
            guard try await list(folder).contains(where: { $0.path == relative && !$0.isFolder })
            else {
                throw TrackingError(
                    .notFound,
                    at: address,
                    "there is no artifact \"\(relative)\""
                )
            }
            let answer = try await connection.send(
                .GET,
                Self.root + "/" + PercentEncoding.encoded(path: path + "/" + relative)
            )
            guard answer.status < 300 else { throw connection.error(answer) }
            return answer.body
        }
    }

    func list(_ relative: String) async throws -> [ArtifactInfo] {
        switch place {
        case .folder(let folder): return try folder.list(relative)
        case .proxy(let connection, let path):
            struct Found: Decodable { var files: [Wire.File]? }
            let folder = relative.isEmpty ? path : path + "/" + (try inside(relative))
            let answer = try await connection.send(
                .GET,
                Self.root + "?path=" + PercentEncoding.encoded(folder)
            )
            let found: Found = try connection.decoded(answer)
            return try (found.files ?? []).map { file in
                // Relative to the folder; a server may not name what lies elsewhere.
                let name = try inside(file.path)
                return ArtifactInfo(
                    path: relative.isEmpty ? name : relative + "/" + name,
                    isFolder: file.isDir ?? false,
                    size: file.isDir == true ? nil : file.fileSize
                )
            }.sorted { $0.path < $1.path }
        }
    }

    /// Every file below, by path from here.
    func files() async throws -> [ArtifactFile] {
        if case .folder(let folder) = place { return try folder.files() }
        var files: [ArtifactFile] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for item in try await list(folder) {
                if item.isFolder {
                    folders.append(item.path)
                } else {
                    let bytes = try await bytes(at: item.path)
                    files.append(ArtifactFile(path: item.path, bytes: bytes))
                }
            }
        }
        return files.sorted { $0.path < $1.path }
    }

    private func inside(_ path: String) throws -> String {
        if let problem = ArtifactPath.problem(with: path) {
            throw TrackingError(.invalid, at: address, problem)
        }
        return path
    }
}
