/// A file of a model folder.
public struct ModelFile: Equatable, Sendable {
    /// Path inside the folder, for example `retain/features.json`.
    public let path: String
    /// What is in it.
    public let bytes: [UInt8]

    /// Creates a file.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }

    /// Creates a text file.
    public init(path: String, text: String) {
        self.init(path: path, bytes: Array(text.utf8))
    }
}
