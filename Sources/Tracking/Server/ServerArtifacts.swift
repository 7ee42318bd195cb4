import NIOHTTP1

/// A folder of artifacts that a server keeps, or a folder of this machine that the server names.
struct ServerArtifacts {
    private enum Place {
        /// Behind the server's proxy.
        case proxy(ProxyFolder)
        case folder(ArtifactFolder)
    }

    private let place: Place
    private let address: String
    /// Files and folders, and bytes, of the largest model folder that is read.
    private static let mostItems = 10_000
    private static let mostBytes = 1 << 30

    /// Takes the folder of an address such as `mlflow-artifacts:/1/run/artifacts`.
    init(_ uri: String, _ connection: MLflowConnection) throws {
        address = connection.address
        if let folder = ProxyFolder(uri, connection) {
            place = .proxy(folder)
        } else {
            place = .folder(try ArtifactFolder(uri, address: connection.address))
        }
    }

    func put(_ bytes: [UInt8], at relative: String) async throws {
        try check(relative)
        switch place {
        case .folder(let folder): try folder.put(bytes, at: relative)
        case .proxy(let folder): try await folder.put(bytes, at: relative)
        }
    }

    func bytes(at relative: String) async throws -> [UInt8] {
        try check(relative)
        switch place {
        case .folder(let folder): return try folder.bytes(at: relative)
        case .proxy(let folder):
            // MLflow 2 answers 500 for what is not there, which would be asked for again and again.
            let parent = relative.split(separator: "/").dropLast().joined(separator: "/")
            let items = try await list(parent)
            guard items.contains(where: { $0.path == relative && !$0.isFolder }) else {
                throw TrackingError(
                    .notFound,
                    at: address,
                    "there is no artifact \"\(relative)\""
                )
            }
            return try await folder.bytes(at: relative, upTo: Self.mostBytes)
        }
    }

    func list(_ relative: String) async throws -> [ArtifactInfo] {
        if !relative.isEmpty { try check(relative) }
        switch place {
        case .folder(let folder): return try folder.list(relative)
        case .proxy(let folder):
            return try await folder.list(relative).map { file in
                // Relative to the folder; a server may not name what lies elsewhere.
                try check(file.path)
                return ArtifactInfo(
                    path: relative.isEmpty ? file.path : relative + "/" + file.path,
                    isFolder: file.isDir ?? false,
                    size: file.isDir == true ? nil : file.fileSize?.value
                )
            }.sorted { $0.path < $1.path }
        }
    }

    /// Every file below, by path from here.
    func files() async throws -> [ArtifactFile] {
        guard case .proxy(let proxy) = place else {
            guard case .folder(let folder) = place else { return [] }
            return try folder.files()
        }
        var files: [ArtifactFile] = []
        var folders = [""]
        var (items, left) = (0, Self.mostBytes)
        while let folder = folders.popLast() {
            for item in try await list(folder) {
                items += 1
                guard items <= Self.mostItems, item.size ?? 0 <= left else {
                    throw TrackingError(
                        .invalid,
                        at: address,
                        "the folder holds more than \(Self.mostItems) files or \(Self.mostBytes) bytes,"
                            + " which is no model of Retain's"
                    )
                }
                if item.isFolder {
                    folders.append(item.path)
                } else {
                    let bytes = try await proxy.bytes(at: item.path, upTo: left)
                    left -= bytes.count
                    files.append(ArtifactFile(path: item.path, bytes: bytes))
                }
            }
        }
        return files.sorted { $0.path < $1.path }
    }

    private func check(_ path: String) throws {
        if let problem = ArtifactPath.problem(with: path) {
            throw TrackingError(.invalid, at: address, problem)
        }
    }
}
