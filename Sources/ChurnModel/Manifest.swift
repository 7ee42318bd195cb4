import Files
import FoundationEssentials

/// The digests of a model folder's files.
public struct Manifest: Codable, Equatable, Sendable {
    /// Where it lies in the folder.
    public static let path = "retain/manifest.json"
    /// The form of model folder that this version of Retain writes and reads.
    public static let currentFormatVersion = 5
    /// MLflow's client adds this file to a registered model's folder when it downloads one.
    static let addedByMLflow = "registered_model_meta"

    /// Form of the folder.
    public let formatVersion: Int
    /// Every file but the manifest, sorted by path.
    public let files: [Entry]

    /// One file.
    public struct Entry: Codable, Equatable, Sendable {
        /// Path inside the folder.
        public let path: String
        /// Number of bytes.
        public let size: Int
        /// SHA-256 of the bytes, in hexadecimal.
        public let sha256: String
    }

    private enum CodingKeys: String, CodingKey {
        case formatVersion = "format_version"
        case files
    }

    /// The manifest of these files.
    public init(of files: [ModelFile]) {
        formatVersion = Manifest.currentFormatVersion
        self.files = files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
            .map { Entry(path: $0.path, size: $0.bytes.count, sha256: Manifest.digest($0.bytes)) }
    }

    /// SHA-256 over the manifest: names this content and no other, in 64 hexadecimal digits.
    public var digest: String {
        Manifest.digest(
            Array(files.map { "\($0.sha256)  \($0.path)\n" }.joined().utf8)
        )
    }

    /// Takes the manifest out of a folder's files and checks every other file against it.
    ///
    /// - Returns: The manifest.
    /// - Throws: `ModelFolderError` where the format version is unknown, or a file is changed,
    ///   missing or not listed.
    /// - Complexity: O(bytes).
    public static func verify(_ files: [ModelFile]) throws(ModelFolderError) -> Manifest {
        guard let file = files.first(where: { $0.path == path }) else {
            throw ModelFolderError(
                path,
                "is missing, so this is no model folder of Retain, or it was not copied whole"
            )
        }
        let manifest = try Manifest(file)
        for entry in manifest.files {
            guard let found = files.first(where: { $0.path == entry.path }) else {
                throw ModelFolderError(entry.path, "is missing; " + advice)
            }
            guard found.bytes.count == entry.size, digest(found.bytes) == entry.sha256 else {
                throw ModelFolderError(
                    entry.path,
                    "was changed since the model was saved; " + advice
                )
            }
        }
        let listed = Set(manifest.files.map(\.path) + [path, addedByMLflow])
        if let extra = files.first(where: { !listed.contains($0.path) }) {
            throw ModelFolderError(
                extra.path,
                "does not belong to the model: manifest.json does not list it; remove it"
            )
        }
        return manifest
    }

    private static let advice = "copy the folder again, or train anew"

    private init(_ file: ModelFile) throws(ModelFolderError) {
        let data = Data(file.bytes)
        guard let version = try? JSONDecoder().decode(Version.self, from: data).number else {
            throw ModelFolderError(file.path, "holds no format_version; \(Manifest.advice)")
        }
        guard version == Manifest.currentFormatVersion else {
            throw ModelFolderError(
                file.path,
                "format version \(version) is unknown, this Retain reads version"
                    + " \(Manifest.currentFormatVersion); use the Retain that wrote it, or train anew"
            )
        }
        // A manifest that Retain would not write so was changed, though it may still be readable.
        guard let manifest = try? JSONDecoder().decode(Manifest.self, from: data),
            (try? ModelFile(path: Self.path, json: manifest)) == file
        else {
            throw ModelFolderError(
                file.path,
                "was changed since the model was saved; \(Manifest.advice)"
            )
        }
        self = manifest
    }

    private struct Version: Decodable {
        let number: Int

        private enum CodingKeys: String, CodingKey { case number = "format_version" }
    }

    private static func digest(_ bytes: [UInt8]) -> String { SHA256.digest(of: bytes).hexadecimal }
}
