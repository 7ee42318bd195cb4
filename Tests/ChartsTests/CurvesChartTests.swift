import Charts
import Testing

@Suite struct CurvesChartTests {
    private func chart(_ curves: [[PlotPoint]]) -> CurvesChart {
        CurvesChart(
            title: "loss",
            summary: "",
            xAxis: Axis("step"),
            yAxis: Axis(""),
            curves: curves.enumerated().map { .init("run \($0)", points: $1, place: $0) }
        )
    }

    private func line(_ count: Int, _ value: (Int) -> Double) -> [PlotPoint] {
        (0 ..< count).map { PlotPoint(Double($0), value($0)) }
    }

    @Test func `keeps the extremes of long histories`() {
        var points = line(3_000) { 0.4 + Double($0 % 2) / 100 }
        points[1_234].y = 0.1
        points[2_345].y = 0.6
        let svg = chart([points]).svg(id: "x", styled: false)
        // The axis goes from 0.1 to 0.6, so both ends of the frame are touched.
        #expect(svg.contains(" 232L") && svg.contains(" 28L"))
        #expect(svg.utf8.count < 14_000, "\(svg.utf8.count) bytes")
    }

    @Test func `draws fifty curves of 3,000 steps within its budget`() {
        let svg = chart((0 ..< 50).map { run in line(3_000) { Double(($0 + run) * 7_919 % 97) } })
            .svg(id: "x", styled: false)
        #expect(svg.utf8.count < 120_000, "\(svg.utf8.count) bytes")
    }

    @Test func `leaves out what lies so far off that nothing else could be seen`() {
        let range = CurvesChart.range(of: (0 ..< 99).map { 0.3 + Double($0) / 1_000 } + [1e12])
        #expect(range == 0.3 ... 0.398)
        #expect(CurvesChart.range(of: [0.3, 0.69, 0.31, 0.32, 0.4]) == 0.3 ... 0.69)
        #expect(CurvesChart.range(of: [.nan]) == nil)
        let svg = chart([line(100) { $0 == 0 ? 1e12 : 0.3 + Double($0) / 1_000 }])
            .svg(id: "x", styled: false)
        #expect(svg.contains("1 beyond the scale"))
    }

    @Test func `tells places apart by colour, then dashes, then not at all`() {
        let styles = (0 ..< 24).map { CurvesChart.style(of: $0) }
        #expect(Set(styles).count == 24 && styles[9] == "hue-1 dash-1")
        #expect(CurvesChart.style(of: 24) == "muted" && CurvesChart.style(of: 9_999) == "muted")
    }

    @Test func `counts few steps in whole numbers`() {
        let svg = chart([line(2, Double.init)]).svg(id: "x", styled: false)
        #expect(svg.contains(">0</text>") && svg.contains(">1</text>"))
        #expect(!svg.contains("text-anchor=\"middle\">0.5"))
    }

    @Test func `draws single points and nothing`() {
        #expect(chart([[PlotPoint(0, 1)]]).svg(id: "x", styled: false).contains("<circle"))
        #expect(chart([]).svg(id: "x", styled: true).contains("no data"))
        #expect(chart([[PlotPoint(0, .nan)]]).svg(id: "x", styled: false).contains("no data"))
    }
}
