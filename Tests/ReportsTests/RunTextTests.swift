import Reports
import Testing
import Tracking

@Suite struct RunTextTests {
    private static let details: RunDetails = {
        var run = SampleRuns.best
        run.metrics["loss"] = RunMetric("loss", 0.3, timestamp: 0, step: 49)
        run.metrics["system/cpu_utilization_percentage"] = RunMetric("cpu", 43.25, timestamp: 0)
        run.tags = [
            "retain.command": "retain train bank.csv", "retain.version": "1.2.3",
            "mlflow.source.git.commit": "0123abcd", "mlflow.source.git.dirty": "True",
            "mlflow.note.content": "# Model card\n\n## Details\n", "team": "retention",
            "mlflow.log-model.history":
                "[{\"artifact_path\": \"model\", \"flavors\": {\"python_function\": {}, \"onnx\": {\"a\": 1}}}]",
        ]
        run.inputs = [
            DatasetInput(
                name: "bank.csv",
                digest: "04dd64b5",
                source: "{}",
                schema: "{}",
                profile: "{\"num_rows\": 10000}",
                context: "train"
            )
        ]
        return RunDetails(
            run: run,
            experiment: "bank",
            artifacts: [
                ArtifactInfo(path: "model/MLmodel", isFolder: false, size: 999),
                ArtifactInfo(path: "report.html", isFolder: false, size: 84_213),
                ArtifactInfo(path: "model.txt", isFolder: false, size: nil),
                ArtifactInfo(path: "model", isFolder: true, size: nil),
            ],
            versions: [
                ModelVersion(
                    name: "churn",
                    version: 3,
                    created: 0,
                    source: "",
                    runID: "",
                    aliases: ["champion"]
                )
            ],
            children: 2
        )
    }()

    @Test func `tells everything in groups`() {
        #expect(
            RunText(Self.details, now: SampleRuns.now).text == """
                Run
                  name        best-42
                  id          3f2a9c1b000000000000000000000000
                  experiment  bank (1)
                  status      finished
                  started     2026-11-24 03:17:00 UTC, 5 s ago
                  took        4.2 s
                  by          anna
                  command     retain train bank.csv
                  child runs  2
                  note        Model card
                  artifacts   /mlruns/1/3f2a9c1b/artifacts

                Code
                  commit   0123abcd
                  retain   1.2.3
                  changed  yes: files differed from the commit

                Data
                  bank.csv  for train, digest 04dd64b5, num_rows 10,000

                Parameters
                  model  best
                  rows   10000
                  seed   42

                Parameters in the words of Keras
                  epochs  50

                Metrics
                  test_log_loss  0.3312 [0.310, 0.352]
                  test_roc_auc   0.8671
                  test_profit    412.50

                Last values of curves
                  loss              0.3000 at step 49
                  training_seconds  4.2500

                Machine
                  system/cpu_utilization_percentage  43.2500

                Models
                  logged      runs:/3f2a9c1b000000000000000000000000/model, onnx, python_function
                  registered  models:/churn/3 @champion

                Artifacts
                  model/
                    MLmodel  999 B
                  model.txt
                  report.html  84 kB

                Tags
                  team  retention

                """
        )
    }

    @Test func `leaves out what a run does not have`() {
        let run = Run(
            info: RunInfo(
                id: "1",
                experimentID: "1",
                name: SampleRuns.hostile,
                user: "",
                status: .running,
                start: .min,
                end: nil,
                artifactURI: ""
            ),
            params: ["x": String(repeating: "e\u{301}", count: 6_000)],
            tags: ["mlflow.log-model.history": "no JSON"]
        )
        let text = RunText(RunDetails(run: run, experiment: "x"), now: .max).text
        #expect(!text.contains("\u{1B}") && !text.contains("Metrics") && !text.contains("Models"))
        #expect(text.contains("started     n/a, n/a") && text.contains("took        n/a"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 250 })
    }

    @Test(arguments: [
        (-1, "n/a"), (0, "0.00 s"), (420, "0.42 s"), (4_250, "4.2 s"), (42_900, "42 s"),
        (185_000, "3 min 05 s"), (7_620_000, "2 h 07 min"), (273_600_000, "3 d 04 h"),
    ])
    func `writes durations for people`(milliseconds: Int64, text: String) {
        #expect(RunTime.duration(milliseconds) == text)
        #expect(RunTime.duration(from: 0, to: milliseconds, now: 0) == text)
    }

    @Test func `writes how long a run has gone on`() {
        #expect(RunTime.duration(from: 0, to: nil, now: 42_000) == "42 s…")
    }

    @Test(arguments: [
        (0, "0 s ago"), (59, "59 s ago"), (60, "1 min ago"), (3_600, "1 h ago"),
        (86_400, "1 day ago"), (172_800, "2 days ago"), (604_800, "2026-11-17"),
        (-60, "2026-11-24"),
    ])
    func `writes moments from now`(seconds: Int64, text: String) {
        #expect(RunTime.ago(SampleRuns.now - 1_000 * seconds, now: SampleRuns.now) == text)
    }

    @Test(arguments: [
        (0.33124, "0.3312"), (0, "0.0000"), (1, "1.0000"), (50, "50"), (-412.074, "-412.07"),
        (0.00001235, "1.235e-05"), (0.99996e-5, "1.000e-05"), (1.5e12, "1.500e+12"),
        (.infinity, "inf"), (-1.7976931348623157e308, "-inf"), (.nan, "NaN"),
        (Double.leastNonzeroMagnitude, "4.941e-324"),
    ])
    func `writes metrics of any size`(value: Double, text: String) {
        #expect(MetricText.text(value) == text)
    }
}

