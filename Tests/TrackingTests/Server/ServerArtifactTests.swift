import TestSupport
import Testing
import Tracking

/// Where artifacts lie, and what a server may not do with their names.
@Suite struct ServerArtifactTests {
    @Test(
        arguments: ["../x", "..", "/etc/passwd", "a/../../x", ".", "", "a//b", "a\\\\..\\\\b"]
    )
    func `names that lead elsewhere`(_ name: String) async throws {
        let list = StubServer.Reply.answer(#"{"files": [{"path": "\#(name)", "file_size": 1}]}"#)
        try await StubStore.run([list, .answer("x")]) { stub async throws in
            let source = "mlflow-artifacts:/1/r1/artifacts/model"
            let error = await stub.failure { _ = try await $0.modelFiles(at: source) }
            #expect(error?.kind == .invalid)
            #expect(stub.server.asked.count == 1)
        }
    }

    @Test
    func `folders in folders without an end`() async throws {
        let folder = #"{"path": "a", "is_dir": true}"#
        let folders = Array(repeating: folder, count: 5_001).joined(separator: ",")
        let list = StubServer.Reply.answer(#"{"files": [\#(folders)]}"#)
        try await StubStore.run([list, list, list]) { stub async throws in
            let error = await stub.failure {
                _ = try await $0.modelFiles(at: "mlflow-artifacts:/1")
            }
            #expect(error?.kind == .invalid)
        }
    }

    @Test
    func `files that are too large are not fetched`() async throws {
        let list = StubServer.Reply.answer(
            #"{"files": [{"path": "a", "file_size": 99999999999}]}"#
        )
        try await StubStore.run([list]) { stub async throws in
            let error = await stub.failure {
                _ = try await $0.modelFiles(at: "mlflow-artifacts:/1")
            }
            #expect(error?.kind == .invalid)
            #expect(stub.server.asked.count == 1)
        }
    }

    @Test
    func `another host keeps them, and learns no password`() async throws {
        try await StubServer.run([.answer("")]) { other in
            let host = other.address.dropFirst("http://".count)
            let uri = #"mlflow-artifacts://eve:x@\#(host)/1/r1/artifacts"#
            let run = StubServer.Reply.answer(
                #"{"run": {"info": {"run_id": "r1", "experiment_id": "1", "artifact_uri": "\#(uri)"}}}"#
            )
            let environment = ["MLFLOW_TRACKING_TOKEN": "t"]
            try await StubStore.run([run], environment: environment, path: "/mlflow") {
                stub async throws in
                try await stub.store.putArtifact([0x61], at: "a b.txt", in: "r1")
                #expect(stub.server.asked.map { $0.headers["authorization"] } == ["Bearer t"])
            }
            let artifacts = "/mlflow/api/2.0/mlflow-artifacts/artifacts"
            #expect(other.lines == ["PUT \(artifacts)/1/r1/artifacts/a%20b.txt"])
            #expect(other.asked[0].headers["authorization"] == nil)
            #expect(other.asked[0].body == "a")
        }
    }

    @Test
    func `the server's own host, said again, is the server`() async throws {
        try await StubStore.run([.answer("{}")], environment: ["MLFLOW_TRACKING_TOKEN": "t"]) {
            stub async throws in
            let host = stub.server.address.dropFirst("http://".count)
            _ = await stub.failure {
                _ = try await $0.modelFiles(at: "mlflow-artifacts://\(host)/1/r1")
            }
            #expect(stub.server.asked.map { $0.headers["authorization"] } == ["Bearer t"])
        }
    }

    @Test(arguments: ["s3://bucket/1", "gs://b", "dbfs:/x"])
    func `places that need keys of their own`(_ source: String) async throws {
        try await StubStore.run([]) { stub async throws in
            let error = await stub.failure { _ = try await $0.modelFiles(at: source) }
            #expect(error?.kind == .unsupported)
            #expect(error?.problem.contains("--artifacts-destination") == true)
        }
    }

    @Test
    func `MLflow 2 says 500 for a file that is not there: the list is asked first`() async throws {
        let list = StubServer.Reply.answer(#"{"files": [{"path": "b", "is_dir": false}]}"#)
        try await StubStore.run([StubAnswer.run(), list]) { stub async throws in
            let error = await stub.failure { _ = try await $0.artifact(at: "x/a", in: "r1") }
            #expect(error?.kind == .notFound)
            #expect(stub.server.lines.last?.hasSuffix("?path=1%2Fr1%2Fartifacts%2Fx") == true)
        }
    }

    @Test
    func `a folder of this machine, which the server names`() async throws {
        let place = try TemporaryFolder()
        let run = StubServer.Reply.answer(
            """
            {"run": {"info": {"run_id": "r1", "experiment_id": "1", \
            "artifact_uri": "file://\(place.path)/a%20b"}}}
            """
        )
        try await StubStore.run([run]) { stub async throws in
            try await stub.store.putArtifact([1, 2], at: "c/d.bin", in: "r1")
            #expect(try await stub.store.artifact(at: "c/d.bin", in: "r1") == [1, 2])
            #expect(try await stub.store.artifacts(under: "", in: "r1").map(\.path) == ["c"])
            let files = try await stub.store.modelFiles(at: place.path + "/a b")
            #expect(files == [ArtifactFile(path: "c/d.bin", bytes: [1, 2])])
            #expect(stub.server.asked.count == 1)
        }
    }
}
