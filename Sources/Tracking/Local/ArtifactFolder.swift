import Files
import FoundationEssentials

/// A folder of this machine that holds artifacts.
struct ArtifactFolder {
    /// Absolute.
    let path: String
    /// The store, for messages.
    let address: String

    /// Takes the folder of an artifact address: a path, or `file://` and a path.
    ///
    /// - Throws: `TrackingError` of kind `unsupported` for an address of another kind.
    init(_ uri: String, address: String) throws {
        self.address = address
        let path =
            uri.hasPrefix("file://")
            ? PercentEncoding.decoded(uri.dropFirst("file://".count)) : uri
        guard path.hasPrefix("/") else {
            throw TrackingError(
                .unsupported,
                at: address,
                "the artifacts lie at \(uri), which Retain can't reach; let the MLflow server serve them"
                    + " (--artifacts-destination)"
            )
        }
        self.path = path
    }

    /// Puts a file into the folder, whole or not at all.
    func put(_ bytes: [UInt8], at relative: String) throws {
        let place = try self.place(relative)
        try make(place.split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 })
        try AtomicFile.write(bytes, to: place)
    }

    /// Makes sure that the folder takes files.
    func proveRoom() throws {
        try make(path)
        try AtomicFile.proveRoom(in: path)
    }

    private func make(_ folder: String) throws {
        do {
            try FileManager.default.createDirectory(
                atPath: folder,
                withIntermediateDirectories: true
            )
        } catch {
            throw FileError(
                kind: .cannotWrite,
                path: folder,
                reason: "the folder of the run's files can't be made",
                fix: "see to its rights, or name another place by MLFLOW_TRACKING_URI"
            )
        }
    }

    /// A file's bytes.
    func bytes(at relative: String) throws -> [UInt8] {
        do {
            return try BlockReader.contents(of: try place(relative))
        } catch let error as FileError where error.kind == .notFound {
            throw TrackingError(.notFound, at: address, "there is no artifact \"\(relative)\"")
        }
    }

    /// What lies directly in a folder, by name.
    func list(_ relative: String) throws -> [ArtifactInfo] {
        let manager = FileManager.default
        let folder = relative.isEmpty ? path : try place(relative)
        let names = (try? manager.contentsOfDirectory(atPath: folder)) ?? []
        return names.sorted().compactMap { name in
            // What `AtomicFile` leaves of a write that was cut off.
            guard !(name.hasPrefix(".") && name.hasSuffix(".tmp")) else { return nil }
            let attributes = try? manager.attributesOfItem(atPath: folder + "/" + name)
            let isFolder = attributes?[.type] as? FileAttributeType == .typeDirectory
            let size = attributes?[.size] as? UInt
            return ArtifactInfo(
                path: relative.isEmpty ? name : relative + "/" + name,
                isFolder: isFolder,
                size: isFolder ? nil : size.map(Int64.init)
            )
        }
    }

    /// A folder inside.
    func folder(_ relative: String) throws -> Self {
        try ArtifactFolder(try place(relative), address: address)
    }

    /// Every file below, by path from here.
    func files() throws -> [ArtifactFile] {
        var files: [ArtifactFile] = []
        var folders = [""]
        while let folder = folders.popLast() {
            for item in try list(folder) {
                if item.isFolder {
                    folders.append(item.path)
                } else {
                    files.append(ArtifactFile(path: item.path, bytes: try bytes(at: item.path)))
                }
            }
        }
        return files.sorted { $0.path < $1.path }
    }

    private func place(_ relative: String) throws -> String {
        if let problem = ArtifactPath.problem(with: relative) {
            throw TrackingError(.invalid, at: address, problem)
        }
        var place = path
        for part in relative.split(separator: "/") {
            place += "/" + part
            // A link may lead anywhere, and a write through it would change what lies there.
            let target = try? FileManager.default.destinationOfSymbolicLink(atPath: place)
            if let target {
                throw TrackingError(
                    .invalid,
                    at: address,
                    "\(place) is a link to \(target), and links are not followed; put the file itself there"
                )
            }
        }
        return place
    }
}

/// The path of an artifact inside its run.
enum ArtifactPath {
    /// What is wrong with a path; nil where nothing is.
    static func problem(with path: String) -> String? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let isInside = parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
        guard isInside, !path.contains(where: { $0 == "\\" || $0 == "\0" || $0 == "#" }) else {
            return "\"\(path)\" is no path inside a run: leave out ., .., \\, # and a leading /"
        }
        return nil
    }
}
