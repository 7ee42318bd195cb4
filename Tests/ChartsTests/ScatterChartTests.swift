import Charts
import Output
import Testing

@Suite struct ScatterChartTests {
    @Test func `marks the best, which is never one set back`() {
        let svg = Self.svg([(1, 0.5), (2, 0.3), (3, 0.4)], setBack: [(4, 0.1)])
        #expect(svg.occurrences(of: "r=\"5.5\"") == 1)
        #expect(svg.contains(">best 2</text>"))
        #expect(svg.occurrences(of: "<title>trial 2</title>") == 2)
        #expect(svg.contains(">pruned</text>") && svg.contains(">best so far</text>"))
        #expect(!Self.svg([(1, 0.5), (2, 0.3)]).contains(">pruned</text>"))
    }

    @Test func `of equals the first is the best`() {
        #expect(
            Self.svg([(1, 0.5), (2, 0.3), (3, 0.3)]).occurrences(of: "<title>trial 2</title>") == 2
        )
        #expect(Self.svg([(1, 0.5), (2, 0.5)]).occurrences(of: "<title>trial 1</title>") == 2)
    }

    @Test func `the line steps down at each better trial and goes on to the last`() {
        let svg = Self.svg([(0, 10), (1, 8), (2, 9), (3, 4)], setBack: [(5, 7)])
        // From 0 to 5 on 332 units, from 2 to 10 on 186 units.
        let expected = "M48 46L114.4 46L114.4 92.5L247.2 92.5L247.2 185.5L380 185.5"
        #expect(svg.contains("<path class=\"line model\" d=\"\(expected)\"/>"), "\(svg)")
    }

    @Test(arguments: [1, 2, 3, 50])
    func `draws equal scores in the middle`(count: Int) {
        let svg = Self.svg((1 ... count).map { (Double($0), 0.25) })
        #expect(svg.occurrences(of: "<circle class=\"dot model half\"") == count + 1)
        // From 0.22 to 0.28, not down to 0 or below.
        #expect(svg.occurrences(of: "cy=\"139\"") == count + 1)
        #expect(svg.contains(">0.22</text>") && svg.contains(">0.28</text>"))
        #expect(!svg.contains("nan") && !svg.contains("above the scale"))
    }

    @Test func `a single dot has no line`() {
        let svg = Self.svg([(1, 0.25)])
        #expect(!svg.contains("<path") && !svg.contains("best so far"))
        #expect(svg.contains(">best 1</text>"))
    }

    @Test func `without a candidate nothing is the best`() {
        let svg = Self.svg([], setBack: [(1, 0.5), (2, 0.4)])
        #expect(!svg.contains("r=\"5.5\"") && !svg.contains("<path") && !svg.contains("no data"))
    }

    @Test func `counts what lies far above and keeps it in the picture`() {
        let usual = (0 ..< 20).map { (Double($0), 0.3 + Double($0 % 5) * 0.009) }
        let svg = Self.svg(usual + [(20, 7), (21, 1e300)])
        #expect(svg.contains(">2 above the scale</text>"))
        #expect(svg.occurrences(of: "cy=\"46\"") == 2)
        #expect(!Self.svg(usual).contains("above the scale"))
    }

    @Test func `leaves out what is not finite`() {
        let svg = Self.svg([(1, 0.5), (2, .nan), (.infinity, 0.1), (4, -.infinity)])
        #expect(svg.occurrences(of: "<circle class=\"dot model half\"") == 2)
        #expect(svg.contains(">best 1</text>"))
    }

    @Test func `stays small and says what it leaves out`() {
        let svg = Self.svg((0 ..< 100_000).map { (Double($0), 1 / Double($0 + 1)) })
        #expect(svg.contains("1 in 100 drawn"))
        #expect(svg.utf8.count < 160_000)
    }

    @Test func `ticks of trials are whole numbers`() {
        for last in [1.0, 2, 7, 40] {
            let svg = Self.svg([(1, 100), (last, 200)])
            #expect(!svg.contains(".5</text>") && !svg.contains(".2</text>"))
        }
    }

    private static func svg(_ dots: [(Double, Double)], setBack: [(Double, Double)] = []) -> String
    {
        func dot(_ place: (Double, Double), _ isSetBack: Bool) -> ScatterChart.Dot {
            ScatterChart.Dot(
                PlotPoint(place.0, place.1),
                isSetBack: isSetBack,
                hint: "trial \(NumberFormat.fixed(0).text(place.0))"
            )
        }
        let all = dots.map { dot($0, false) } + setBack.map { dot($0, true) }
        let best = dots.filter { $0.1.isFinite && $0.0.isFinite }.min { $0.1 < $1.1 }
        return ScatterChart(
            title: "t",
            summary: "s",
            xAxis: Axis("trial"),
            yAxis: Axis("log loss"),
            dots: all,
            bestNote: "best \(NumberFormat.fixed(0).text(best?.0))"
        )
        .svg(id: "x", styled: false)
    }
}

extension String {
    /// How often a text occurs.
    fileprivate func occurrences(of text: String) -> Int { split(separator: text).count - 1 }
}
