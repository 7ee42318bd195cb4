import Testing
import Tracking

/// How a model folder gets to servers that know logged models, and to those that don't.
@Suite struct ServerModelTests {
    private static let done = StubServer.Reply.answer("{}")
    private static let none = StubServer.Reply.answer("{}")
    private static let root = "/api/2.0/mlflow/"
    private static let proxy = "/api/2.0/mlflow-artifacts/artifacts/"
    private static let files = [
        ArtifactFile(path: "MLmodel", bytes: Array("a: 1\n".utf8)),
        ArtifactFile(path: "retain/größe 1.json", bytes: Array("{}".utf8)),
    ]

    private static func model(_ status: String, name: String = "model") -> String {
        """
        {"info": {"model_id": "m-1", "name": "\(name)", "artifact_uri": \
        "mlflow-artifacts:/1/models/m-1/artifacts", "status": "LOGGED_MODEL_\(status)"}}
        """
    }

    private static func log(_ store: ServerStore) async throws -> LoggedModel {
        try await store.logModel(named: "model", in: "r1") { identity in
            #expect(identity.runID == "r1")
            return Self.files
        }
    }

    @Test
    func `MLflow 3: a logged model, its files, and then that it is ready`() async throws {
        let script: [StubServer.Reply] = [
            StubAnswer.run(), Self.none, .answer(#"{"model": \#(Self.model("PENDING"))}"#),
            Self.done,
            .answer(""), .answer(""), Self.done,
        ]
        try await StubStore.run(script) { stub async throws in
            let logged = try await Self.log(stub.store)
            #expect(logged == LoggedModel(source: "models:/m-1", modelID: "m-1"))
            let folder = Self.proxy + "1/models/m-1/artifacts/"
            #expect(
                stub.server.lines == [
                    "GET \(Self.root)runs/get?run_id=r1", "POST \(Self.root)logged-models/search",
                    "POST \(Self.root)logged-models", "POST \(Self.root)runs/outputs",
                    "PUT \(folder)MLmodel", "PUT \(folder)retain/gr%C3%B6%C3%9Fe%201.json",
                    "PATCH \(Self.root)logged-models/m-1",
                ]
            )
            #expect(
                Array(stub.bodies.dropFirst()) == [
                    #"{"experiment_ids":["1"],"filter":"source_run_id = 'r1'","max_results":50}"#,
                    #"{"experiment_id":"1","model_type":"onnx","name":"model","source_run_id":"r1"}"#,
                    #"{"models":[{"model_id":"m-1","step":0}],"run_id":"r1"}"#, "a: 1\n", "{}",
                    #"{"model_id":"m-1","status":"LOGGED_MODEL_READY"}"#,
                ]
            )
            #expect(stub.server.asked[4].headers["content-type"] == "application/octet-stream")
        }
    }

    @Test
    func `after a kill: what is ready is done, what is pending goes on`() async throws {
        let outputs = #", "outputs": {"model_outputs": [{"model_id": "m-1"}]}"#
        let run = StubAnswer.run(outputs: outputs)
        let ready: [StubServer.Reply] = [
            run, .answer(#"{"model": \#(Self.model("READY"))}"#),
        ]
        try await StubStore.run(ready) { stub async throws in
            #expect(try await Self.log(stub.store).modelID == "m-1")
            #expect(stub.server.lines.allSatisfy { $0.hasPrefix("GET") })
        }
        let pending: [StubServer.Reply] = [
            StubAnswer.run(), .answer(#"{"models": [\#(Self.model("PENDING"))]}"#), Self.done,
            Self.done, Self.done, Self.done,
        ]
        try await StubStore.run(pending) { stub async throws in
            #expect(try await Self.log(stub.store).modelID == "m-1")
            #expect(!stub.server.lines.contains("POST \(Self.root)logged-models"))
            #expect(stub.bodies.last?.contains("LOGGED_MODEL_READY") == true)
        }
    }

    @Test
    func `files that can't be sent are said to be missing`() async throws {
        let script: [StubServer.Reply] = [
            StubAnswer.run(), Self.none, .answer(#"{"model": \#(Self.model("PENDING"))}"#),
            Self.done,
            .answer("Permission denied", status: "403 Forbidden"), Self.done,
        ]
        try await StubStore.run(script) { stub async throws in
            let error = await stub.failure { _ = try await Self.log($0) }
            #expect(error?.kind == .denied)
            #expect(stub.server.lines.last == "PATCH \(Self.root)logged-models/m-1")
            #expect(stub.bodies.last?.contains("LOGGED_MODEL_UPLOAD_FAILED") == true)
        }
    }

    @Test(
        arguments: [
            StubServer.Reply.noRoute, .dagsHubNoRoute,
            .answer("<title>405</title>", status: "405 METHOD NOT ALLOWED"),
            .answer(#"{"error_code": "NOT_IMPLEMENTED"}"#, status: "501 NOT IMPLEMENTED"),
        ],
        [StubServer.Reply.answer("{}"), .noRoute, .answer("oops", status: "500 Internal Error")]
    )
    func `MLflow 2 and DagsHub: a folder of the run`(
        _ noModels: StubServer.Reply,
        _ record: StubServer.Reply
    ) async throws {
        let script: [StubServer.Reply] = [
            StubAnswer.run(), noModels, StubAnswer.run(), Self.done, Self.done, StubAnswer.run(),
            record, Self.done,
        ]
        try await StubStore.run(script) { stub async throws in
            let logged = try await Self.log(stub.store)
            #expect(
                logged
                    == LoggedModel(source: "mlflow-artifacts:/1/r1/artifacts/model", modelID: nil)
            )
            let lines = stub.server.lines
            #expect(lines[3] == "PUT \(Self.proxy)1/r1/artifacts/model/MLmodel")
            #expect(lines[6] == "POST \(Self.root)runs/log-model")
            #expect(stub.server.asked[6].body.contains(#"\"artifact_path\": \"model\""#))
            // Where that is not known, the tag that it would have set is.
            if lines.count > 7 {
                #expect(lines[7] == "POST \(Self.root)runs/log-batch")
                #expect(stub.server.asked[7].body.contains("mlflow.log-model.history"))
            }
            #expect(stub.waits.isEmpty)
        }
    }

    @Test
    func `a model is read from where the server says it is`() async throws {
        let script: [StubServer.Reply] = [
            .answer(#"{"model": \#(Self.model("READY"))}"#),
            .answer(
                #"{"files": [{"path": "retain", "is_dir": true}, {"path": "MLmodel", "file_size": 1}]}"#
            ),
            .answer("m"), .answer(#"{"files": [{"path": "a.json", "file_size": "1"}]}"#),
            .answer("j"),
        ]
        try await StubStore.run(script) { stub async throws in
            let files = try await stub.store.modelFiles(at: "models:/m-1")
            #expect(files.map(\.path) == ["MLmodel", "retain/a.json"])
            #expect(files.map(\.bytes) == [Array("m".utf8), Array("j".utf8)])
            #expect(
                stub.server.lines[3]
                    == "GET \(Self.proxy.dropLast())?path=1%2Fmodels%2Fm-1%2Fartifacts%2Fretain"
            )
        }
    }
}
