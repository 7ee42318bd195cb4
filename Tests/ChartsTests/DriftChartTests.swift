import Charts
import Testing

@Suite struct DriftChartTests {
    @Test func `both distributions are drawn over the range of their bins`() {
        let svg = OverlayChart(
            title: "t",
            summary: "s",
            xAxis: Axis("x", range: 0 ... 2),
            reference: [1, 0],
            current: [0.25, 0.75]
        ).svg(id: "x", styled: false)
        // From 0 to 2 on 332 units, from 0 to 1 on 204 units.
        let before = "M48 232L48 28L214 28L214 232L380 232L380 232"
        let now = "M48 232L48 181L214 181L214 79L380 79L380 232"
        #expect(svg.contains("<path class=\"line muted\" d=\"\(before)\"/>"), "\(svg)")
        #expect(svg.contains("<path class=\"line leave\" d=\"\(now)\"/>"), "\(svg)")
    }

    @Test func `of many levels those are drawn that changed most`() {
        let levels = (0 ..< 15).map {
            LevelsChart.Level(
                "level \($0)",
                reference: 0.05,
                current: $0 < 5 ? 0.05 : 0.05 + Double($0) / 1_000
            )
        }
        let svg = LevelsChart(title: "t", summary: "s", levels: levels)
            .svg(id: "x", styled: false)
        #expect(svg.contains(">and 5 more</text>"))
        #expect(svg.contains(">level 5</text>") && svg.contains(">level 14</text>"))
        #expect(!svg.contains(">level 4</text>"))
        let few = LevelsChart(title: "t", summary: "s", levels: Array(levels.prefix(3)))
            .svg(id: "x", styled: false)
        #expect(few.contains(">level 2</text>") && !few.contains("more</text>"))
    }

    @Test func `of many bars the first ten are drawn`() {
        let bars = (0 ..< 13).map { BarsChart.Bar("bar \($0)", value: 0.5 - 0.04 * Double($0)) }
        let svg = BarsChart(title: "t", summary: "s", axis: Axis("x"), bars: bars)
            .svg(id: "x", styled: false)
        #expect(svg.contains(">and 3 more</text>") && svg.contains(">0.140</text>"))
        #expect(svg.contains(">bar 9</text>") && !svg.contains(">bar 10</text>"))
        let below = BarsChart(
            title: "t",
            summary: "s",
            axis: Axis("x"),
            bars: [.init("a", value: -1)]
        )
        #expect(below.svg(id: "x", styled: false).contains("width=\"0\""))
    }
}
