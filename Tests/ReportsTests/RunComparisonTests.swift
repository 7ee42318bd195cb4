import Foundation
import Reports
import Testing
import Texts
import Tracking

@Suite struct RunComparisonTests {
    @Test func `sets side by side what differs`() {
        let text = RunComparison([SampleRuns.best, SampleRuns.seed]).text(now: SampleRuns.now)
        #expect(
            text == """
                RUN      ID        STATUS    STARTED   TOOK
                best-42  3f2a9c1b  finished  5 s ago  4.2 s
                seed-42  77e0b1c4  finished  3 h ago  4.2 s

                PARAMETER  best-42  seed-42
                model      best     seed
                epochs     50       40

                METRIC             best-42           seed-42
                test_log_loss     * 0.3312    0.3398 +0.0086
                test_roc_auc      * 0.8671    0.8571 -0.0100
                test_profit       * 412.50      405.25 -7.25
                training_seconds    4.2500  * 0.2100 -4.0400
                * best. Signed: difference from best-42.

                Lowest test_log_loss: best-42 with 0.3312; next is seed-42 with 0.3398, and their \
                intervals overlap.

                """
        )
    }

    @Test func `tells what is the same where it is asked to`() {
        let runs = [SampleRuns.best, SampleRuns.seed]
        let text = RunComparison(runs, all: true).text(now: SampleRuns.now)
        #expect(text.contains("rows       10000    10000\n"))
        #expect(text.contains("test_log_loss_low "))
        #expect(!RunComparison(runs).text(now: 0).contains("10000"))
    }

    @Test func `gives each of many runs a line`() {
        let runs = (0 ..< 50).map { number in
            SampleRuns.run(
                "\(number)x",
                "run-\(number)",
                metrics: ["test_log_loss": 0.3 + Double(number) / 100],
                params: Dictionary(uniqueKeysWithValues: (0 ..< 9).map { ("p\($0)", "\(number)") })
            )
        }
        let text = RunComparison(runs).text(now: SampleRuns.now)
        #expect(text.contains("RUN     p0  p1  p2  p3  p4  p5  p6\n"))
        #expect(text.contains("2 more: see --html, or compare at most 4 runs.\n"))
        #expect(text.contains("run-0        * 0.3000\n") && !text.contains("Signed"))
    }

    @Test func `can do without metrics, parameters and names`() {
        let text = RunComparison([SampleRuns.run("1", ""), SampleRuns.run("2", "")]).text(now: 0)
        #expect(
            text.contains("No parameter differs.\n") && text.contains("No metric was logged.\n")
        )
        #expect(text.contains("10000000  10000000"))
    }

    @Test func `tells runs of one name apart`() {
        let runs = [SampleRuns.run("1", "x"), SampleRuns.run("2", "x"), SampleRuns.run("3", "y")]
        let text = RunComparison(runs).text(now: 0)
        #expect(text.contains("\nx 10000000  ") && text.contains("\nx 20000000  "))
        #expect(text.contains("\ny           "))
    }

    @Test func `calls no number best`() {
        let runs = [
            SampleRuns.run("1", "x", metrics: ["test_log_loss": .nan, "test_thing": 1]),
            SampleRuns.run("2", "y", metrics: ["test_log_loss": 0.4, "test_thing": 2]),
            SampleRuns.run("3", "z"),
        ]
        let text = RunComparison(runs).text(now: 0)
        #expect(
            text.contains("* 0.4000") && text.contains("Lowest test_log_loss: y with 0.4000.\n")
        )
        #expect(!text.contains("* 2"))
    }

    @Test func `finds the metrics that have curves`() {
        var run = SampleRuns.best
        for key in ["val_loss", "loss", "network_2/loss", "accuracy", "system/cpu"] {
            run.metrics[key] = RunMetric(key, 1, timestamp: 0, step: 9)
        }
        let comparison = RunComparison([run, SampleRuns.seed])
        let keys = ["loss", "val_loss", "accuracy", "network_2/loss"]
        #expect(comparison.curveKeys(withSystem: false) == keys)
        #expect(comparison.curveKeys(withSystem: true) == keys + ["system/cpu"])
    }

    @Test func `is read by programs`() throws {
        let runs = [
            SampleRuns.best, SampleRuns.run("9", "x", metrics: ["test_log_loss": .infinity]),
        ]
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let document = try encoder.encode(RunComparisonDocument(RunComparison(runs)))
        let text = String(decoding: document, as: UTF8.self)
        #expect(
            text.contains(
                "\"test_log_loss\":{\"best\":[0],\"differences\":[0,null],\"values\":[0.3312,null]}"
            )
        )
        let one = try encoder.encode(RunDocument(runs[1], experiment: "bank"))
        #expect(
            String(decoding: one, as: UTF8.self).contains("\"start\":\"2026-11-24T03:17:00.000Z\"")
        )
    }
}

