import Charts
import Output
import Testing

@Suite struct ChartTextTests {
    @Test(arguments: [
        ("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;"), ("\u{1B}[31m", "\u{FFFD}[31m"),
        ("a\u{202E}b\nc\0", "a\u{FFFD}b\u{FFFD}c\u{FFFD}"), ("Größe 日本", "Größe 日本"),
    ])
    func `escapes what markup would take for its own`(text: String, expected: String) {
        #expect(text.markupEscaped == expected)
    }

    @Test(arguments: [("abcdef", 4, "abc…"), ("abcd", 4, "abcd"), ("", 4, "")])
    func `clips long texts`(text: String, limit: Int, expected: String) {
        #expect(text.clipped(to: limit) == expected)
    }

    @Test(
        arguments: [
            (0.0 ... 1.0, [0, 0.2, 0.4, 0.6, 0.8, 1], 1),
            (0.0 ... 97, [0, 20, 40, 60, 80, 100], 0),
            (-3.0 ... 4, [-4, -2, 0, 2, 4], 0),
            (5.0 ... 5.0, [4.4, 4.6, 4.8, 5, 5.2, 5.4, 5.6], 1),
        ] as [(ClosedRange<Double>, [Double], Int)]
    )
    func `ticks are round and cover the range`(
        range: ClosedRange<Double>,
        expected: [Double],
        decimals: Int
    ) {
        let ticks = Ticks(covering: range)
        #expect(ticks.decimals == decimals)
        #expect(
            ticks.values.map { NumberFormat.fixed(3).text($0) }
                == expected.map { NumberFormat.fixed(3).text($0) }
        )
    }

    @Test(arguments: [
        0.0 ... Double.infinity, -1e308 ... 1e308, 0 ... Double.leastNonzeroMagnitude,
        1e300 ... 1.1e300, 0 ... 0,
    ])
    func `ticks survive any range`(range: ClosedRange<Double>) {
        let ticks = Ticks(covering: range)
        #expect(!ticks.values.isEmpty && ticks.values.count <= 100)
        #expect(ticks.values.filter(\.isFinite) == ticks.values)
    }

    @Test func `thinning keeps ends, peaks and order`() {
        let points = (0 ..< 10_000).map { PlotPoint(Double($0) / 100, $0 == 5_037 ? 99 : 1) }
        let thin = Thinning(columns: 50, from: 0, to: 100).apply(points)
        #expect(thin.count <= 204)
        #expect(thin.first == points.first && thin.last == points.last)
        #expect(thin.contains(PlotPoint(50.37, 99)))
        #expect(thin.map(\.x) == thin.map(\.x).sorted())
    }
}
