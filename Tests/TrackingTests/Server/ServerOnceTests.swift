import Testing
import Tracking

/// What makes something new makes it once, also where the answer is lost.
@Suite struct ServerOnceTests {
    private static let newRun = NewRun(experimentID: "1", name: "a", user: "", start: 1)
    private static let lost = StubServer.Reply.answer("", status: "502 Bad Gateway")

    @Test
    func `a run whose answer was lost is found by its mark`() async throws {
        let script: [StubServer.Reply] = [
            .answer("{}"), .hangUp,
            .answer(#"{"runs": [{"info": {"run_id": "r9", "experiment_id": "1"}}]}"#),
        ]
        try await StubStore.run(script) { stub async throws in
            #expect(try await stub.store.experiments().isEmpty)
            #expect(try await stub.store.createRun(Self.newRun).id == "r9")
            let asked = stub.server.asked
            #expect(
                asked.map(\.line).dropFirst() == [
                    "POST /api/2.0/mlflow/runs/create", "POST /api/2.0/mlflow/runs/search",
                ]
            )
            let name = #""retain.request","value":""#
            let start = try #require(asked[1].body.firstRange(of: name)).upperBound
            let mark = asked[1].body[start...].prefix(36)
            #expect(asked[2].body.contains("tags.`retain.request` = '\(mark)'"))
        }
    }

    @Test
    func `a run that was not made is made, by the same mark`() async throws {
        let script = [Self.lost, .answer("{}"), Self.lost, .answer("{}"), StubAnswer.run()]
        try await StubStore.run(script) { stub async throws in
            #expect(try await stub.store.createRun(Self.newRun).id == "r1")
            let creations = stub.server.asked.filter { $0.line.hasSuffix("create") }
            #expect(creations.count == 3)
            #expect(Set(creations.map(\.body)).count == 1)
            #expect(stub.waits == [2, 4])
        }
    }

    @Test
    func `a refusal is not repeated`() async throws {
        try await StubStore.run([.notFound]) { stub async throws in
            let error = await stub.failure { _ = try await $0.createRun(Self.newRun) }
            #expect(error?.kind == .notFound)
            #expect(stub.server.asked.count == 1)
        }
    }

    @Test
    func `an experiment whose answer was lost is not said to be taken`() async throws {
        let found = StubServer.Reply.answer(
            #"{"experiment": {"experiment_id": "3", "name": "churn"}}"#
        )
        try await StubStore.run([Self.lost, found]) { stub async throws in
            #expect(try await stub.store.createExperiment(named: "churn").id == "3")
        }
        let taken = StubServer.Reply.answer(
            #"{"error_code": "RESOURCE_ALREADY_EXISTS", "message": "taken"}"#,
            status: "400 Bad Request"
        )
        try await StubStore.run([taken]) { stub async throws in
            let error = await stub.failure { _ = try await $0.createExperiment(named: "churn") }
            #expect(error?.kind == .alreadyExists)
        }
    }

    @Test
    func `a version whose answer was lost is found by its mark`() async throws {
        let new = NewModelVersion(
            name: "churn",
            model: LoggedModel(source: "models:/m-1", modelID: "m-1"),
            runID: "r1",
            description: "d",
            tags: ["n": "1"]
        )
        let made = #""name": "churn", "version": "4", "source": "models:/m-1", "run_id": "r1""#
        try await StubStore.run([.answer(#"{"model_version": {\#(made)}}"#)]) { stub async throws in
            let version = try await stub.store.createVersion(new)
            #expect(version.version == 4)
            #expect(version.source == "models:/m-1")
            #expect(stub.server.lines == ["POST /api/2.0/mlflow/model-versions/create"])
            #expect(
                stub.bodies == [
                    """
                    {"description":"d","model_id":"m-1","name":"churn","run_id":"r1",\
                    "source":"models:/m-1","tags":[{"key":"n","value":"1"},\
                    {"key":"retain.request","value":"MARK"}]}
                    """
                ]
            )
        }
        let script: [StubServer.Reply] = [
            Self.lost, .answer(#"{"registered_model": {"name": "churn"}}"#),
            .answer(#"{"model_versions": [{\#(made)}]}"#),
            .answer(#"{"model_version": {\#(made)}}"#),
        ]
        try await StubStore.run(script) { stub async throws in
            #expect(try await stub.store.createVersion(new).version == 4)
            let creations = stub.server.asked.filter { $0.line.hasSuffix("create") }
            #expect(creations.count == 2)
        }
    }
}
