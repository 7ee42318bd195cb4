import Kernels
import TestSupport
import Testing

private struct Known: Decodable {
    var incompleteGamma: [[Double]]
    var deviance: [[Double]]
    var stirlingError: [[Double]]
}

@Suite struct IncompleteGammaTests {
    @Test func `both tails agree with mpmath`() throws {
        for row in try fixture("gamma", as: Known.self, in: .module).incompleteGamma {
            let lower = Elementary.regularizedLowerIncompleteGamma(row[0], a: row[1])
            let upper = Elementary.regularizedUpperIncompleteGamma(row[0], a: row[1])
            // What is under 10⁻³⁰⁰ has lost digits to the range of doubles.
            #expect(abs(lower - row[2]) <= 1e-12 * row[2] + 1e-300, "P(\(row[1]), \(row[0]))")
            #expect(abs(upper - row[3]) <= 1e-12 * row[3] + 1e-300, "Q(\(row[1]), \(row[0]))")
        }
    }

    @Test func `the tails at the ends`() {
        #expect(Elementary.regularizedLowerIncompleteGamma(0, a: 2) == 0)
        #expect(Elementary.regularizedUpperIncompleteGamma(0, a: 2) == 1)
        #expect(Elementary.regularizedUpperIncompleteGamma(-1, a: 2) == 1)
        #expect(Elementary.regularizedLowerIncompleteGamma(.infinity, a: 2) == 1)
        #expect(Elementary.regularizedUpperIncompleteGamma(.infinity, a: 2) == 0)
        for (x, a) in [(1, 0), (1, -1), (.nan, 2), (1, .nan), (1, .infinity)] as [(Double, Double)]
        {
            #expect(Elementary.regularizedLowerIncompleteGamma(x, a: a).isNaN)
            #expect(Elementary.regularizedUpperIncompleteGamma(x, a: a).isNaN)
        }
    }

    @Test func `deviance agrees with mpmath, near the mean too`() throws {
        for row in try fixture("gamma", as: Known.self, in: .module).deviance {
            let error = abs(Elementary.deviance(row[0], mean: row[1]) - row[2])
            #expect(error <= 1e-15 * max(row[0], row[2]), "deviance(\(row[0]), \(row[1]))")
        }
        #expect(Elementary.deviance(3, mean: 3) == 0)
        #expect(Elementary.deviance(0, mean: 3) == 3)
        #expect(Elementary.deviance(-1, mean: 3).isNaN)
        #expect(Elementary.deviance(1, mean: 0).isNaN)
        #expect(Elementary.deviance(.nan, mean: 1).isNaN)
    }

    @Test func `the error of Stirling's formula agrees with mpmath`() throws {
        for pair in try fixture("gamma", as: Known.self, in: .module).stirlingError {
            let error = abs(Elementary.stirlingError(pair[0]) - pair[1])
            #expect(error <= 4e-15, "stirlingError(\(pair[0]))")
        }
        #expect(Elementary.stirlingError(0).isNaN)
        #expect(Elementary.stirlingError(.nan).isNaN)
    }
}
