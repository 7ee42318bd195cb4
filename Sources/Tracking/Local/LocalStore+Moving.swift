import Files
import FoundationEssentials
import GRDB

/// A project folder that was copied or renamed takes its runs along.
///
/// MLflow keeps the addresses of artifacts absolute, and its client reads relative ones from whatever folder it is
/// started in. So they are absolute here too, and are put right when the store is opened in another place.
extension LocalStore {
    /// The folder of artifacts that the file was made beside; nil where it is as it should be.
    ///
    /// MLflow's first experiment, `Default`, tells: it was made with the file.
    static func formerArtifactRoot(_ db: Database, now root: String) throws -> String? {
        let location = try String.fetchOne(
            db,
            sql: "SELECT artifact_location FROM experiments WHERE experiment_id = 0"
        )
        guard let location, location.hasPrefix("/"), location.hasSuffix("/mlruns/0") else {
            return nil
        }
        let former = String(location.dropLast("/0".count))
        guard former != root else { return nil }
        let (isHere, isThere) = (exists(root), exists(former))
        // Two names of one folder: by either its runs are found.
        if isHere, isThere, PathName.resolved(former) == PathName.resolved(root) { return nil }
        let runs = try String.fetchAll(
            db,
            sql: """
                SELECT artifact_uri FROM runs WHERE substr(artifact_uri, 1, length(?) + 1) = ? || '/'
                LIMIT 100
                """,
            arguments: [former, former]
        )
        guard !runs.isEmpty else { return isHere || !isThere ? former : nil }
        // A file that was moved without its artifacts still finds them where they are.
        let isAlong = runs.contains { exists(root + $0.dropFirst(former.count)) }
        return isAlong || !isThere ? former : nil
    }

    private static func exists(_ path: String) -> Bool {
        FileManager.default.fileExists(atPath: path)
    }

    /// Puts the addresses of artifacts right.
    ///
    /// - Parameters:
    ///   - db: Open for writing.
    ///   - former: The folder of artifacts that the file was made beside.
    ///   - root: The folder beside it now.
    /// - Throws: `DatabaseError`.
    static func moveArtifacts(_ db: Database, from former: String, to root: String) throws {
        for (table, column) in [
            ("experiments", "artifact_location"), ("runs", "artifact_uri"),
            ("model_versions", "source"), ("model_versions", "storage_location"),
            ("logged_models", "artifact_location"),
        ] {
            guard try db.tableExists(table),
                try db.columns(in: table).contains(where: { $0.name == column })
            else { continue }
            for scheme in ["", "file://"] {
                try db.execute(
                    sql: """
                        UPDATE \(table) SET \(column) = ? || substr(\(column), length(?) + 1)
                        WHERE substr(\(column), 1, length(?) + 1) = ? || '/'
                        """,
                    arguments: [
                        scheme + root, scheme + former, scheme + former, scheme + former,
                    ]
                )
            }
        }
    }
}
