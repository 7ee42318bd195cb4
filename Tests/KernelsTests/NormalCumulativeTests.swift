import Kernels
import TestSupport
import Testing

private struct Known: Decodable {
    var cumulative: [[Double]]
}

@Suite struct NormalCumulativeTests {
    @Test func `agrees with mpmath, in the tails too`() throws {
        for pair in try fixture("normal", as: Known.self, in: .module).cumulative {
            let error = abs(Elementary.normalCumulative(pair[0]) - pair[1])
            #expect(error <= 1e-13 * pair[1], "normalCumulative(\(pair[0]))")
        }
    }

    @Test func `special values`() {
        #expect(Elementary.normalCumulative(0) == 0.5)
        #expect(Elementary.normalCumulative(.infinity) == 1)
        #expect(Elementary.normalCumulative(-.infinity) == 0)
        #expect(Elementary.normalCumulative(.nan).isNaN)
    }

    @Test func `never falls`() {
        var last = 0.0
        for step in -4_000 ... 4_000 {
            let value = Elementary.normalCumulative(Double(step) / 100)
            #expect(value >= last)
            last = value
        }
    }
}
