import Testing
import Tracking

/// What both stores must do with files, models and versions.
@Suite(.serialized) struct ArtifactContractTests {
    @Test(arguments: StoreKind.present)
    func `files come back as they went`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            #expect(try await store.artifacts(under: "", in: id).isEmpty)
            let all = (0 ... 255).map(UInt8.init)
            let names = [
                "report.html", "plots/roc curve.svg", "plots/größe+1?.svg", "a/b/c/100%.txt",
            ]
            for name in names { try await store.putArtifact(all, at: name, in: id) }
            for name in names {
                #expect(try await store.artifact(at: name, in: id) == all, "\(name)")
            }
            let top = try await store.artifacts(under: "", in: id)
            #expect(top.map(\.path) == ["a", "plots", "report.html"])
            #expect(top.map(\.isFolder) == [true, true, false])
            #expect(top[2].size == 256)
            #expect(
                try await store.artifacts(under: "plots", in: id).map(\.path)
                    == ["plots/größe+1?.svg", "plots/roc curve.svg"].sorted()
            )
            try await store.putArtifact([1], at: "report.html", in: id)
            #expect(try await store.artifact(at: "report.html", in: id) == [1])
            let error = await #expect(throws: TrackingError.self) {
                try await store.artifact(at: "none.txt", in: id)
            }
            #expect(error?.kind == .notFound)
        }
    }

    @Test(
        arguments: StoreKind.present,
        ["../x", "/etc/x", "a/../../x", "a//b", "", ".", "a\\..\\b"]
    )
    func `paths that lead out of the run`(_ kind: StoreKind, _ path: String) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            await #expect(throws: TrackingError.self) {
                try await store.putArtifact([1], at: path, in: id)
            }
            await #expect(throws: TrackingError.self) { try await store.artifact(at: path, in: id) }
        }
    }

    @Test(arguments: StoreKind.present)
    func `a model folder comes back as it went, and twice is once`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let id = try await store.newRun().id
            let files = [
                ArtifactFile(path: "MLmodel", bytes: Array("flavors: {}\n".utf8)),
                ArtifactFile(path: "retain/network.safetensors", bytes: [1, 2, 3]),
            ]
            let logged = try await store.logModel(named: "model", in: id) { identity in
                #expect(identity.runID == id)
                return files
            }
            let again = try await store.logModel(named: "model", in: id) { _ in files }
            #expect(again == logged)
            #expect(try await store.modelFiles(at: logged.source) == files)
            #expect(try await store.modelFiles(at: "runs:/\(id)/model") == files)
            #expect(try await store.run(id).modelIDs.count == (logged.modelID == nil ? 0 : 1))
            let error = await #expect(throws: TrackingError.self) {
                try await store.modelFiles(at: "runs:/\(id)/other")
            }
            #expect(error?.kind == .notFound)
        }
    }

    @Test(arguments: StoreKind.present)
    func `versions, aliases, tags`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            let name = fresh("churn")
            #expect(try await store.registeredModel(name) == nil)
            #expect(try await store.versions(of: name).isEmpty)
            #expect(try await store.version(1, of: name) == nil)
            try await store.createRegisteredModel(name, description: "who leaves")
            await #expect(throws: TrackingError.self) {
                try await store.createRegisteredModel(name, description: "")
            }
            try await store.setTag("retain.event.1", #"{"a": "b"}"#, ofModel: name)
            for number in 1 ... 2 {
                let run = try await store.newRun().id
                let model = try await store.logModel(named: "model", in: run) { _ in
                    [ArtifactFile(path: "MLmodel", bytes: [UInt8(number)])]
                }
                let made = try await store.createVersion(
                    NewModelVersion(
                        name: name,
                        model: model,
                        runID: run,
                        description: "number \(number)",
                        tags: ["n": "\(number)"]
                    )
                )
                #expect(made.version == number)
                #expect(made.runID == run)
                let bytes = try await store.modelFiles(at: made.source).map(\.bytes)
                #expect(bytes == [[UInt8(number)]])
            }
            #expect(try await store.version(alias: "champion", of: name) == nil)
            try await store.setAlias("champion", of: name, to: 1)
            try await store.setAlias("champion", of: name, to: 2)
            try await store.setAlias("challenger", of: name, to: 2)
            #expect(try await store.version(alias: "champion", of: name)?.version == 2)
            #expect(try await store.version(2, of: name)?.aliases == ["challenger", "champion"])
            try await store.deleteAlias("challenger", of: name)
            try await store.deleteAlias("challenger", of: name)
            try await store.setTag("gate", "passed", ofVersion: 2, of: name)
            try await store.describe("better", version: 2, of: name)
            let versions = try await store.versions(of: name)
            #expect(versions.map(\.version) == [1, 2])
            #expect(versions[1].description == "better")
            #expect(versions[1].tags["gate"] == "passed")
            #expect(versions[1].tags["n"] == "2")
            #expect(versions.map(\.aliases) == [[], ["champion"]])
            let model = try #require(try await store.registeredModel(name))
            #expect(model.aliases == ["champion": 2])
            #expect(model.tags == ["retain.event.1": #"{"a": "b"}"#])
            #expect(model.description == "who leaves")
            #expect(try await store.registeredModels().contains(model))
        }
    }

    @Test(arguments: StoreKind.present)
    func `aliases and names that MLflow refuses`(_ kind: StoreKind) async throws {
        try await kind.withStore { store in
            for alias in ["latest", "v2", "a b", ""] {
                let error = await #expect(throws: TrackingError.self) {
                    try await store.setAlias(alias, of: "none", to: 1)
                }
                #expect(error?.kind == .invalid)
            }
            for name in ["", "a/b", "a:b"] {
                let error = await #expect(throws: TrackingError.self) {
                    try await store.createRegisteredModel(name, description: "")
                }
                #expect(error?.kind == .invalid)
            }
        }
    }
}
