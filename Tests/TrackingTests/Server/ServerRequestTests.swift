import Testing
import Tracking

/// Each call's method, path and JSON, as MLflow's own clients send them.
@Suite struct ServerRequestTests {
    private static let done = StubServer.Reply.answer("{}")
    private static let root = "/api/2.0/mlflow/"

    @Test
    func `experiments`() async throws {
        let found = StubServer.Reply.answer(
            """
            {"experiment": {"experiment_id": "1", "name": "größe", "artifact_location": \
            "mlflow-artifacts:/1", "lifecycle_stage": "active", "workspace": "default"}}
            """
        )
        let script: [StubServer.Reply] = [
            .answer(#"{"experiment_id": "1"}"#), found,
            .answer(
                #"{"experiments": [{"experiment_id": "10", "name": "b"}], "next_page_token": "n"}"#
            ),
            .answer(#"{"experiments": [{"experiment_id": 2, "name": "a"}]}"#),
            .answer(
                #"{"experiment": {"experiment_id": "1", "name": "x", "lifecycle_stage": "deleted"}}"#
            ),
        ]
        try await StubStore.run(script, path: "/team-a/") { stub async throws in
            let made = try await stub.store.createExperiment(named: "größe")
            #expect(
                made
                    == Experiment(id: "1", name: "größe", artifactLocation: "mlflow-artifacts:/1")
            )
            #expect(try await stub.store.experiments().map(\.id) == ["2", "10"])
            #expect(try await stub.store.experiment(named: "x") == nil)
            let root = "/team-a" + Self.root + "experiments/"
            #expect(
                stub.server.lines == [
                    "POST \(root)create", "GET \(root)get-by-name?experiment_name=gr%C3%B6%C3%9Fe",
                    "POST \(root)search", "POST \(root)search",
                    "GET \(root)get-by-name?experiment_name=x",
                ]
            )
            #expect(
                stub.bodies == [
                    #"{"name":"größe"}"#, "", #"{"max_results":1000}"#,
                    #"{"max_results":1000,"page_token":"n"}"#, "",
                ]
            )
            #expect(stub.server.asked[0].headers["content-type"] == "application/json")
        }
    }

    @Test
    func `a run from its beginning to its end`() async throws {
        let script = [
            StubAnswer.run(#", "run_name": "first", "start_time": "17", "status": "RUNNING""#),
            Self.done, Self.done, Self.done,
        ]
        try await StubStore.run(script) { stub async throws in
            let info = try await stub.store.createRun(
                NewRun(experimentID: "1", name: "first", user: "ada", start: 17, tags: ["k": "v"])
            )
            #expect(info.id == "r1")
            #expect(info.start == 17)
            #expect(info.artifactURI == "mlflow-artifacts:/1/r1/artifacts")
            try await stub.store.log(
                RunBatch(
                    metrics: [
                        RunMetric("loss", 0.5, timestamp: 18, step: 3),
                        RunMetric("nan", .nan, timestamp: 18),
                        RunMetric("up", .infinity, timestamp: 18),
                        RunMetric("down", -.infinity, timestamp: 18),
                    ],
                    params: ["b": "2", "a": #""/\#n"#],
                    tags: ["t": ""]
                ),
                to: "r1"
            )
            let input = DatasetInput(
                name: "a.csv",
                digest: "d",
                source: "{}",
                schema: "s",
                profile: "p",
                context: "train"
            )
            try await stub.store.log([input], to: "r1")
            try await stub.store.log([], to: "r1")
            try await stub.store.log(RunBatch(), to: "r1")
            try await stub.store.update("r1", status: .finished, end: 19)
            #expect(
                stub.server.lines
                    == ["create", "log-batch", "log-inputs", "update"].map {
                        "POST \(Self.root)runs/\($0)"
                    }
            )
            #expect(
                stub.bodies == [
                    """
                    {"experiment_id":"1","run_name":"first","start_time":17,"tags":\
                    [{"key":"k","value":"v"},{"key":"mlflow.user","value":"ada"},\
                    {"key":"retain.request","value":"MARK"}],"user_id":"ada"}
                    """,
                    """
                    {"metrics":[{"key":"loss","step":3,"timestamp":18,"value":0.5},\
                    {"key":"nan","step":0,"timestamp":18,"value":"NaN"},\
                    {"key":"up","step":0,"timestamp":18,"value":"Infinity"},\
                    {"key":"down","step":0,"timestamp":18,"value":"-Infinity"}],\
                    "params":[{"key":"a","value":"\\"/\\n"},{"key":"b","value":"2"}],\
                    "run_id":"r1","tags":[{"key":"t","value":""}]}
                    """,
                    """
                    {"datasets":[{"dataset":{"digest":"d","name":"a.csv","profile":"p","schema":"s",\
                    "source":"{}","source_type":"local"},"tags":[{"key":"mlflow.data.context",\
                    "value":"train"}]}],"run_id":"r1"}
                    """,
                    #"{"end_time":19,"run_id":"r1","status":"FINISHED"}"#,
                ]
            )
        }
    }

    @Test
    func `a run as servers tell of it`() async throws {
        let answer = StubServer.Reply.answer(
            """
            {"run": {"info": {"run_id": "r1", "run_uuid": "r1", "experiment_id": 7, "status": \
            "SOMETHING", "start_time": "1795450881550", "end_time": 1795450882550.0, "new": {}}, \
            "data": {"metrics": [{"key": "a", "value": "NaN", "timestamp": "5", "step": "2"}, \
            {"key": "b", "value": "-Infinity"}, {"key": "c", "value": "0.25", "timestamp": 1}, \
            {"key": "d"}], "params": [{"key": "p"}], "tags": [{"key": "t", "value": "v"}]}, \
            "inputs": {"dataset_inputs": [{"dataset": {"name": "n", "digest": "d"}}]}, \
            "outputs": {"model_outputs": [{"model_id": "m-1", "step": "0"}]}}}
            """,
            headers: ["content-type: application/json"]
        )
        try await StubStore.run([answer]) { stub async throws in
            let run = try await stub.store.run("r 1")
            #expect(run.info.experimentID == "7")
            #expect(run.info.start == 1_795_450_881_550)
            #expect(run.info.end == 1_795_450_882_550)
            #expect(run.info.status == .running)
            #expect(run.metrics["a"] == RunMetric("a", .nan, timestamp: 5, step: 2))
            #expect(run.metrics["b"]?.value == -.infinity)
            #expect(run.metrics["c"] == RunMetric("c", 0.25, timestamp: 1))
            #expect(run.metrics["d"]?.value == 0)
            #expect(run.params == ["p": ""])
            #expect(run.inputs.first?.digest == "d")
            #expect(run.modelIDs == ["m-1"])
            #expect(stub.server.lines == ["GET \(Self.root)runs/get?run_id=r%201"])
        }
    }

    @Test
    func `batches are cut to what a request may hold`() async throws {
        let metrics = (0 ..< 2_100).map { RunMetric("m", 0, timestamp: 1, step: Int64($0)) }
        let params = (0 ..< 120).map { ("p\($0)", String(repeating: "\u{1}", count: 5_900)) }
        let tags = (0 ..< 101).map { ("t\($0)", String(repeating: "e\u{301}", count: 5_000)) }
        let batch = RunBatch(
            metrics: metrics,
            params: Dictionary(uniqueKeysWithValues: params),
            tags: Dictionary(uniqueKeysWithValues: tags)
        )
        let script = [StubServer.Reply](repeating: Self.done, count: 20)
        try await StubStore.run(script) { stub async throws in
            try await stub.store.log(batch, to: "r1")
            func count(_ text: String, _ part: String) -> Int { text.ranges(of: part).count }
            for body in stub.bodies {
                #expect(body.utf8.count < 1_000_000)
                #expect(count(body, #""step""#) <= 1_000)
                #expect(count(body, #""key":"p"#) <= 100)
                #expect(count(body, #""key":"t"#) <= 100)
                #expect(count(body, #""key""#) <= 1_000)
            }
            let all = stub.bodies.joined()
            #expect(count(all, #""key""#) == 2_100 + 120 + 101)
            // 8,000 Unicode scalars, as the server counts, are 4,000 letters here.
            #expect(count(all, "e\u{301}") == 101 * 4_000)
        }
    }

    @Test
    func `names are checked before anything is sent`() async throws {
        try await StubStore.run([]) { stub async throws in
            let failures = [
                await stub.failure { try await $0.log(RunBatch(params: ["a!": ""]), to: "r") },
                await stub.failure { try await $0.setAlias("v2", of: "m", to: 1) },
                await stub.failure { try await $0.putArtifact([], at: "a#b", in: "r") },
                await stub.failure { try await $0.createRegisteredModel("a/b", description: "") },
                await stub.failure { try await $0.setTag("", "", ofModel: "m") },
            ]
            #expect(failures.map { $0?.kind } == Array(repeating: .invalid, count: 5))
            #expect(stub.server.asked.isEmpty)
        }
    }

    @Test
    func `a search without OR is one request; its pages are turned up to the limit`() async throws {
        func page(_ ids: [String], _ next: String = "") -> StubServer.Reply {
            let runs = ids.map { #"{"info": {"run_id": "\#($0)", "experiment_id": "1"}}"# }
            return .answer(
                #"{"runs": [\#(runs.joined(separator: ","))], "next_page_token": "\#(next)"}"#
            )
        }
        try await StubStore.run([page(["a", "b"], "n"), page(["c", "d"])]) { stub async throws in
            let query = RunQuery(
                experimentIDs: ["1", "2"],
                filter: try RunFilter(
                    parsing: "params.model NOT IN ('x', 'y') AND status = 'FAILED'"
                ),
                order: [try RunOrder(parsing: "metrics.`val loss` DESC")],
                limit: 3
            )
            #expect(try await stub.store.runs(query).map(\.info.id) == ["a", "b", "c"])
            let common =
                #""experiment_ids":["1","2"],"filter":"params.model != 'x' AND params.model != 'y'"#
                + #" AND attributes.status = 'FAILED'","max_results":3,"#
                + #""order_by":["metrics.`val loss` DESC"],"#
            #expect(
                stub.bodies == [
                    "{\(common)\"run_view_type\":\"ACTIVE_ONLY\"}",
                    "{\(common)\"page_token\":\"n\",\"run_view_type\":\"ACTIVE_ONLY\"}",
                ]
            )
        }
    }

    @Test
    func `OR asks for each part, without doubles, in order: numbers, NaN, absent`() async throws {
        func run(_ id: String, _ value: String?, start: Int) -> String {
            let metric = value.map { #"{"key": "m", "value": \#($0)}"# } ?? ""
            return
                #"{"info": {"run_id": "\#(id)", "experiment_id": "1", "start_time": \#(start)}, "#
                + #""data": {"metrics": [\#(metric)]}}"#
        }
        let (a, b) = (run("a", "1.5", start: 1), run("b", #""NaN""#, start: 2))
        let (c, d) = (run("c", nil, start: 3), run("d", "2.5", start: 4))
        let script: [StubServer.Reply] = [
            .answer(#"{"experiments": [{"experiment_id": "1", "name": "x"}]}"#),
            .answer(#"{"runs": [\#(a), \#(b), \#(c)]}"#), .answer(#"{"runs": [\#(d), \#(a)]}"#),
        ]
        try await StubStore.run(script) { stub async throws in
            let query = RunQuery(
                filter: try RunFilter(parsing: "params.a = '1' OR params.a = '2'"),
                order: [RunOrder(.metric("m"), isDescending: true)]
            )
            #expect(try await stub.store.runs(query).map(\.info.id) == ["d", "a", "b", "c"])
            #expect(stub.bodies[1].contains(#""filter":"params.a = '1'""#))
            #expect(stub.bodies[2].contains(#""filter":"params.a = '2'""#))
        }
    }
}
