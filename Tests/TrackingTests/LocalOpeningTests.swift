import Files
import Foundation
import GRDB
import Testing
import Tracking

/// What a file may be like when it is opened.
@Suite struct LocalOpeningTests {
    @Test
    func `a question makes no file`() async throws {
        let folder = try StoreFolder()
        #expect(await kind { _ = try LocalStore(existing: folder.file) } == .notFound)
        #expect(!FileManager.default.fileExists(atPath: folder.file))
        _ = try folder.store()
        #expect(try await LocalStore(existing: folder.file).experiments().count == 1)
    }

    @Test
    func `the folder must be there, and be one that takes files`() async throws {
        let folder = try StoreFolder()
        #expect(await kind { _ = try LocalStore(folder.path + "/none/mlflow.db") } == .invalid)
        _ = try folder.store()
        #expect(await kind { _ = try LocalStore(folder.file + "/mlflow.db") } == .invalid)
        // Nobody, root included, makes a file there.
        #expect(throws: FileError.self) { try LocalStore("/proc/mlflow.db") }
        #expect(throws: FileError.self) { try LocalStore(folder.path) }
    }

    @Test
    func `the address has no . or .. in it: MLflow takes no such artifacts`() async throws {
        let folder = try StoreFolder()
        let store = try LocalStore(folder.path + "/./x/..//mlflow.db")
        #expect(store.address == "sqlite:///" + folder.file)
        #expect(try await store.experiments()[0].artifactLocation == folder.path + "/mlruns/0")
    }

    @Test
    func `many open a new file at once, and all find it whole`() async throws {
        for _ in 0 ..< 5 {
            let folder = try StoreFolder()
            let names = try await withThrowingTaskGroup(of: String.self) { group in
                for number in 0 ..< 16 {
                    group.addTask {
                        let store = try folder.store()
                        return try await store.createExperiment(named: "e\(number)").name
                    }
                }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(names.count == 16)
            #expect(try await folder.store().experiments().count == 17)
            #expect(try folder.rows("PRAGMA integrity_check") == [["ok"]])
        }
    }

    @Test
    func `a new file waits for a writer that came before`() async throws {
        let folder = try StoreFolder()
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let writer = try DatabaseQueue(path: folder.file, configuration: configuration)
        try await writer.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
        // As another program would, the writer ends while the store waits.
        Thread {
            Thread.sleep(forTimeInterval: 0.3)
            try? writer.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        }
        .start()
        #expect(try await folder.store().experiments().count == 1)
    }

    @Test
    func `what a killed program left half-way is not there`() async throws {
        let folder = try StoreFolder()
        let id = try await folder.store().newRun().id
        let copy = try StoreFolder()
        let queue = try DatabaseQueue(path: folder.file)
        try queue.inTransaction { db in
            // A small cache sends pages to the log before the end.
            try db.execute(sql: "PRAGMA cache_size = 2")
            for step in 0 ..< 20_000 {
                try db.execute(
                    sql: """
                        INSERT INTO metrics ("key", value, timestamp, run_uuid, step, is_nan)
                        VALUES ('m', 0.5, 1, ?, ?, 0)
                        """,
                    arguments: [id, step]
                )
            }
            for suffix in ["", "-wal"] {
                try FileManager.default.copyItem(
                    atPath: folder.file + suffix,
                    toPath: copy.file + suffix
                )
            }
            return .rollback
        }
        let size = try FileManager.default.attributesOfItem(atPath: copy.file + "-wal")[.size]
        #expect(try #require(size as? UInt64) > 100_000)
        let store = try copy.store()
        #expect(try await store.run(id).metrics.isEmpty)
        #expect(try await store.history(of: "m", in: id).isEmpty)
        #expect(try copy.rows("PRAGMA integrity_check") == [["ok"]])
    }

    @Test
    func `a creation that was cut off is done again`() async throws {
        let folder = try StoreFolder()
        try Data().write(to: URL(fileURLWithPath: folder.file))
        #expect(try await folder.store().experiments().count == 1)
    }

    @Test(arguments: ["text", "other", "half"])
    func `what is no database of runs stays as it is`(_ what: String) async throws {
        let folder = try StoreFolder()
        switch what {
        case "text":
            let text = String(repeating: "not a database at all\n", count: 200)
            try text.write(toFile: folder.file, atomically: true, encoding: .utf8)
        case "other": try folder.change("CREATE TABLE predictions (id INTEGER)")
        default: try folder.change("CREATE TABLE alembic_version (version_num TEXT)")
        }
        let before = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        let error = #expect(throws: TrackingError.self) { try folder.store() }
        #expect(error?.kind == .damaged)
        #expect(error?.description.contains("MLFLOW_TRACKING_URI") == true)
        #expect(try Data(contentsOf: URL(fileURLWithPath: folder.file)) == before)
    }

    @Test
    func `a file whose middle is overwritten is told, not read`() async throws {
        let folder = try StoreFolder()
        let id = try await folder.store().newRun().id
        try folder.change("PRAGMA user_version = 1")
        var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.file))
        for place in 4_096 ..< bytes.count { bytes[place] = 0xA5 }
        try bytes.write(to: URL(fileURLWithPath: folder.file))
        for suffix in ["-wal", "-shm"] {
            try? FileManager.default.removeItem(atPath: folder.file + suffix)
        }
        #expect(await kind { _ = try await folder.store().run(id) } == .damaged)
    }

    @Test
    func `a later release's form is taken where it lacks and demands nothing`() async throws {
        let folder = try StoreFolder()
        _ = try folder.store()
        try folder.change("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        try folder.change("ALTER TABLE runs ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")
        let id = try await folder.store().newRun("first").id
        #expect(try await folder.store().run(id).info.name == "first")
    }

    @Test(
        arguments: [
            (
                """
                CREATE TABLE params_new ("key" TEXT, value TEXT, run_uuid TEXT, mood TEXT NOT NULL);
                DROP TABLE params; ALTER TABLE params_new RENAME TO params
                """, "params differs in mood"
            ),
            ("ALTER TABLE datasets RENAME COLUMN digest TO sum", "datasets differs in digest"),
            ("DROP TABLE input_tags", "input_tags differs in"),
        ]
    )
    func `a later release's form is refused where it lacks or demands something`(
        _ change: String,
        _ part: String
    ) async throws {
        let folder = try StoreFolder()
        _ = try folder.store()
        try folder.change(change)
        try folder.change("UPDATE alembic_version SET version_num = 'ffffffffffff'")
        let error = #expect(throws: TrackingError.self) { try folder.store() }
        #expect(error?.kind == .damaged)
        let text = try #require(error?.description)
        #expect(text.contains(part), "\(text)")
        #expect(text.contains("ffffffffffff") && text.contains("mlflow db upgrade"))
    }

    @Test
    func `a table that goes missing later is told`() async throws {
        let folder = try StoreFolder()
        let store = try folder.store()
        try folder.change("DROP TABLE registered_models")
        #expect(await kind { _ = try await store.registeredModels() } == .damaged)
    }

    @Test
    func `a writer keeps nobody from opening and reading`() async throws {
        let folder = try StoreFolder()
        let id = try await folder.store().newRun("first").id
        let writer = try DatabaseQueue(path: folder.file)
        let store = try await writer.writeWithoutTransaction { db in
            try db.execute(sql: "BEGIN EXCLUSIVE; DELETE FROM params")
            defer { try? db.execute(sql: "ROLLBACK") }
            return try folder.store()
        }
        #expect(try await store.run(id).info.name == "first")
    }
}
