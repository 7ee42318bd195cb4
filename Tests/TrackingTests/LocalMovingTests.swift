import Foundation
import Testing
import Tracking

/// A project folder that is copied or renamed.
@Suite struct LocalMovingTests {
    /// A folder with a run that has an artifact, and a version of a model.
    private func project() async throws -> (folder: StoreFolder, run: String) {
        let folder = try StoreFolder()
        let store = try folder.store()
        let run = try await store.newRun().id
        try await store.putArtifact(Array("first".utf8), at: "a.txt", in: run)
        let model = try await store.logModel(named: "model", in: run) { _ in
            [ArtifactFile(path: "MLmodel", bytes: Array("x".utf8))]
        }
        try await store.ensureRegisteredModel("churn", description: "")
        _ = try await store.createVersion(
            NewModelVersion(name: "churn", model: model, runID: run)
        )
        return (folder, run)
    }

    private func text(_ store: LocalStore, _ run: String) async throws -> String {
        String(decoding: try await store.artifact(at: "a.txt", in: run), as: UTF8.self)
    }

    @Test func `a copy writes into itself`() async throws {
        let (original, run) = try await project()
        let home = try StoreFolder()
        let copy = home.path + "/copy"
        try FileManager.default.copyItem(atPath: original.path, toPath: copy)
        let store = try LocalStore(copy + "/mlflow.db")
        try await store.putArtifact(Array("second".utf8), at: "a.txt", in: run)
        let new = try await store.newRun(in: store.experiments()[0]).id
        try await store.putArtifact([1], at: "b.bin", in: new)
        #expect(try await text(store, run) == "second")
        #expect(try await text(original.store(), run) == "first")
        #expect(FileManager.default.fileExists(atPath: copy + "/mlruns/0/\(new)/artifacts/b.bin"))
        #expect(try await store.experiments()[0].artifactLocation == copy + "/mlruns/0")
        let version = try await store.version(1, of: "churn")
        #expect(version?.source.hasPrefix(copy + "/mlruns/") == true)
    }

    @Test func `a renamed one finds its runs`() async throws {
        let (original, run) = try await project()
        let home = try StoreFolder()
        let moved = home.path + "/new name"
        try FileManager.default.moveItem(atPath: original.path, toPath: moved)
        let store = try LocalStore(moved + "/mlflow.db")
        #expect(try await text(store, run) == "first")
        #expect(try await !store.modelFiles(at: "runs:/\(run)/model").isEmpty)
        let version = try #require(try await store.version(1, of: "churn"))
        #expect(try await store.modelFiles(at: version.source).map(\.path) == ["MLmodel"])
    }

    @Test func `a file without its artifacts keeps to where they are`() async throws {
        let (original, run) = try await project()
        let other = try StoreFolder()
        try FileManager.default.createDirectory(
            atPath: other.path + "/mlruns/0",
            withIntermediateDirectories: true
        )
        for name in try FileManager.default.contentsOfDirectory(atPath: original.path)
        where name.hasPrefix("mlflow.db") {
            try FileManager.default.copyItem(
                atPath: original.path + "/" + name,
                toPath: other.path + "/" + name
            )
        }
        #expect(try await text(other.store(), run) == "first")
    }

    @Test func `another name of the same folder changes nothing`() async throws {
        let (original, run) = try await project()
        let home = try StoreFolder()
        let link = home.path + "/link"
        try FileManager.default.createSymbolicLink(
            atPath: link,
            withDestinationPath: original.path
        )
        #expect(try await text(LocalStore(link + "/mlflow.db"), run) == "first")
        let location = try await original.store().experiments()[0].artifactLocation
        #expect(location == original.path + "/mlruns/0")
    }
}
