import Schema
import Testing

@Suite struct NumberExtremesTests {
    private let limits = (0 ..< 200).map {
        Double([5, 10, 20, 50, 100][$0 % 5]) + Double($0 % 7) / 10
    }

    @Test(arguments: [1e20, 1e200, .greatestFiniteMagnitude, 4_294_967_295_999])
    func `values far beyond all others are set apart`(extreme: Double) throws {
        let both = try #require(NumberExtremes(limits + [extreme, -extreme, extreme]))
        #expect(both.count == 3)
        #expect(both.ordinary == 5 ... 100.6)
        #expect(both.held(extreme) == 100.6 && both.held(-extreme) == 5 && both.held(42) == 42)
        #expect(both.above == extreme / 2 && both.below == -extreme / 2)
        let one = try #require(NumberExtremes(limits + [extreme]))
        #expect(one.below == nil && one.above == extreme / 2)
    }

    @Test func `usual columns have none`() {
        #expect(NumberExtremes([]) == nil)
        #expect(NumberExtremes([0, 0]) == nil)
        #expect(NumberExtremes(limits) == nil)
        #expect(NumberExtremes(limits + [0, -0.0, .leastNonzeroMagnitude, -1e-300]) == nil)
        // Half of the customers have nothing, one has a hundred million.
        #expect(NumberExtremes(limits + limits.map { _ in 0 } + [1e8]) == nil)
        // Twenty orders of magnitude, and no place where they part.
        #expect(NumberExtremes((0 ..< 400).map { 1e-10 * (Double($0) * 0.115).exponential }) == nil)
    }

    @Test(arguments: [1e200, Double.greatestFiniteMagnitude])
    func `where all are beyond the sign is left`(extreme: Double) throws {
        let all = try #require(NumberExtremes([extreme, -extreme, extreme]))
        #expect(all.count == 3 && all.held(extreme) == 1e100 && all.held(-extreme) == -1e100)
    }
}

extension Double {
    /// Powers of e by repeated multiplication, which suffices here.
    fileprivate var exponential: Double {
        (0 ..< 1024).reduce(1) { power, _ in power * (1 + self / 1024) }
    }
}
