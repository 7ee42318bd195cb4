import Drift
import TestSupport
import Testing

/// Two samples of a number with what SciPy makes of them; Scripts/fixtures/drift.py writes them.
struct NumberCase: Decodable, Sendable, CustomTestStringConvertible {
    var name: String
    var reference: [Double]
    var current: [Double]
    var statistic: Double
    var exact: Double
    var asymptotic: Double?
    var wasserstein: Double
    var quantiles: [Double]
    var bins: [[Int]]
    var stabilityIndex: Double
    var jensenShannon: Double

    var testDescription: String { name }

    static func all() throws -> [NumberCase] {
        try fixture("numbers", as: [Self].self, in: .module)
    }

    func ordered() throws -> (reference: OrderedSample, current: OrderedSample) {
        try (
            OrderedSample(reference, role: .reference),
            OrderedSample(current, role: .current)
        )
    }
}

/// Whether two numbers agree to 10⁻¹⁰ of themselves, or of 10⁻³⁰⁰ where digits are lost.
func agrees(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-10 * max(abs(b), 1e-300)
}

/// Whether two sizes agree to 10⁻¹⁰, relative above 1.
func isClose(_ a: Double, _ b: Double) -> Bool {
    abs(a - b) <= 1e-10 * max(1, abs(b))
}
