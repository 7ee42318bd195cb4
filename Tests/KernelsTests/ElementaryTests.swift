import Kernels
import TestSupport
import Testing

private struct Known: Decodable {
    var exp: [[String]]
    var log: [[String]]
    var logGamma: [[Double]]
    var incompleteBeta: [[Double]]
}

private func double(_ hexadecimal: String) throws -> Double {
    Double(bitPattern: try #require(UInt64(hexadecimal, radix: 16)))
}

/// How many doubles lie between the two.
private func distance(_ a: Double, _ b: Double) -> Int64 {
    func place(_ x: Double) -> Int64 {
        let bits = Int64(bitPattern: x.bitPattern)
        return bits < 0 ? Int64.min &- bits : bits
    }
    return abs(place(a) - place(b))
}

@Suite struct ElementaryTests {
    @Test func `exp is within 1 unit in the last place of mpmath`() throws {
        for pair in try fixture("elementary", as: Known.self, in: .module).exp {
            let (x, expected) = (try double(pair[0]), try double(pair[1]))
            #expect(distance(Elementary.exp(x), expected) <= 1, "exp(\(x))")
        }
    }

    @Test func `log is within 1 unit in the last place of mpmath`() throws {
        for pair in try fixture("elementary", as: Known.self, in: .module).log {
            let (x, expected) = (try double(pair[0]), try double(pair[1]))
            #expect(distance(Elementary.log(x), expected) <= 1, "log(\(x))")
        }
    }

    @Test func `special values follow C`() {
        #expect(Elementary.exp(.infinity) == .infinity)
        #expect(Elementary.exp(-.infinity) == 0)
        #expect(Elementary.exp(.nan).isNaN)
        #expect(Elementary.exp(0) == 1)
        #expect(Elementary.log(0) == -.infinity)
        #expect(Elementary.log(-0.0) == -.infinity)
        #expect(Elementary.log(-1).isNaN)
        #expect(Elementary.log(.nan).isNaN)
        #expect(Elementary.log(.infinity) == .infinity)
        #expect(Elementary.log(1) == 0)
    }

    @Test func `logGamma agrees with mpmath`() throws {
        for pair in try fixture("elementary", as: Known.self, in: .module).logGamma {
            let error = abs(Elementary.logGamma(pair[0]) - pair[1])
            #expect(error <= 0x1p-47 * max(1, abs(pair[1])), "logGamma(\(pair[0]))")
        }
        #expect(Elementary.logGamma(0).isNaN)
        #expect(Elementary.logGamma(-1).isNaN)
        #expect(Elementary.logGamma(.nan).isNaN)
        #expect(Elementary.logGamma(.infinity) == .infinity)
    }

    @Test func `the incomplete beta function agrees with mpmath`() throws {
        for row in try fixture("elementary", as: Known.self, in: .module).incompleteBeta {
            let value = Elementary.regularizedIncompleteBeta(row[0], a: row[1], b: row[2])
            #expect(abs(value - row[3]) <= 1e-13, "I(\(row[0]); \(row[1]), \(row[2]))")
        }
        #expect(Elementary.regularizedIncompleteBeta(-1, a: 2, b: 3) == 0)
        #expect(Elementary.regularizedIncompleteBeta(2, a: 2, b: 3) == 1)
        #expect(Elementary.regularizedIncompleteBeta(0.5, a: 0, b: 3).isNaN)
        #expect(Elementary.regularizedIncompleteBeta(.nan, a: 2, b: 3).isNaN)
    }
}
