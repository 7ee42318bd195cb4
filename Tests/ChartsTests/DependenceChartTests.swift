import Charts
import Testing

@Suite struct DependenceChartTests {
    private func svg(_ cells: [DependenceChart.Cell]) -> String {
        DependenceChart(
            title: "Age",
            summary: "s",
            axis: Axis("Points", isPercentage: true),
            cells: cells
        ).svg(id: "x", styled: false)
    }

    @Test func `numbers are a line through the middle of what each cell spans`() {
        let svg = svg([
            .init("0 to 20", span: 0 ... 20, value: -0.1, count: 30),
            .init("20 to 60", span: 20 ... 60, value: 0, count: 30),
            .init("60 to 100", span: 60 ... 100, value: 0.2, count: 20),
            .init("empty", span: nil, value: 0.05, count: 21),
        ])
        // From 0 to 100 on 332 units, from -10 % to 20 % on 122 units.
        let line = "M81.2 150L180.8 109.3L313.6 28"
        #expect(svg.contains("<path class=\"line leave\" d=\"\(line)\"/>"), "\(svg)")
        #expect(svg.contains("60 to 100: +20.0\u{A0}%, 20 rows</title>"), "\(svg)")
        #expect(svg.contains(">empty: +5.0\u{A0}%</text>"), "\(svg)")
        #expect(!svg.contains("<rect"))
    }

    @Test func `levels are bars to both sides of nothing`() {
        let svg = svg([
            .init("yes", span: nil, value: -0.1, count: 30),
            .init("no", span: nil, value: 0.1, count: 300),
        ])
        // Nothing is in the middle of 150 and 340.
        #expect(svg.contains("class=\"fill half model\" x=\"150\" y=\"33\" width=\"95\""), "\(svg)")
        #expect(svg.contains("class=\"fill half leave\" x=\"245\" y=\"55\" width=\"95\""), "\(svg)")
        #expect(svg.contains(">\u{2212}10.0\u{A0}%</text>") && svg.contains(">+10.0\u{A0}%</text>"))
    }

    @Test func `two numbers are told apart as levels are, and a third makes a line`() {
        let cells = (1 ... 3).map {
            DependenceChart.Cell(
                "\($0)",
                span: Double($0) ... Double($0),
                value: Double($0) / 10,
                count: 20
            )
        }
        #expect(svg(Array(cells.prefix(2))).contains("<rect"))
        #expect(!svg(cells).contains("<rect") && svg(cells).contains("class=\"line leave\""))
    }

    @Test func `of many levels the first ten are drawn`() {
        let svg = svg(
            (0 ..< 13).map { .init("level \($0)", span: nil, value: 0.1, count: 20) }
        )
        #expect(svg.contains(">and 3 more</text>") && svg.contains(">level 9</text>"))
        #expect(!svg.contains(">level 10</text>"))
    }
}
