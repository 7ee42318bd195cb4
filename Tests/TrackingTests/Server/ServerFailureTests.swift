import Testing
import Tracking

/// What becomes of the failures that real servers, and what stands before them, show.
@Suite struct ServerFailureTests {
    private static let found = StubServer.Reply.answer(
        #"{"experiment": {"experiment_id": "1", "name": "churn"}}"#
    )

    @Test
    func `passing failures are waited for, longer each time`() async throws {
        let script: [StubServer.Reply] = [
            .answer("busy", status: "429 Too Many Requests"),
            .answer("", status: "502 Bad Gateway"),
            .answer("<html>", status: "504 Gateway Timeout"), Self.found,
        ]
        try await StubStore.run(script) { stub async throws in
            #expect(try await stub.store.experiment(named: "churn")?.id == "1")
            #expect(stub.waits == [2, 4, 8])
        }
    }

    @Test(
        arguments: [
            ("7", 7.0), ("0", 0), ("900", 120), ("Fri, 31 Dec 2999 23:59:59 GMT", 120),
            ("Fri, 31 Dec 1999 23:59:59 GMT", 0), ("soon", 2),
        ]
    )
    func `the server says how long`(_ header: String, _ seconds: Double) async throws {
        let busy = StubServer.Reply.answer(
            "{}",
            status: "503 Service Unavailable",
            headers: ["retry-after: \(header)"]
        )
        try await StubStore.run([busy, Self.found]) { stub async throws in
            #expect(try await stub.store.experiment(named: "churn") != nil)
            #expect(stub.waits == [seconds])
        }
    }

    @Test
    func `a failure that stays is told after the last try`() async throws {
        let body = #"{"error_code": "TEMPORARILY_UNAVAILABLE", "message": "database is locked"}"#
        let busy = StubServer.Reply.answer(body, status: "503 Service Unavailable")
        try await StubStore.run([busy, busy, busy, busy, Self.found]) { stub async throws in
            let error = await stub.failure { _ = try await $0.experiments() }
            #expect(error?.kind == .unreachable)
            #expect(error?.problem.contains("database is locked") == true)
            #expect(stub.server.asked.count == 4)
        }
    }