@Suite struct RunReferenceTests {
    private let runs = [
        SampleRuns.run("3f2a", "best"), SampleRuns.run("3f2b", "seed"), SampleRuns.run("9", "3f"),
        SampleRuns.run("a", "twin"), SampleRuns.run("b", "twin"),
    ]

    @Test(arguments: [("3f2a", "3f2a"), ("9", "9"), ("seed", "3f2b")])
    func `names a run by first digits or name`(text: String, id: String) throws {
        let found = try RunReference(text).run(among: runs, at: "x")
        #expect(found.info.id.hasPrefix(id))
    }

    @Test func `prefers a whole identifier`() throws {
        let runs = [SampleRuns.run("3f", "x"), SampleRuns.run("3f", "y")]
        var longer = runs[1]
        longer.info.id += "1"
        let found = try RunReference(runs[0].info.id).run(among: [longer, runs[0]], at: "x")
        #expect(found == runs[0])
    }

    @Test func `says which runs may be meant`() {
        let error = #expect(throws: RunReferenceError.self) {
            try RunReference("3f2").run(among: runs, at: "x")
        }
        #expect(
            error?.description == """
                "3f2" may be one of several runs; write more digits of the identifier:
                  3f2a0000000000000000000000000000  best
                  3f2b0000000000000000000000000000  seed
                """
        )
        #expect(throws: RunReferenceError.ambiguous("twin", runs[3...].map(\.info))) {
            try RunReference("twin").run(among: runs, at: "x")
        }
    }

    @Test func `says where there is none`() {
        for text in ["zzz", ""] {
            let error = #expect(throws: RunReferenceError.notFound(text, address: "file")) {
                try RunReference(text).run(among: runs, at: "file")
            }
            #expect(error?.description.hasPrefix("file: no run has") == true)
        }
    }

    @Test func `asks for identifiers only where one can begin so`() {
        #expect(
            RunReference("3f2").filter.description
                == "attributes.run_id LIKE '3f2%' OR attributes.run_name = '3f2'"
        )
        #expect(RunReference("50%").filter.description == "attributes.run_name = '50%'")
        #expect(RunReference(String(repeating: "a", count: 32)).isWhole)
        #expect(!RunReference("3f2").isWhole)
    }
}
