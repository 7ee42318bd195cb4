import FoundationEssentials

/// What `--database` names: a file, or a database of a PostgreSQL server.
///
/// ```swift
/// RecordAddress("postgres://retain:secret@db.example/churn").name  // postgres://retain@db.example/churn
/// ```
public struct RecordAddress: Equatable, Sendable {
    private let text: String
    private let server: PostgresAddress?

    /// Takes an address as it was given.
    public init(_ text: String) {
        self.text = text
        server = PostgresAddress(text)
    }

    /// The record as it is told to people, without a password.
    public var name: String { server?.name ?? text }

    /// Whether it is a file that is not there; a server tells itself.
    public var isMissingFile: Bool {
        server == nil && !FileManager.default.fileExists(atPath: text)
    }

    /// With what the names of the files begin that this machine keeps for the record: the file's own, or the database's.
    public var companion: String { server?.database ?? text }
}
