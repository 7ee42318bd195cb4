import Reports
import Testing
import Tracking

@Suite struct RunsTableTests {
    private func table(_ runs: [Run], columns: [String]? = nil) -> RunsTable {
        RunsTable(
            runs,
            columns: columns,
            experiments: ["1": "bank", "2": "telco"],
            now: SampleRuns.now
        )
    }

    @Test func `shows what tells runs apart`() {
        #expect(
            table([SampleRuns.best, SampleRuns.seed]).text == """
                ID        NAME     STATUS    STARTED   TOOK  model  test_log_loss  test_roc_auc  test_profit
                3f2a9c1b  best-42  finished  5 s ago  4.2 s  best          0.3312        0.8671       412.50
                77e0b1c4  seed-42  finished  3 h ago  4.2 s  seed          0.3398        0.8571       405.25

                """
        )
    }

    @Test func `shows the columns that are asked for and names those that no run has`() {
        let table = table(
            [SampleRuns.best, SampleRuns.run("ab", "", experiment: "2")],
            columns: ["experiment", "params.epochs", "test_roc_auc", "test_rok_auc", "id"]
        )
        #expect(
            table.text == """
                ID        NAME     EXPERIMENT  epochs  test_roc_auc
                3f2a9c1b  best-42  bank        50            0.8671
                ab000000  -        telco       -                  -

                """
        )
        #expect(table.unknownColumns == ["test_rok_auc"])
    }

    @Test func `shows the experiment where there are several`() {
        let runs = [SampleRuns.best, SampleRuns.run("ab", "x", experiment: "2")]
        #expect(table(runs).text.contains("EXPERIMENT"))
        #expect(!table([SampleRuns.best]).text.contains("EXPERIMENT"))
    }

    @Test func `falls back on what most runs have logged`() {
        let run = SampleRuns.run("1", "x", metrics: ["loss": 0.5, "system/gpu": 1, "depth": 3])
        #expect(table([run]).text.contains("  loss  depth\n"))
        #expect(table([]).text == "ID  NAME  STATUS  STARTED  TOOK\n")
    }

    @Test func `keeps identifiers apart`() {
        let text = table([
            SampleRuns.run("0123456789a", "x"), SampleRuns.run("0123456789b", "y"),
        ]).text
        #expect(text.contains("0123456789a  x") && text.contains("0123456789b  y"))
    }

    @Test func `gives the terminal no orders and cuts long names`() {
        let run = SampleRuns.run(
            "1",
            SampleRuns.hostile,
            metrics: ["test_log_loss": .nan],
            params: ["model": String(repeating: "x", count: 6_000)]
        )
        let text = table([run, SampleRuns.best], columns: ["model", "test_log_loss"]).text
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        #expect(text.contains("xxx…") && text.contains("  NaN\n"))
        #expect(text.split(separator: "\n").allSatisfy { $0.count < 120 })
    }

    @Test func `takes 10,000 runs`() {
        let runs = (0 ..< 10_000).map { number in
            SampleRuns.run(
                "\(number)x",
                "run-\(number)",
                metrics: ["test_log_loss": Double(number)],
                params: ["seed": "\(number)"]
            )
        }
        #expect(table(runs).text.utf8.count { $0 == 0x0A } == 10_001)
    }
}

@Suite struct RunSelectionTests {
    private let runs = (0 ..< 30).map { number in
        SampleRuns.run(
            "\(number)",
            "\(number)",
            tags: number % 3 == 0 ? [:] : ["mlflow.parentRunId": "1"]
        )
    }

    private func selection(limit: Int, withChildren: Bool) async -> RunSelection {
        await RunSelection(limit: limit, withChildren: withChildren) { Array(runs.prefix($0)) }
    }

    @Test func `hides child runs and says so`() async {
        let selection = await selection(limit: 4, withChildren: false)
        #expect(selection.runs.map(\.info.name) == ["0", "3", "6", "9"])
        #expect(
            selection.notice
                == "4 shown; 6 more runs fit (--limit); 20 child runs are hidden (--children)."
        )
    }

    @Test func `shows all where it is asked to`() async {
        let selection = await selection(limit: 0, withChildren: true)
        #expect(selection.runs.count == 30 && selection.notice == nil)
        let most = await self.selection(limit: 29, withChildren: true)
        #expect(most.notice == "29 shown; 1 more run fits (--limit).")
    }

    @Test func `looks farther where the first runs are children`() async {
        var asked: [Int] = []
        let many = (0 ..< 5_000).map { number in
            SampleRuns.run(
                "\(number)",
                "",
                tags: number < 4_990 ? ["mlflow.parentRunId": "1"] : [:]
            )
        }
        let selection = await RunSelection(limit: 5, withChildren: false) { count in
            asked.append(count)
            return Array(many.prefix(count))
        }
        #expect(selection.runs.count == 5 && asked == [1_005, 4_020, 16_080])
        #expect(selection.notice?.contains("4990 child runs") == true)
    }

    @Test func `knows a filter that asks for children`() throws {
        let parent = "tags.mlflow.parentRunId = 'x'"
        #expect(try RunFilter(parsing: "status = 'FINISHED' AND \(parent)").asksForChildren)
        #expect(try !RunFilter(parsing: "tags.team = 'x' OR metrics.loss < 1").asksForChildren)
    }
}
