import Evaluation
import Foundation
import FoundationXML
import Output
import Reports
import Testing

@Suite struct ReportTests {
    /// What a hostile file can put into a name.
    static let hostile = "<script>alert('x')</script>\"&\u{1B}[2J\u{202E}|`*_\n]]>"

    static func content(named name: String, count: Int) -> ReportContent {
        var content = Sample.content
        content.model = name
        content.modelSummary = name
        content.data = name
        content.rowsSummary = name
        content.target = name
        content.columns = (0 ..< count).map {
            ReportColumn(name: name, role: name, type: name, note: name, isUsed: $0 % 2 == 0)
        }
        content.settings = (0 ..< count).map { _ in ReportFact(name, name) }
        content.reproduction = content.settings
        content.warnings = (0 ..< count).map { _ in name }
        content.learningCurve = (0 ..< count).map {
            EpochPoint(epoch: $0, trainingLoss: Double($0 * 7919 % 1000), validationLoss: 0.5)
        }
        content.evaluation.slices = (0 ..< count).map { _ in
            SliceResult(
                column: name,
                level: name,
                rows: 9,
                positives: 1,
                isSmall: true,
                metrics: content.evaluation.metrics
            )
        }
        return content
    }

    /// Named, because the content itself would fill pages when a test fails.
    enum Input: CaseIterable {
        case usual, nothing, hostile, longNames, stackedAccents

        var content: ReportContent {
            let name = ReportTests.hostile
            return switch self {
            case .usual: Sample.content
            case .nothing: ReportTests.nothing
            case .hostile: ReportTests.content(named: name, count: 3)
            case .longNames:
                ReportTests.content(named: String(repeating: "\"", count: 500), count: 2_000)
            case .stackedAccents:
                ReportTests.content(
                    named: "e" + String(repeating: "\u{301}", count: 2_000),
                    count: 200
                )
            }
        }
    }

    /// An evaluation of nothing, with every number missing or no number.
    static var nothing: ReportContent {
        let matrix = ConfusionMatrix(
            threshold: .nan,
            truePositives: 0,
            falsePositives: 0,
            trueNegatives: 0,
            falseNegatives: 0
        )
        let point = ProfitPoint(threshold: nil, share: .nan, profit: .nan)
        let broken = ConfidenceInterval(low: .nan, high: 1)
        return ReportContent(
            model: "",
            modelSummary: "",
            data: "",
            rowsSummary: "",
            target: "",
            evaluation: EvaluationReport(
                rows: 0,
                positives: 0,
                threshold: .nan,
                replicates: 0,
                metrics: MetricName.allCases.map { Metric(name: $0, value: nil, interval: broken) },
                confusionAtHalf: matrix,
                confusionAtThreshold: matrix,
                roc: [],
                precisionRecall: [],
                reliability: [
                    ReliabilityBin(
                        low: 0,
                        high: 1,
                        rows: 1,
                        meanPredicted: .nan,
                        observedRate: nil,
                        interval: broken
                    )
                ],
                histogram: ScoreHistogram(positives: [], negatives: [0]),
                deciles: [],
                profit: CampaignProfit(
                    costs: CampaignCosts(),
                    theoreticalThreshold: .nan,
                    atThreshold: point,
                    atHalf: point,
                    everyone: point,
                    best: point,
                    curve: [point],
                    expectedMaximum: nil
                ),
                slices: []
            )
        )
    }

    @Test(
        arguments: Input.allCases
    )
    func `as a page is well-formed and small whatever it holds`(input: Input) {
        let content = input.content
        let page = HTMLReport(content).document
        let reader = MarkupReader()
        #expect(reader.read(page), "\(reader.problem)")
        #expect(page.utf8.count < 300_000, "\(page.utf8.count) bytes")
        #expect(Set(reader.identifiers).count == reader.identifiers.count)
        #expect(!reader.elements.contains("script"))
        #expect(reader.untitledDrawings == 0)
    }

    @Test func `as a page needs no network and lets nothing run`() {
        let page = HTMLReport(Self.content(named: Self.hostile, count: 3)).document
            .replacing("http://www.w3.org/2000/svg", with: "")
        for forbidden in ["http:", "https:", "<script", "@import", "url(", "src=", "\u{1B}"] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(page.contains("&lt;script&gt;alert"))
        #expect(page.contains("default-src 'none'"))
        #expect(page.contains("prefers-color-scheme:dark") && page.contains("@media print"))
    }