    @Test(
        arguments: [
            StubServer.Reply.hangUp, .bytes("HTTP/1.1 200 OK\r\ncontent-le", ends: true),
            .bytes("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{\"experiment\":", ends: true),
            .bytes("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"exp", ends: true),
        ]
    )
    func `half an answer is asked for again`(_ half: StubServer.Reply) async throws {
        try await StubStore.run([half, Self.found]) { stub async throws in
            #expect(try await stub.store.experiment(named: "churn")?.id == "1")
            #expect(stub.waits.count == 1)
        }
    }

    @Test
    func `a server that was never there is not waited for`() async throws {
        let address = try await StubServer.run([]) { $0.address }
        let configuration = try TrackingConfiguration(environment: ["MLFLOW_TRACKING_URI": address])
        let store = try ServerStore(address, configuration) { #expect($0 <= 1) }
        for body in [
            { _ = try await store.experiments() }, { try await store.checkReachable() },
        ] as [() async throws -> Void] {
            let error = await #expect(throws: TrackingError.self) { try await body() }
            #expect(error?.kind == .unreachable)
            #expect(error?.problem.contains("refused") == true, "\(error?.problem ?? "")")
            #expect(error?.address == address)
        }
        await store.close()
        await store.close()
    }

    @Test(
        arguments: [
            StubServer.Reply.silence,
            .bytes("HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n{", ends: false),
        ]
    )
    func `silence, and an answer that never ends, run into the time limit`(
        _ slow: StubServer.Reply
    ) async throws {
        let environment = ["MLFLOW_HTTP_REQUEST_TIMEOUT": "0.05"]
        let script = [StubServer.Reply](repeating: slow, count: 9)
        try await StubStore.run(script, environment: environment) { stub async throws in
            let error = await stub.failure { _ = try await $0.run("r1") }
            #expect(error?.kind == .unreachable)
            #expect(error?.problem.contains("0.05 s") == true)
        }
    }

    @Test(
        arguments: [
            "<html>Welcome</html>", "", "[1, 2", "null", #"{"run": 3}"#, "{}", "\u{0}\u{7}",
        ]
    )
    func `answers that are not MLflow's`(_ body: String) async throws {
        try await StubStore.run([.answer(body)]) { stub async throws in
            let error = await stub.failure { _ = try await $0.run("r1") }
            #expect(error?.kind == .unreachable)
            #expect(error?.problem.contains("MLFLOW_TRACKING_URI") == true)
            #expect(error?.description.contains("\u{7}") == false)
        }
    }

    @Test
    func `a web page is no receipt`() async throws {
        try await StubStore.run([.answer("<html>Welcome</html>"), .answer(" {}\n"), .answer("")]) {
            stub async throws in
            let batch = RunBatch(tags: ["a": "b"])
            let error = await stub.failure { try await $0.log(batch, to: "r1") }
            #expect(error?.kind == .unreachable)
            #expect(error?.problem.contains("web page") == true)
            try await stub.store.log(batch, to: "r1")
            try await stub.store.log(batch, to: "r1")
        }
    }

    @Test(
        arguments: [
            ("401 Unauthorized", "You are not authenticated.", "MLFLOW_TRACKING_USERNAME"),
            ("403 Forbidden", "Permission denied", "Permission denied"),
            ("403 Forbidden", "Invalid Host header - possible DNS rebinding attack", "Host header"),
        ]
    )
    func `who may not`(_ status: String, _ body: String, _ said: String) async throws {
        let environment = ["MLFLOW_TRACKING_USERNAME": "ada", "MLFLOW_TRACKING_PASSWORD": "s3cret"]
        try await StubStore.run([.answer(body, status: status)], environment: environment) {
            stub async throws in
            let error = await stub.failure { _ = try await $0.experiments() }
            #expect(error?.kind == .denied)
            #expect(error?.problem.contains(said) == true)
            #expect(error?.description.contains("s3cret") == false)
            #expect(stub.waits.isEmpty)
            #expect(stub.server.asked[0].headers["authorization"] == "Basic YWRhOnMzY3JldA==")
            #expect(stub.server.asked[0].headers["origin"] == nil)
        }
    }

    @Test(arguments: ["301 Moved", "307 Temporary"])
    func `another address is named, not followed`(_ status: String) async throws {
        let moved = StubServer.Reply.answer(
            "",
            status: status,
            headers: ["Location: https://ada:s3cret@example.org/mlflow"]
        )
        try await StubStore.run([moved]) { stub async throws in
            let error = await stub.failure { try await $0.update("r1", status: .failed, end: nil) }
            #expect(error?.kind == .unreachable)
            #expect(error?.problem.contains("https://***@example.org/mlflow") == true)
        }
    }

    @Test
    func `kinds by MLflow's codes and by the status`() async throws {
        let cases: [(StubServer.Reply, TrackingError.Kind)] = [
            (.notFound, .notFound), (.noRoute, .unsupported), (.dagsHubNoRoute, .unsupported),
            (.answer("no", status: "405 Method Not Allowed"), .unsupported),
            (.answer("no", status: "501 Not Implemented"), .unsupported),
            (.answer(#"{"error_code": "INVALID_PARAMETER_VALUE"}"#, status: "400 Bad"), .invalid),
            (.answer("Cannot read the request", status: "400 Bad Request"), .invalid),
            (
                .answer(#"{"error_code": "PERMISSION_DENIED"}"#, status: "400 Bad Request"), .denied
            ),
            (
                .answer(#"{"error_code": "RESOURCE_ALREADY_EXISTS"}"#, status: "400 Bad Request"),
                .alreadyExists
            ),
        ]
        for (reply, kind) in cases {
            try await StubStore.run([reply]) { stub async throws in
                let error = await stub.failure { _ = try await $0.run("r1") }
                #expect(error?.kind == kind, "\(error?.description ?? "")")
            }
        }
    }

    @Test
    func `lists that have no end`() async throws {
        let page = StubServer.Reply.answer(#"{"metrics": [], "next_page_token": "again"}"#)
        try await StubStore.run([page, page, page]) { stub async throws in
            let error = await stub.failure { _ = try await $0.history(of: "loss", in: "r1") }
            #expect(error?.kind == .unreachable)
        }
    }

    @Test
    func `a store that nobody closes ends by itself`() async throws {
        try await StubServer.run([Self.found]) { server in
            let configuration = try TrackingConfiguration(environment: [:], uri: server.address)
            let store = try ServerStore(server.address, configuration)
            #expect(try await store.experiment(named: "churn") != nil)
        }
    }
}
