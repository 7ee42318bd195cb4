import Drift
import Evaluation
import Explanation
import Foundation
import Reports
import TestSupport
import Testing
import Texts
import Tracking

/// Pages in Portuguese beside the same in English.
@Suite struct PortuguesePageTests {
    /// A content with every section, whose own texts are in the language.
    static func content(_ language: Language) throws -> ReportContent {
        var content = Sample.content
        content.language = language
        content.modelSummary = language("neural network 16-10-1", "rede neural 16-10-1")
        content.rowsSummary = language("Every row", "Todas as linhas")
        content.target = language("the target is Exited = 1", "o alvo é Exited = 1")
        content.settings = [ReportFact("L2", language("none", "nenhum"))]
        content.reproduction = content.settings
        content.warnings = []
        content.columns = ["x", "y"].map {
            ReportColumn(name: $0, role: "", type: "", note: "", isUsed: $0 == "x")
        }
        content.treeCurve = [0.5, 0.4, 0.41]
        let scores = Scores.customers(leavers: 200, stayers: 800).rows
        let (labels, probabilities) = (scores.map(\.left), scores.map(\.score))
        content.calibration = try CalibrationChoice(
            labels: labels,
            probabilities: probabilities,
            seed: 1
        )
        content.coverage = try CoverageReport(
            labels: labels,
            probabilities: probabilities,
            classifier: ConformalClassifier(labels: labels, probabilities: probabilities)
        )
        content.reasons = try JSONDecoder().decode(
            GlobalReasons.self,
            from: Data(
                """
                {"customers": 1300, "referenceError": 0.0123, "columns": [
                    {"name": "x", "meanAbsolutePoints": 0.05, "dependence": [
                        {"from": "blue", "to": "blue", "customers": 700, "meanPoints": -0.031},
                        {"from": "", "to": "", "customers": 500, "meanPoints": 0.02},
                        {"from": "(not listed)", "to": "(not listed)", "customers": 100, "meanPoints": 0}
                    ]},
                    {"name": "y", "meanAbsolutePoints": 0.01, "dependence": []}
                ]}
                """.utf8
            )
        )
        return content
    }

    /// Named, because the contents themselves would fill pages when a test fails.
    enum Input: CaseIterable {
        case usual, nothing, poor, losing

        func page(_ language: Language) throws -> String {
            var content = try PortuguesePageTests.content(language)
            switch self {
            case .usual: break
            case .nothing:
                let texts = content
                content = ReportTests.nothing
                content.language = language
                content.warnings = (0 ..< 12).map { "\($0)" }
                content.reasons = texts.reasons
            case .poor:
                let place = MetricName.allCases.firstIndex(of: .rocAUC) ?? 0
                content.evaluation.metrics[place] = Metric(
                    name: .rocAUC,
                    value: 0.995,
                    interval: ConfidenceInterval(low: 0.48, high: 1)
                )
                content.evaluation.positives = 1
                content.evaluation.profit.atThreshold.interval?.low = -1
            case .losing:
                content.evaluation.profit.atThreshold.profit = -1_234.5
                content.evaluation.slices = (0 ..< 30).map { _ in
                    SliceResult(
                        column: "x",
                        level: nil,
                        rows: 1_234,
                        positives: 9,
                        isSmall: true,
                        metrics: content.evaluation.metrics
                    )
                }
            }
            return HTMLReport(content).document
        }
    }

    @Test(arguments: Input.allCases)
    func `an evaluation has no English word, and no sentence less`(input: Input) throws {
        try Self.check(input.page, names: ["Exited", "churn-seed"])
    }

    @Test func `an evaluation tells numbers and findings as the language does`() throws {
        let page = try Input.usual.page(.portuguese)
        #expect(page.contains("<html lang=\"pt-BR\">"))
        #expect(page.contains("De 100 clientes da lista, 36 saem de fato; sem o modelo, 20."))
        #expect(page.contains("limiar 0,132") && page.contains("1.504"))
        #expect(page.contains("Saídas encontradas ao contatar primeiro o maior risco"))
        #expect(page.contains("(não listado)"))
        #expect(try Input.losing.page(.portuguese).contains("\u{2212}1.234,50"))
        #expect(try Input.nothing.page(.portuguese).contains("sem dados"))
        #expect(try Input.usual.page(.english).contains("<html lang=\"en\">"))
    }

    @Test(arguments: [true, false], [nil, 150, 2_000])
    func `drift has no English word, and no sentence less`(moves: Bool, rows: Int?) throws {
        let report = try DriftReportTests.report(names: ["x", "y"], moves: moves, rows: rows)
        let names = ["model", "new|customers.csv", "--rows"]
        try Self.check({ DriftPage(report, language: $0).document }, names: names)
        let page = DriftPage(report, language: .portuguese).document
        #expect(page.contains(moves ? "2 de 2 colunas mudaram: y, x" : "Nenhuma deriva em 2"))
        #expect(report.headline.contains(moves ? "2 of 2 columns drift: y, x" : "No drift in 2"))
    }

    @Test(arguments: [RunComparisonPageTests.Input.usual, .nothing, .diverged, .fifty])
    func `runs have no English word, and no sentence less`(
        input: RunComparisonPageTests.Input
    ) throws {
        let names = [
            "test_log_loss", "test_roc_auc", "test_profit", "training_seconds", "best-42", "best",
            "seed-42", "model", "epochs", "run-",
        ]
        try Self.check(input.page(in:), names: names)
    }

    @Test(arguments: RunStatus.allCases)
    func `runs tell how they went`(status: RunStatus) {
        var run = SampleRuns.seed
        run.info.status = status
        let page = RunComparisonPage(
            RunComparison([run, SampleRuns.best]),
            curves: [],
            now: SampleRuns.now,
            language: .portuguese
        ).document
        #expect(!page.contains(status.rawValue.lowercased()))
        #expect(page.contains("0,3312 [0,310; 0,352]") && page.contains("24\u{A0}nov.\u{A0}2026"))
        #expect(page.contains("Menor test_log_loss: best-42 com 0,3312; a seguir, seed-42"))
    }

    /// Both pages are built alike, and the Portuguese one has neither English words nor English numbers nor a sentence that
    /// was cut off.
    private static func check(_ page: (Language) throws -> String, names: [String]) throws {
        let (english, portuguese) = (try page(.english), try page(.portuguese))
        #expect(englishWords(on: portuguese, except: names) == [])
        #expect(!englishWords(on: english, except: names).isEmpty)
        let text = shownText(of: portuguese)
        #expect(!text.contains("…") && !text.contains("n/a"))
        #expect(text.firstMatch(of: /(^|[^\d.])0\.\d|\d\.\d{1,2}($|\D)/) == nil)
        let (one, other) = (MarkupReader(), MarkupReader())
        #expect(one.read(english) && other.read(portuguese), "\(other.problem)")
        #expect(one.elements == other.elements && one.identifiers == other.identifiers)
        #expect(portuguese.utf8.count < 300_000)
    }
}