    @Test func `holds every chart that an evaluation needs`() {
        let page = HTMLReport(Sample.content).document
        let charts = [
            "gain", "lift", "confusion", "scores", "profit", "roc", "precision-recall",
            "reliability", "slices", "slices-recall", "learning",
        ]
        for id in charts { #expect(page.contains("id=\"chart-\(id)-title\""), "\(id)") }
        #expect(ReportChart.all(of: Sample.content).map(\.id) == charts)
    }

    @Test func `says in a sentence what the model is worth`() {
        let page = HTMLReport(Sample.content).document
        #expect(
            page.contains("Of 100 customers on the list, 36 really leave; without the model 20.")
        )
        #expect(
            page.contains(
                "The list holds 51\u{A0}% of the customers and 90\u{A0}% of all who leave."
            )
        )
        #expect(HTMLReport(Self.nothing).document.contains("no customers to judge the model by"))
    }

    @Test func `says how sure the money is wherever it says what the list earns`() throws {
        let money = Sample.evaluation.profit.atThreshold
        let interval = try #require(money.interval)
        func ends(_ joined: String) -> String {
            [interval.low, interval.high]
                .map { NumberFormat.grouped(2).text($0) }.joined(separator: joined)
        }
        let sentence = "per customer (95\u{A0}%: \(ends(" to ")); threshold 0.132)"
        let page = HTMLReport(Sample.content).document
        #expect(page.contains(sentence))
        #expect(page.contains("<dt>95\u{A0}% interval</dt><dd>\(ends("–"))</dd>"))
        let text = TextReport(Sample.content).text
        #expect(text.contains("95 % INTERVAL\nChosen"))
        #expect(text.contains(ends(" to ")))
        let card = ModelCard(Sample.content).markdown
        #expect(card.contains("| Chosen | 0.132 |") && card.contains("| \(ends(" to ")) |"))
        #expect(!TextReport(Self.nothing).text.contains("nan"))
    }

    @Test func `warns of a list that may earn nothing`() {
        var evaluation = Sample.evaluation
        evaluation.profit.atThreshold.interval = ConfidenceInterval(low: -0.1, high: 9)
        #expect(
            Verdict(evaluation: evaluation).cautions == [
                "The interval of what the list earns reaches 0: on these rows it can't be told from "
                    + "contacting nobody."
            ]
        )
        evaluation.profit.atThreshold.profit = -1
        #expect(
            Verdict(evaluation: evaluation).cautions == [
                "At these costs the list loses money: contacting nobody earns 0."
            ]
        )
    }

    @Test func `warns of results too good or too weak to be true`() {
        var evaluation = Sample.evaluation
        let index = MetricName.allCases.firstIndex(of: .rocAUC) ?? 0
        evaluation.metrics[index].value = 0.997
        #expect(
            Verdict(evaluation: evaluation).cautions.first?.contains("Look for a leak.") == true
        )
        evaluation.metrics[index] = Metric(
            name: .rocAUC,
            value: 0.52,
            interval: ConfidenceInterval(low: 0.48, high: 0.55)
        )
        #expect(
            Verdict(evaluation: evaluation).cautions == [
                "The interval of ROC AUC reaches 0.5: on these rows the model can't be told from "
                    + "guessing."
            ]
        )
        evaluation.profit.atThreshold.profit = -1
        #expect(Verdict(evaluation: evaluation).cautions.last?.contains("loses money") == true)
        #expect(Verdict(evaluation: Sample.evaluation).cautions == [])
    }

    @Test(
        arguments: Input.allCases
    )
    func `as text fits 80 columns and gives the terminal no orders`(input: Input) {
        let text = TextReport(input.content).text
        for line in text.split(separator: "\n") {
            #expect(line.count <= 80 && !line.hasSuffix(" "), "\(line)")
        }
        #expect(!text.contains("\u{1B}") && !text.contains("\u{A0}") && text.hasSuffix("\n"))
        #expect(!text.hasSuffix("\n\n"))
    }

    @Test func `as text aligns its numbers`() {
        let text = TextReport(Sample.content).text
        #expect(text.contains("METRIC                    VALUE     95 % INTERVAL\n"))
        #expect(text.contains("Accuracy                 0.8320  0.8154 to 0.8486\n"))
        #expect(text.contains("left                               547                 64\n"))
        #expect(text.contains("DECILE  CUSTOMERS  LEFT  SCORE FROM  LIFT  LEAVERS FOUND\n"))
        #expect(text.contains("warning: Customers were seen at one point in time"))
    }

    @Test func `as text writes shared leavers with a decimal`() throws {
        var content = Sample.content
        let shared = try #require(content.evaluation.deciles.first).positives + 0.5
        content.evaluation.deciles[0].positives = shared
        let text = TextReport(content).text
        #expect(text.contains("DECILE  CUSTOMERS   LEFT  SCORE FROM"))
        #expect(text.contains("1        300  \(shared)"))
    }

    @Test func `as a card has the sections of a model card`() {
        let card = ModelCard(Sample.content).markdown
        #expect(card.hasPrefix("# churn-seed\n\n## Model details\n"))
        let headings = [
            "Intended use", "Factors", "Metrics", "Evaluation data", "Inputs", "Results",
            "Groups of customers", "Ethical considerations", "Limits", "How to reproduce",
        ]
        for heading in headings { #expect(card.contains("\n## \(heading)\n\n"), "\(heading)") }
        #expect(card.contains("| ROC AUC | 0.8447 | 0.8278 to 0.8616 |"))
    }

    @Test func `as a card keeps hostile names within their cells`() {
        let card = ModelCard(Self.content(named: Self.hostile, count: 3)).markdown
        #expect(!card.contains("<script") && card.contains("\\|\\`\\*\\_"))
        #expect(!ModelCard(Self.nothing).markdown.contains("nan"))
    }

    @Test func `is the same bytes each time`() {
        #expect(HTMLReport(Sample.content).document == HTMLReport(Sample.content).document)
        #expect(TextReport(Sample.content).text == TextReport(Sample.content).text)
        #expect(ModelCard(Sample.content).markdown == ModelCard(Sample.content).markdown)
    }
}

/// Reads markup strictly, as XML, and notes what it sees.
final class MarkupReader: NSObject, XMLParserDelegate {
    private(set) var problem = ""
    private(set) var identifiers: [String] = []
    private(set) var elements: [String] = []

    /// Drawings whose first child is not a title.
    var untitledDrawings: Int {
        zip(elements, elements.dropFirst()).count { $0 == "svg" && $1 != "title" }
    }

    func read(_ markup: String) -> Bool {
        let parser = XMLParser(data: Data(markup.utf8))
        parser.delegate = self
        guard !parser.parse() else { return true }
        problem = "line \(parser.lineNumber): \(parser.parserError.debugDescription)"
        return false
    }

    func parser(
        _ parser: XMLParser,
        didStartElement element: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        elements.append(element)
        if let id = attributes["id"] { identifiers.append(id) }
    }
}
