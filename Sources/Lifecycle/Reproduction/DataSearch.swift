private import FoundationEssentials
public import Output
public import Tracking
public import Training

/// Finds a file by what is in it.
public struct DataSearch: Sendable {
    /// Files to look at first, in this order.
    public let first: [String]
    /// Folders whose CSV files come next, subfolders included.
    public let folders: [String]
    /// The most entries of folders that are looked at.
    public let limit: Int

    /// Folders below those named are followed so far down.
    private static let depth = 8

    /// Creates a search.
    public init(first: [String] = [], folders: [String] = ["."], limit: Int = 20_000) {
        self.first = first
        self.folders = folders
        self.limit = limit
    }

    /// The first file with this content.
    ///
    /// Hidden folders and files are passed over, and so is what can't be read.
    ///
    /// - Parameter digest: SHA-256 in hexadecimal; nil finds nothing.
    /// - Returns: Its path.
    /// - Throws: `DataNotFound`.
    /// - Complexity: O(bytes of the files looked at).
    public func path(digest: String?) throws(DataNotFound) -> String {
        var seen = 0
        guard let digest else {
            throw DataNotFound(digest: nil, first: nil, folders: folders, seen: 0)
        }
        for path in first where isFile(path) {
            seen += 1
            if (try? fileDigest(path)) == digest { return path }
        }
        var left = limit
        for folder in folders {
            for path in files(in: folder, left: &left) {
                seen += 1
                if (try? fileDigest(path)) == digest { return path }
            }
        }
        throw DataNotFound(digest: digest, first: first.first, folders: folders, seen: seen)
    }

    private func isFile(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder
    }

    /// CSV files, those of a folder before those of its subfolders, by name.
    private func files(in folder: String, left: inout Int) -> [String] {
        let manager = FileManager.default
        var found: [String] = []
        var level = [folder]
        for _ in 0 ..< Self.depth where !level.isEmpty {
            var below: [String] = []
            for folder in level {
                let names = ((try? manager.contentsOfDirectory(atPath: folder)) ?? []).sorted()
                for name in names where !name.hasPrefix(".") {
                    guard left > 0 else { return found }
                    left -= 1
                    let path = folder == "." ? name : folder + "/" + name
                    var isFolder = false
                    guard manager.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
                    if isFolder {
                        below.append(path)
                    } else if name.lowercased().hasSuffix(".csv") {
                        found.append(path)
                    }
                }
            }
            level = below
        }
        return found
    }
}

/// No file has the content that a model was trained on.
public struct DataNotFound: RetainError, Equatable {
    /// SHA-256 in hexadecimal; nil where it was not recorded.
    public let digest: String?
    /// Where it was recorded to be; nil where that is not known.
    public let first: String?
    /// Folders that were searched.
    public let folders: [String]
    /// Files that were looked at.
    public let seen: Int

    /// A check said no.
    public var exitStatus: ExitStatus { .refused }

    /// One line: what, where, how to fix it.
    public var description: String {
        guard let digest else {
            return
                "the model was trained from standard input, so its data can't be known again; name"
                + " it with --data FILE"
        }
        let places = folders.map { $0 == "." ? "this folder" : $0 }.joined(separator: ", ")
        return
            "the training data (SHA-256 \(digest.prefix(16))…\(first.map { ", once \($0)" } ?? "")) is"
            + " not among the \(seen) files looked at, up to every CSV file below \(places): it was"
            + " moved or changed; name it with --data FILE, or its folder with --search FOLDER"
    }
}

extension DataSearch {
    /// A search for what a model was trained on: first where its run says that it was, then under its name
    /// in the folders, then among all their CSV files.
    ///
    /// - Parameters:
    ///   - record: How the model came to be.
    ///   - run: Its run; nil where there is none.
    ///   - folders: Folders to search.
    public init(for record: TrainingRecord, of run: Run?, below folders: [String]) {
        let recorded = (run?.inputs ?? []).compactMap { Self.path(inSource: $0.source) }
        let named = folders.map { $0 == "." ? record.data.name : $0 + "/" + record.data.name }
        self.init(first: recorded + named, folders: folders)
    }

    /// The path in a source: an object with `uri`, `path` or `url`, or the path itself.
    static func path(inSource source: String) -> String? {
        let fields = try? JSONDecoder().decode([String: String].self, from: Data(source.utf8))
        let place = fields.map { $0["uri"] ?? $0["path"] ?? $0["url"] } ?? source
        guard var place, !place.isEmpty else { return nil }
        if place.hasPrefix("file://") { place.removeFirst("file://".count) }
        return place.contains("://") ? nil : place
    }
}
