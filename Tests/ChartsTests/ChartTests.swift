import Charts
import Foundation
import FoundationXML
import Testing

@Suite struct ChartTests {
    @Test(arguments: Sample.allCases)
    func `is well-formed, has a name, and names its parts by its id`(sample: Sample) throws {
        for input in Sample.Input.allCases {
            let svg = sample.chart(input).svg(id: "one", styled: true)
            let reader = MarkupReader()
            #expect(reader.read(svg), "\(sample), \(input): \(reader.problem)")
            #expect(svg.contains("<title id=\"one-title\">A &lt;title&gt;</title>"))
            #expect(svg.contains("role=\"img\" aria-labelledby=\"one-title one-summary\""))
            #expect(svg.contains("viewBox="))
            #expect(!svg.contains("nan") && !svg.contains("inf\""))
        }
    }

    @Test(arguments: Sample.allCases)
    func `says so where there is nothing to draw`(sample: Sample) {
        for input in [Sample.Input.empty, .notFinite] {
            #expect(sample.chart(input).svg(id: "x", styled: false).contains("no data"))
        }
        #expect(!sample.chart(.usual).svg(id: "x", styled: false).contains("no data"))
    }

    @Test(arguments: Sample.allCases)
    func `reaches for nothing outside itself`(sample: Sample) {
        let svg = sample.chart(.usual).svg(id: "x", styled: true)
            .replacing("xmlns=\"http://www.w3.org/2000/svg\"", with: "")
        for forbidden in ["http:", "https:", "<script", "url(", "@import", "href"] {
            #expect(!svg.contains(forbidden), "\(forbidden)")
        }
    }

    @Test func `keeps only harmless characters of an id`() {
        let svg = Sample.line.chart(.usual).svg(id: "a\" onload=\"b", styled: false)
        #expect(svg.contains("id=\"aonloadb-title\""))
    }

    @Test func `brings its colours only when asked`() {
        let chart = Sample.columns.chart(.usual)
        #expect(chart.svg(id: "x", styled: true).contains(ChartStyle.css))
        #expect(!chart.svg(id: "x", styled: false).contains("<style>"))
    }

    @Test func `stays small for a million points`() {
        let points = (0 ..< 1_000_000).map { PlotPoint(Double($0), Double($0 * 7919 % 1000)) }
        let chart = LineChart(
            title: "t",
            summary: "s",
            xAxis: Axis("x"),
            yAxis: Axis("y"),
            series: [LineChart.Series("a", points: points)]
        )
        #expect(chart.svg(id: "x", styled: false).utf8.count < 20_000)
    }
}

/// One of each kind, with the usual input and with those that break careless code.
enum Sample: CaseIterable {
    case line, reliability, histogram, columns, confusion, intervals, proportion, scatter, overlay
    case levels, bars, dependence

    enum Input: CaseIterable {
        case usual, empty, single, notFinite
    }

    func chart(_ input: Input) -> any Chart {
        let values: [Double] =
            switch input {
            case .usual: [0.1, 0.4, 0.9]
            case .empty: []
            case .single: [0.5]
            case .notFinite: [.nan, .infinity, -.infinity]
            }
        let (title, summary) = ("A <title>", "A & summary")
        let range = 0.2 ... 0.4
        switch self {
        case .line:
            let points = values.map { PlotPoint($0, $0 * $0) }
            return LineChart(
                title: title,
                summary: summary,
                xAxis: Axis("x"),
                yAxis: Axis("y"),
                series: [
                    LineChart.Series("a", points: points, isFilled: true),
                    LineChart.Series("b", points: points, tone: .leave),
                ],
                band: LineChart.Band(lower: points, upper: points),
                marks: points.map { LineChart.Mark($0, note: "here", isDropped: true) }
            )
        case .reliability:
            return ReliabilityChart(
                title: title,
                summary: summary,
                bins: values.map {
                    ReliabilityChart.Bin(predicted: $0, observed: $0, interval: range, count: 7)
                }
            )
        case .histogram:
            let counts = values.map { $0.isFinite ? Int($0 * 10) : 0 }
            return HistogramChart(
                title: title,
                summary: summary,
                xAxis: .fraction("p"),
                stayed: counts,
                left: counts,
                threshold: values.first
            )
        case .columns:
            return ColumnChart(
                title: title,
                summary: summary,
                xLabel: "x",
                yAxis: Axis("y"),
                bars: values.map { ColumnChart.Bar(name: "a", value: $0, text: "b") },
                reference: (values.first ?? .nan, "level")
            )
        case .confusion:
            let count = values.filter(\.isFinite).count
            return ConfusionChart(
                title: title,
                summary: summary,
                truePositives: count,
                falsePositives: count,
                falseNegatives: count,
                trueNegatives: count
            )
        case .intervals:
            return IntervalChart(
                title: title,
                summary: summary,
                axis: Axis("x"),
                rows: values.filter { !$0.isNaN || input == .notFinite }.map {
                    IntervalChart.Row(name: "<a>", value: $0, interval: range)
                },
                reference: values.first
            )
        case .proportion:
            return ProportionChart(
                title: title,
                summary: summary,
                groups: [
                    ProportionChart.Group(name: "a", share: values.first ?? .nan, tone: .leave)
                ]
            )
        case .scatter:
            return ScatterChart(
                title: title,
                summary: summary,
                xAxis: Axis("x"),
                yAxis: Axis("y"),
                dots: values.map { ScatterChart.Dot(PlotPoint($0, $0), hint: "<a>") },
                bestNote: "<best> & here"
            )
        case .overlay:
            return OverlayChart(
                title: title,
                summary: summary,
                xAxis: .fraction("p"),
                reference: values,
                current: values.reversed()
            )
        case .bars:
            return BarsChart(
                title: title,
                summary: summary,
                axis: Axis("x"),
                bars: values.map { BarsChart.Bar("<a>", value: $0) }
            )
        case .dependence:
            return DependenceChart(
                title: title,
                summary: summary,
                axis: Axis("x"),
                cells: values.enumerated().map { place, value in
                    DependenceChart.Cell(
                        "<a>",
                        span: Double(place) ... Double(place + 1),
                        value: value,
                        count: 20
                    )
                }
            )
        case .levels:
            return LevelsChart(
                title: title,
                summary: summary,
                levels: values.map { LevelsChart.Level("<a>", reference: $0, current: 1 - $0) }
            )
        }
    }
}

/// Reads markup strictly, as XML.
final class MarkupReader: NSObject, XMLParserDelegate {
    private(set) var problem = ""

    func read(_ markup: String) -> Bool {
        let parser = XMLParser(data: Data(markup.utf8))
        parser.delegate = self
        guard !parser.parse() else { return true }
        problem = "line \(parser.lineNumber): \(parser.parserError.debugDescription)"
        return false
    }
}
