import Foundation
import GRDB
import Testing
import Tracking

/// The file's form is MLflow's, name by name.
@Suite struct LocalFormTests {
    @Test
    func `tables, columns, constraints and indexes are those of MLflow 2.22.1`() throws {
        let folder = try StoreFolder()
        _ = try folder.store()
        let real = try MLflowForm.named("mlflow_2_22_1")
        let tables = try #require(real.tables)
        #expect(
            try folder.rows("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
                .map { $0[0] } == (tables.keys + ["retain_sync"]).sorted()
        )
        for (name, table) in tables {
            #expect(try Self.table(name, folder) == table, "\(name)")
        }
        let indexes = try folder.rows(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        )
        let own = try indexes.map { index in
            (
                index[0],
                [index[1]] + (try folder.rows("PRAGMA index_info(\(index[0]))").map { $0[2] })
            )
        }
        #expect(Dictionary(uniqueKeysWithValues: own) == real.indexes)
        #expect(try folder.rows("SELECT version_num FROM alembic_version") == [[real.revision]])
    }

    @Test
    func `experiment 0 is there, and every column that the checks of a later form ask for`()
        async throws
    {
        let folder = try StoreFolder()
        let store = try folder.store()
        let experiments = try await store.experiments()
        #expect(experiments.map(\.id) == ["0"])
        #expect(experiments.map(\.name) == ["Default"])
        #expect(experiments.map(\.artifactLocation) == [folder.path + "/mlruns/0"])
        #expect(try folder.rows("PRAGMA journal_mode") == [["wal"]])
        #expect(!FileManager.default.fileExists(atPath: folder.path + "/mlruns/0/meta.yaml"))
    }

    private static func table(_ name: String, _ folder: StoreFolder) throws -> MLflowForm.Table {
        let sql = try folder.rows("SELECT sql FROM sqlite_master WHERE name = ?", [name])[0][0]
        let lines = sql.split(separator: "\n")
        return MLflowForm.Table(
            columns: try folder.rows("PRAGMA table_info(\(name))").map { row in
                MLflowForm.Table.Column(
                    name: row[1],
                    type: row[2],
                    isNotNull: row[3] == "1",
                    standard: row[4] == "NULL" ? nil : row[4],
                    key: Int(row[5]) ?? -1
                )
            },
            constraints: lines.compactMap { line in
                let words = line.split(separator: " ")
                return words.first == "CONSTRAINT" ? String(words[1]) : nil
            }.sorted(),
            checks: lines.compactMap { line in
                line.firstRange(of: "CHECK").map { range in
                    String(line[range.lowerBound...].filter { $0 != "\"" }).trimmingSuffix(",")
                }
            }.sorted(),
            foreign: try folder.rows("PRAGMA foreign_key_list(\(name))").map { row in
                [row[3], row[2], row[4], row[5].uppercased(), row[6].uppercased()]
            }.sorted { $0.lexicographicallyPrecedes($1) },
            unique: try folder.rows("PRAGMA index_list(\(name))")
                .filter { $0[2] == "1" && $0[3] == "u" }
                .map { index in try folder.rows("PRAGMA index_info(\(index[1]))").map { $0[2] } }
        )
    }
}

extension String {
    fileprivate func trimmingSuffix(_ suffix: String) -> String {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
    }
}