@Suite struct RunComparisonPageTests {
    /// Named, because the runs themselves would fill pages when a test fails.
    enum Input: CaseIterable {
        case usual, nothing, hostile, diverged, fifty

        var page: String { page(in: .english) }

        func page(in language: Language) -> String {
            switch self {
            case .usual:
                return Self.page([SampleRuns.best, SampleRuns.seed], [0.5, 0.4, 0.35], language)
            case .nothing:
                return Self.page([SampleRuns.run("1", ""), SampleRuns.run("2", "")], [], language)
            case .hostile:
                let name = SampleRuns.hostile
                let run = SampleRuns.run(
                    "1",
                    name,
                    metrics: [name: 1, "test_log_loss": 1],
                    params: [name: String(repeating: name, count: 200)]
                )
                return Self.page([run, SampleRuns.best], [1, 2], language, key: name)
            case .diverged:
                return Self.page([SampleRuns.best, SampleRuns.seed], [0.5, .nan, 1e308], language)
            case .fifty:
                let runs = (0 ..< 50).map { SampleRuns.run("\($0)x", "run-\($0)") }
                return Self.page(runs, (0 ..< 3_000).map { Double($0 * 7_919 % 1_000) }, language)
            }
        }

        private static func page(
            _ runs: [Run],
            _ values: [Double],
            _ language: Language,
            key: String = "loss"
        ) -> String {
            let history = SampleRuns.history(key, values)
            return RunComparisonPage(
                RunComparison(runs),
                curves: [RunCurve(key, histories: runs.map { _ in history })],
                now: SampleRuns.now,
                language: language
            ).document
        }
    }

    @Test(arguments: Input.allCases)
    func `is well-formed and small whatever it holds`(input: Input) {
        let page = input.page
        let reader = MarkupReader()
        #expect(reader.read(page), "\(reader.problem)")
        #expect(page.utf8.count < 300_000, "\(page.utf8.count) bytes")
        #expect(Set(reader.identifiers).count == reader.identifiers.count)
        #expect(!reader.elements.contains("script") && reader.untitledDrawings == 0)
        for forbidden in ["http:", "https:", "<script", "@import", "url(", "src=", "\u{1B}"] {
            #expect(
                !page.replacing("http://www.w3.org/2000/svg", with: "").contains(forbidden),
                "\(forbidden)"
            )
        }
    }

    @Test func `has curves, legend, metrics and the parameters that differ`() {
        let page = Input.usual.page
        #expect(page.contains("id=\"curve-0-title\">loss<"))
        #expect(page.contains("<title>best-42</title>") && page.contains("Lowest: 0.3500, best-42"))
        #expect(page.contains("<b class=\"best\">0.3312 [0.310, 0.352]</b>"))
        #expect(page.contains("<th scope=\"row\">epochs</th><td>50</td><td>40</td>"))
        #expect(!page.contains(">rows<") && page.contains("prefers-color-scheme:dark"))
    }

    @Test func `tells what could not be drawn`() {
        #expect(
            Input.diverged.page.contains(
                "Not drawn, because no number or infinite: 4 of best-42 and 1 more."
            )
        )
        #expect(!Input.nothing.page.contains("Learning curves"))
    }

    @Test func `is the same bytes each time`() {
        #expect(Input.usual.page == Input.usual.page)
    }
}
